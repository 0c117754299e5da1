// One table of options: the command line, the variables, and which of the ways in counts.

#include "app/option_table.h"

#include <gmock/gmock.h>

#include "support/fake_environment.h"
#include "told_options.h"

namespace persist::app {
namespace {

using persist::testing::FakeEnvironment;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

// ---- the command line

struct Line {
  std::string name;
  std::vector<std::string> arguments;
  Values values;
  std::vector<std::string> positionals{};
  bool wants_help = false;
  friend void PrintTo(const Line& row, std::ostream* out) { *out << row.name; }
};

const Line lines[] = {
    {"nothing", {}, {}},
    {"value_in_the_next_argument",
     {"--account-url", "https://a"},
     {{"account-url", {"https://a"}}}},
    {"value_after_equals", {"--account-url=https://a?b=c"}, {{"account-url", {"https://a?b=c"}}}},
    {"value_is_empty", {"--account-url", ""}, {{"account-url", {""}}}},
    {"value_with_a_comma_stays_whole",
     {"--account-url", "https://a,b"},
     {{"account-url", {"https://a,b"}}}},
    {"value_in_brackets_stays_whole", {"--issuer", "[a,b]"}, {{"issuer", {"[a,b]"}}}},
    {"repeats", {"--issuer", "a", "--issuer", "b"}, {{"issuer", {"a", "b"}}}},
    {"one_value_an_option", {"--issuer", "a", "b"}, {{"issuer", {"a"}}}, {"b"}},
    {"flag", {"--quiet"}, {{"quiet", {"true"}}}},
    {"flag_twice", {"--quiet", "--quiet"}, {{"quiet", {"true"}}}},
    {"letter", {"-d", "a", "-db"}, {{"domain", {"a", "b"}}}},
    {"positionals_before_and_after", {"a", "--quiet", "b"}, {{"quiet", {"true"}}}, {"a", "b"}},
    {"after_two_dashes", {"--", "a", "--quiet"}, {}, {"a", "--quiet"}},
    {"dash_alone", {"-"}, {}, {"-"}},
    {"empty_positional", {"a", ""}, {}, {"a", ""}},
    {"positional_in_brackets", {"a", "[b,c]"}, {}, {"a", "[b,c]"}},
    {"empty_brackets", {"a", "[]"}, {}, {"a", "[]"}},
    {"empty_braces", {"a", "{}"}, {}, {"a", "{}"}},
    {"two_percent_signs", {"a", "%%"}, {}, {"a", "%%"}},
    {"help", {"--help"}, {}, {}, true},
    {"help_letter", {"-h"}, {}, {}, true},
    {"help_before_what_is_wrong", {"--help", "--bogus"}, {}, {}, true},
};

class Lines : public ::testing::TestWithParam<Line> {};

TEST_P(Lines, AreRead) {
  Told told;
  const auto& arguments = GetParam().arguments;
  const auto line = parse_command_line(
      rows_for(told), "NAME...", std::vector<std::string_view>(arguments.begin(), arguments.end()));
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->wants_help, GetParam().wants_help);
  if (GetParam().wants_help) return;
  EXPECT_EQ(line->values, GetParam().values);
  EXPECT_EQ(line->positionals, GetParam().positionals);
}

INSTANTIATE_TEST_SUITE_P(Table, Lines, ::testing::ValuesIn(lines),
                         [](const auto& row) { return row.param.name; });

struct BadLine {
  std::string name;
  std::vector<std::string> arguments;
  std::string message;
  std::string positional = "NAME...";
  friend void PrintTo(const BadLine& row, std::ostream* out) { *out << row.name; }
};

const BadLine bad_lines[] = {
    {"unknown_option", {"--bogus"}, "unknown option \"--bogus\""},
    {"unknown_option_with_a_value", {"--bogus=1"}, "unknown option \"--bogus=1\""},
    {"no_abbreviation", {"--iss", "a"}, "unknown option \"--iss\""},
    {"one_dash_for_two", {"-quiet"}, "unknown option \"-quiet\""},
    {"unknown_letter", {"-x"}, "unknown option \"-x\""},
    {"escape_sequence", {"--\x1b[2J"}, "unknown option \"--\\x1b[2J\""},
    {"value_missing", {"--account-url"}, "--account-url needs a value"},
    {"twice", {"--account-url", "a", "--account-url", "b"}, "--account-url is given twice"},
    {"flag_with_a_value", {"--quiet=false"}, "--quiet takes no value"},
    {"no_positional_here", {"a"}, "unexpected argument \"a\"", ""},
};

class BadLines : public ::testing::TestWithParam<BadLine> {};

TEST_P(BadLines, AreRefused) {
  Told told;
  const auto& arguments = GetParam().arguments;
  const auto line =
      parse_command_line(rows_for(told), GetParam().positional,
                         std::vector<std::string_view>(arguments.begin(), arguments.end()));
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(Table, BadLines, ::testing::ValuesIn(bad_lines),
                         [](const auto& row) { return row.param.name; });

TEST(CommandLine, E09_HundredThousandArguments) {
  Told told;
  const std::vector<std::string_view> arguments(100'000, "a.example");
  const auto line = parse_command_line(rows_for(told), "NAME...", arguments);
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->positionals.size(), 100'000U);
}

TEST(CommandLine, E09_OneMegabyteIsNotEchoed) {
  Told told;
  const std::string option = "--" + std::string(1'000'000, 'x');
  const auto line =
      parse_command_line(rows_for(told), "NAME...", std::vector<std::string_view>{option});
  ASSERT_FALSE(line);
  EXPECT_LT(line.error().message.size(), 500U);
}

// ---- variables

struct Variable {
  std::string name;
  std::vector<std::pair<std::string, std::string>> variables;
  Values values;
  friend void PrintTo(const Variable& row, std::ostream* out) { *out << row.name; }
};

const Variable variables[] = {
    {"none", {{"PATH", "/bin"}, {"PERSIST_LINT_X", "1"}, {"persist_hook_quiet", "1"}}, {}},
    {"one_value", {{"PERSIST_HOOK_ACCOUNT_URL", "https://a"}}, {{"account-url", {"https://a"}}}},
    {"no_comma_in_a_single_value",
     {{"PERSIST_HOOK_ACCOUNT_URL", "https://a,b"}},
     {{"account-url", {"https://a,b"}}}},
    {"commas_separate_repeats",
     {{"PERSIST_HOOK_ISSUER", "a.example, b.example"}},
     {{"issuer", {"a.example", "b.example"}}}},
    {"an_empty_repeat_stays",
     {{"PERSIST_HOOK_ISSUER", "a.example,"}},
     {{"issuer", {"a.example", ""}}}},
    {"flag", {{"PERSIST_HOOK_QUIET", "true"}}, {{"quiet", {"true"}}}},
};

class Variables : public ::testing::TestWithParam<Variable> {};

TEST_P(Variables, AreRead) {
  Told told;
  FakeEnvironment fake;
  fake.variables = GetParam().variables;
  report::StringSink sink;
  const auto values = parse_variables(rows_for(told), fake.make(sink, sink));
  ASSERT_TRUE(values) << values.error().message;
  EXPECT_EQ(*values, GetParam().values);
}

INSTANTIATE_TEST_SUITE_P(Table, Variables, ::testing::ValuesIn(variables),
                         [](const auto& row) { return row.param.name; });

struct BadVariable {
  std::string name;
  std::string variable;
  std::string text;
  std::string message;
  std::string hint;
  friend void PrintTo(const BadVariable& row, std::ostream* out) { *out << row.name; }
};

const BadVariable bad_variables[] = {
    {"S01_unknown", "PERSIST_HOOK_ACOUNT_URL", "https://a",
     "unknown variable PERSIST_HOOK_ACOUNT_URL",
     "every PERSIST_HOOK_ variable is the name of an option"},
    {"S01_lower_case", "PERSIST_HOOK_quiet", "true", "unknown variable PERSIST_HOOK_quiet",
     "every PERSIST_HOOK_ variable is the name of an option"},
    {"S01_prefix_alone", "PERSIST_HOOK_", "true", "unknown variable PERSIST_HOOK_",
     "every PERSIST_HOOK_ variable is the name of an option"},
    {"S01_now", "PERSIST_HOOK_NOW", "0", "PERSIST_HOOK_NOW is not read from the environment",
     "give --now where the program is called"},
    {"E03_a_name", "PERSIST_HOOK_DOMAIN", "a.example",
     "PERSIST_HOOK_DOMAIN is not read from the environment",
     "give --domain where the program is called"},
    {"E02_set_and_empty", "PERSIST_HOOK_ACCOUNT_URL", "",
     "PERSIST_HOOK_ACCOUNT_URL is set, but empty", ""},
    {"name_is_escaped", "PERSIST_HOOK_\x1b[2J", "1", "unknown variable PERSIST_HOOK_\\x1b[2J",
     "every PERSIST_HOOK_ variable is the name of an option"},
};

class BadVariables : public ::testing::TestWithParam<BadVariable> {};

TEST_P(BadVariables, AreRefused) {
  Told told;
  FakeEnvironment fake;
  fake.variables = {{GetParam().variable, GetParam().text}};
  report::StringSink sink;
  const auto values = parse_variables(rows_for(told), fake.make(sink, sink));
  ASSERT_FALSE(values);
  EXPECT_EQ(values.error().message, GetParam().message);
  EXPECT_EQ(values.error().hint, GetParam().hint);
}

INSTANTIATE_TEST_SUITE_P(Table, BadVariables, ::testing::ValuesIn(bad_variables),
                         [](const auto& row) { return row.param.name; });

// ---- which of them counts

struct Precedence {
  std::string name;
  Values flags, variables, file;
  std::vector<std::string> url, issuers;
  int quiet;
  std::map<std::string, Origin, std::less<>> origins;
  friend void PrintTo(const Precedence& row, std::ostream* out) { *out << row.name; }
};

const Precedence precedences[] = {
    {"nothing", {}, {}, {}, {}, {}, 0, {}},
    {"file_alone", {}, {}, {{"account-url", {"f"}}}, {"f"}, {}, 0, {{"account-url", Origin::file}}},
    {"variable_before_file",
     {},
     {{"account-url", {"v"}}},
     {{"account-url", {"f"}}},
     {"v"},
     {},
     0,
     {{"account-url", Origin::variable}}},
    {"flag_before_all",
     {{"account-url", {"a"}}},
     {{"account-url", {"v"}}},
     {{"account-url", {"f"}}},
     {"a"},
     {},
     0,
     {{"account-url", Origin::flag}}},
    {"flag_before_the_twin_of_a_variable",
     {{"account-url", {"a"}}},
     {{"kid", {"v"}}},
     {},
     {"a"},
     {},
     0,
     {{"account-url", Origin::flag}}},
    {"twin_by_flag_before_all",
     {{"kid", {"a"}}},
     {{"account-url", {"v"}}},
     {{"account-url", {"f"}}},
     {"a"},
     {},
     0,
     {{"kid", Origin::flag}}},
    {"repeats_of_two_sources_are_not_joined",
     {{"issuer", {"a", "b"}}},
     {},
     {{"issuer", {"c"}}},
     {},
     {"a", "b"},
     0,
     {{"issuer", Origin::flag}}},
    {"each_option_by_itself",
     {{"account-url", {"a"}}},
     {{"issuer", {"v"}}},
     {{"quiet", {"true"}}},
     {"a"},
     {"v"},
     1,
     {{"account-url", Origin::flag}, {"issuer", Origin::variable}, {"quiet", Origin::file}}},
    {"a_flag_set_to_false", {}, {}, {{"quiet", {"false"}}}, {}, {}, 0, {{"quiet", Origin::file}}},
    {"false_before_true",
     {},
     {{"quiet", {"false"}}},
     {{"quiet", {"true"}}},
     {},
     {},
     0,
     {{"quiet", Origin::variable}}},
};

class Precedences : public ::testing::TestWithParam<Precedence> {};

TEST_P(Precedences, FlagVariableFile) {
  Told told;
  const auto given =
      apply_values(rows_for(told), GetParam().flags, GetParam().variables, GetParam().file);
  ASSERT_TRUE(given) << given.error().message;
  EXPECT_EQ(told.url, GetParam().url);
  EXPECT_EQ(told.issuers, GetParam().issuers);
  EXPECT_EQ(told.quiet, GetParam().quiet);
  std::map<std::string, Origin, std::less<>> origins;
  for (const auto& [name, option] : *given) origins[name] = option.origin;
  EXPECT_EQ(origins, GetParam().origins);
}

INSTANTIATE_TEST_SUITE_P(Table, Precedences, ::testing::ValuesIn(precedences),
                         [](const auto& row) { return row.param.name; });

struct BadValue {
  std::string name;
  Values flags, variables, file;
  std::string message;
  friend void PrintTo(const BadValue& row, std::ostream* out) { *out << row.name; }
};

const BadValue bad_values[] = {
    {"by_flag", {{"account-url", {"bad"}}}, {}, {}, "--account-url: \"bad\" is no URL"},
    {"by_variable",
     {},
     {{"account-url", {"bad"}}},
     {},
     "PERSIST_HOOK_ACCOUNT_URL: \"bad\" is no URL"},
    {"by_file", {}, {}, {{"account-url", {"bad"}}}, "setting account-url: \"bad\" is no URL"},
    {"twins_by_flag",
     {{"account-url", {"a"}}, {"kid", {"b"}}},
     {},
     {},
     "--account-url and --kid contradict each other"},
    {"twins_in_the_environment",
     {},
     {{"account-url", {"a"}}, {"kid", {"b"}}},
     {},
     "PERSIST_HOOK_ACCOUNT_URL and PERSIST_HOOK_KID contradict each other"},
    {"flag_is_neither_true_nor_false",
     {},
     {{"quiet", {"1\x1b"}}},
     {},
     "PERSIST_HOOK_QUIET: \"1\\x1b\" is neither true nor false"},
    {"flag_in_the_file",
     {},
     {},
     {{"quiet", {"yes"}}},
     "setting quiet: \"yes\" is neither true nor false"},
};

class BadValues : public ::testing::TestWithParam<BadValue> {};

TEST_P(BadValues, NameTheirSource) {
  Told told;
  const auto given =
      apply_values(rows_for(told), GetParam().flags, GetParam().variables, GetParam().file);
  ASSERT_FALSE(given);
  EXPECT_EQ(given.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(Table, BadValues, ::testing::ValuesIn(bad_values),
                         [](const auto& row) { return row.param.name; });

TEST(GivenOptions, AreWhatCounted) {
  Told told;
  const auto given =
      apply_values(rows_for(told), {{"issuer", {"a", "b"}}}, {{"issuer", {"c"}}, {"now", {"1"}}},
                   {{"quiet", {"false"}}, {"account-url", {"f"}}});
  ASSERT_TRUE(given) << given.error().message;
  const GivenOptions want{
      {"account-url", {.origin = Origin::file, .values = {"f"}}},
      {"issuer", {.origin = Origin::flag, .values = {"a", "b"}}},
      {"now", {.origin = Origin::variable, .values = {"1"}}},
      {"quiet", {.origin = Origin::file, .values = {"false"}, .is_flag = true}}};
  EXPECT_EQ(*given, want);
}

TEST(OptionsHelp, OneLineAnOption) {
  Told told;
  EXPECT_EQ(options_help(rows_for(told)),
            "      --account-url URL             an account\n"
            "      --issuer NAME                 an issuer (repeatable)\n"
            "      --quiet                       say nothing\n"
            "      --now TIME                    a time\n"
            "  -d, --domain NAME                 a name (repeatable)\n"
            "      --kid URL                     the same as --account-url\n");
}

}  // namespace
}  // namespace persist::app
