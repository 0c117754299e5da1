// S10: a client's shell file is read as text, and only where a shell would read the same.
#include "clients/shell_assignments.h"

#include <gtest/gtest.h>

#include <ostream>

namespace persist::clients {
namespace {

struct Case {
  std::string name;
  std::string text;
  std::string want;  ///< `name[value] ...`, or the line that is not plain
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"nothing", "", ""},
    {"as_acme_sh_writes",
     "CA_EMAIL='ops@example.com'\nACCOUNT_URL='https://acme.test/my-account/11c7'\n",
     "ACCOUNT_URL[https://acme.test/my-account/11c7] CA_EMAIL[ops@example.com] "},
    {"without_quotes", "A=https://acme.test:14000/dir", "A[https://acme.test:14000/dir] "},
    {"double_quotes", "A=\"b c\"", "A[b c] "},
    {"empty_values", "A=\nB=''\nC=\"\"", "A[] B[] C[] "},
    {"pieces", "A=b'c d'\"e\"f", "A[bc def] "},
    {"dollar_in_single_quotes", "A='$(reboot) `reboot` \\'", "A[$(reboot) `reboot` \\] "},
    {"hash_in_quotes", "A='b # c'", "A[b # c] "},
    {"comments_and_blanks", "# A=1\n\n  \t\n  B='2' # three\n", "B[2] "},
    {"last_one_counts", "A='1'\nA='2'", "A[2] "},
    {"no_line_end", "A='1'\nB='2'", "A[1] B[2] "},

    {"dollar", "A=$B", "not plain: 1"},
    {"dollar_in_double_quotes", "A=\"$B\"", "not plain: 1"},
    {"command", "A='1'\nreboot", "not plain: 2"},
    {"command_with_variable", "A='1' reboot", "not plain: 1"},
    {"command_behind", "A='1'; reboot", "not plain: 1"},
    {"command_in_the_value", "A=`reboot`", "not plain: 1"},
    {"command_in_double_quotes", "A=\"`reboot`\"", "not plain: 1"},
    {"escape", "A=b\\ c", "not plain: 1"},
    {"escape_in_double_quotes", "A=\"b\\\"\"", "not plain: 1"},
    {"export", "export A='1'", "not plain: 1"},
    {"open_quote", "A='1\nB='2'", "not plain: 1"},
    {"hidden_in_a_long_value", "A='\nACCOUNT_URL='https://evil.example/1'\n'", "not plain: 1"},
    {"tilde", "A=~/x", "not plain: 1"},
    {"star", "A=*", "not plain: 1"},
    {"array", "A=(b c)", "not plain: 1"},
    {"appended", "A+=b", "not plain: 1"},
    {"blank_before_equals", "A ='1'", "not plain: 1"},
    {"blank_behind_equals", "A= '1'", "not plain: 1"},
    {"name_begins_with_a_digit", "1A='1'", "not plain: 1"},
    {"no_name", "='1'", "not plain: 1"},
    {"carriage_return", "A='1'\r\n", "not plain: 1"},
    {"nul", std::string("A='1'\0", 6), "not plain: 1"},
    {"condition", "if true\nthen A='1'\nfi", "not plain: 1"},
};

std::string outcome(std::string_view text) {
  const auto values = parse_shell_assignments(text);
  if (!values) return "not plain: " + std::to_string(values.error().line);
  std::string line;
  for (const auto& [name, value] : *values) line += name + "[" + value + "] ";
  return line;
}

class ShellAssignments : public testing::TestWithParam<Case> {};

TEST_P(ShellAssignments, S10_AreReadWithoutAShell) {
  EXPECT_EQ(outcome(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, ShellAssignments, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

const Case settings_cases[] = {
    {"as_a_configuration_has_them",
     "BASEDIR=/var/lib/dehydrated\nWELLKNOWN=\"${BASEDIR}/acme-challenges\"\nCA=\"x\" # preset\n",
     "BASEDIR[/var/lib/dehydrated] CA[x] WELLKNOWN? "},
    {"variables", "A=$B\nC=${B}\nD=x$B/y\nE=\"$B-$C\"", "A? C? D? E? "},
    {"known_again", "A=$B\nA=1", "A[1] "},
    {"not_known_any_more", "A=1\nA=$B", "A? "},
    {"dollar_in_single_quotes", "A='$B'", "A[$B] "},

    {"command", "A=$(reboot)", "not plain: 1"},
    {"command_in_double_quotes", "A=\"$(reboot)\"", "not plain: 1"},
    {"backquotes", "A=\"`reboot`\"", "not plain: 1"},
    {"assigning_expansion", "A=${CA:=https://evil.example/dir}", "not plain: 1"},
    {"default_expansion", "A=\"${B:-x}\"", "not plain: 1"},
    {"arithmetic", "A=$((CA=1))", "not plain: 1"},
    {"positional", "A=$1", "not plain: 1"},
    {"process", "A=$$", "not plain: 1"},
    {"dollar_alone", "A=$", "not plain: 1"},
    {"open_brace", "A=${B", "not plain: 1"},
    {"quotes_of_bash", "A=$'x'", "not plain: 1"},
    {"command_with_variable", "A=$B reboot", "not plain: 1"},
    {"sourced", ". /etc/other", "not plain: 1"},
    {"export", "export A='1'", "not plain: 1"},
};

class ShellSettings : public testing::TestWithParam<Case> {};

TEST_P(ShellSettings, S10_AreReadWithoutAShell) {
  std::string line;
  const auto settings = parse_shell_settings(GetParam().text);
  if (!settings) line = "not plain: " + std::to_string(settings.error().line);
  if (settings) {
    for (const auto& [name, value] : *settings) {
      line += name + (value ? "[" + *value + "]" : "?") + " ";
    }
  }
  EXPECT_EQ(line, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, ShellSettings, testing::ValuesIn(settings_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::clients
