// Texts for a shell, cut into lists of simple commands.

#include <gmock/gmock.h>

#include "hook/doctor/command_list.h"

namespace persist::hook::doctor {
namespace {

using Words = std::vector<std::string>;

struct Case {
  std::string name;
  std::string text;
  CommandList want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

CommandList one(Words words) {
  return {.commands = {{.words = std::move(words)}}};
}

CommandList unclear(CommandList list) {
  list.is_clear = false;
  return list;
}

const Case cases[] = {
    {"nothing", " \t ", {}},
    {"words", " a  b\tc ", one({"a", "b", "c"})},
    {"quotes", R"(a 'b c' "d \"e" f\ g '')", one({"a", "b c", "d \"e", "f g", ""})},
    {"quotes_within_a_word", "a='b c'd e", {{{.assignments = {"a=b cd"}, .words = {"e"}}}}},
    {"open_quote", "a 'b", unclear(one({"a", "b"}))},
    {"backslash_at_the_end_of_a_quote", "a \"\\", unclear(one({"a", "\\"}))},
    {"backslash_at_the_end", "a \\", one({"a", "\\"})},
    {"line_that_goes_on", "a \\\nb", one({"a", "b"})},
    {"comment", "a # b && c\nd", {{{.words = {"a"}, .join = Join::always}, {.words = {"d"}}}}},
    {"no_comment_within_a_word", "a#b", one({"a#b"})},
    {"joins",
     "a && b || c | d & e;",
     {{{.words = {"a"}, .join = Join::on_success},
       {.words = {"b"}, .join = Join::on_failure},
       {.words = {"c"}, .join = Join::pipe},
       {.words = {"d"}, .join = Join::background},
       {.words = {"e"}}}}},
    {"redirections", "a >x 2>>y <z b", {{{.words = {"a", "b"}, .moves_output = true}}}},
    {"copy_of_a_descriptor", "a 2>&1 b", one({"a", "b"})},
    {"input", "a < b", one({"a"})},
    {"here_document", "a <<x", unclear(one({"a"}))},
    {"group", "(a)", unclear(one({"(a)"}))},
    {"substitution", "a $(b)", {{{.words = {"a", "$(b)"}}}, false}},
    {"substitution_in_quotes", "a \"$(b)\"", {{{.words = {"a", "$(b)"}}}, false}},
    {"backquotes", "a `b`", {{{.words = {"a", "`b`"}}}, false}},
    {"keyword", "if a", unclear(one({"if", "a"}))},
    {"quoted_keyword", "'if' a", one({"if", "a"})},
    {"variable", "$A/b", one({"$A/b"})},
    {"pipe_from_nothing", "| a", unclear(one({"a"}))},
};

class ShellText : public ::testing::TestWithParam<Case> {};

TEST_P(ShellText, IsCut) {
  EXPECT_EQ(parse_shell_text(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, ShellText, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(PlainCommand, HasNoOperators) {
  EXPECT_EQ(parse_plain_command("a 'b c' && A=b ; d >x"),
            one({"a", "b c", "&&", "A=b", ";", "d", ">x"}));
}

}  // namespace
}  // namespace persist::hook::doctor
