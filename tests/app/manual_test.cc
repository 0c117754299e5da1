// The manual page and the completions, made of rows: what they say, and that no text of a row is
// taken for a request of roff or for a shell's own.
#include "app/manual.h"

#include <gmock/gmock.h>

#include "app/completion.h"

namespace persist::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

OptionRow row_of(std::string_view name, std::string_view metavar, std::string_view help) {
  return {.name = name, .metavar = metavar, .help = help, .apply = nullptr};
}

Manual manual_with(std::vector<OptionRow> rows) {
  return {.program = "a-program",
          .title = "does it",
          .date = "November 23, 2026",
          .description = "does it. More.\n\nA paragraph.",
          .commands = {{.name = "go",
                        .positional = "NAME...",
                        .summary = "goes",
                        .example = "a-program go 'x'",
                        .rows = std::move(rows),
                        .words = {{"to", {"here", "there"}}, {"", {"one", "two"}}}}},
          .sections = {{"FILES", "Some.", {{"/etc/a", ".hidden"}}}},
          .see_also = {{"dig", "1"}, {"man", "7"}},
          .standards = "None."};
}

struct Case {
  std::string name;
  OptionRow row;
  std::string entry;  ///< its part of the page
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

OptionRow only_flag(OptionRow row) {
  row.from_environment = row.from_file = false;
  return row;
}

OptionRow repeatable(OptionRow row) {
  row.repeatable = true;
  return row;
}

OptionRow with_letter(OptionRow row) {
  row.letter = 'd';
  return row;
}

OptionRow only_variable(OptionRow row) {
  row.from_file = false;
  return row;
}

const Case cases[] = {
    {"flag", only_flag(row_of("quiet", "", "say nothing")),
     ".It Fl Fl quiet\nsay nothing.\nOn the command line only.\n"},
    {"value", only_flag(row_of("at-all", "URL", "where")),
     ".It Fl Fl at\\-all Ar \"URL\"\nwhere.\nOn the command line only.\n"},
    {"everywhere", row_of("at-all", "URL", "where"),
     "where.\nAlso\n.Ev PERSIST_HOOK_AT_ALL\nand\n.Ql \"at\\-all\"\nin the settings file.\n"},
    {"variable", only_variable(row_of("at", "URL", "where")),
     "where.\nAlso\n.Ev PERSIST_HOOK_AT .\n"},
    {"repeatable", repeatable(row_of("at", "URL", "where")), "where (repeatable).\n"},
    {"letter", with_letter(row_of("domain", "NAME", "a name")),
     ".It Fl d , Fl Fl domain Ar \"NAME\"\n"},
    {"ends_in_dots", row_of("ca", "ID", "one, two, ..."), "one, two, ...\nAlso\n"},
    {"request", row_of("ca", "ID", ".so /etc/passwd"), "\n\\&.so /etc/passwd.\n"},
    {"apostrophe", row_of("ca", "ID", "'ig"), "\n\\(aqig.\n"},
    {"escape", row_of("ca", "ID", "\\n(a `b` ~ ^ \"c\""),
     "\\en(a \\(gab\\(ga \\(ti \\(ha \\(dqc\\(dq.\n"},
};

class ManualPage : public ::testing::TestWithParam<Case> {};

TEST_P(ManualPage, SaysOfAnOption) {
  EXPECT_THAT(to_mdoc(manual_with({GetParam().row})), HasSubstr(GetParam().entry));
}

INSTANTIATE_TEST_SUITE_P(Table, ManualPage, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(ManualPageTest, HasEverySection) {
  OptionRow of_file = row_of("pause", "TIME", "wait");
  of_file.from_flag = false;
  EXPECT_EQ(to_mdoc(manual_with({only_flag(row_of("quiet", "", "say nothing")), of_file})),
            R"(.Dd November 23, 2026
.Dt A-PROGRAM 1
.Os
.Sh NAME
.Nm a\-program
.Nd does it
.Sh SYNOPSIS
.Nm
.Cm go Oo Ar OPTIONS Oc Ar "NAME..."
.Nm
.Fl Fl help | Fl Fl version | Fl Fl man
.Nm
.Fl Fl completion Ar "bash|zsh|fish"
.Sh DESCRIPTION
.Nm
does it.
More.
.Pp
A paragraph.
.Sh COMMANDS
.Bl -tag -width Ds
.It Cm go Oo Ar OPTIONS Oc Ar "NAME..."
goes.
Options:
\%\-\-quiet.
.Bd -literal -offset indent
a\-program go \(aqx\(aq
.Ed
.El
.Sh OPTIONS
.Bl -tag -width Ds
.It Fl Fl quiet
say nothing.
On the command line only.
.El
.Pp
Only the settings file may say:
.Bl -tag -width Ds
.It Ql "pause:" Ar "TIME"
wait.
.El
.Sh FILES
Some.
.Bl -tag -width Ds
.It "/etc/a"
\&.hidden
.El
.Sh SEE ALSO
.Xr dig 1 ,
.Xr man 7
.Sh STANDARDS
None.
)");
}

TEST(ManualPageTest, ListsAnOptionAgainWhereACommandMeansSomethingElseByIt) {
  Manual manual = manual_with({row_of("format", "text|json", "how")});
  CommandManual same = manual.commands.front();
  same.name = "same";
  CommandManual other = same;
  other.name = "other";
  other.rows = {row_of("format", "X", "what")};
  manual.commands.insert(manual.commands.end(), {same, other});
  const std::string page = to_mdoc(manual);
  EXPECT_THAT(page, HasSubstr(".It Fl Fl format Ar \"text|json\"\nhow.\n"));
  EXPECT_THAT(page, HasSubstr(".It Fl Fl format Ar \"X\"\nof other: what.\n"));
  EXPECT_THAT(page, Not(HasSubstr("of same")));
  EXPECT_THAT(page, HasSubstr("Options: those of\n.Cm go .\n"));
}

TEST(WordsOf, AreThoseGivenElseThoseOfTheMetavar) {
  const Manual manual = manual_with({});
  const CommandManual& go = manual.commands.front();
  EXPECT_THAT(words_of(go, row_of("to", "ID", "")), ElementsAre("here", "there"));
  EXPECT_THAT(words_of(go, row_of("as", "text|json", "")), ElementsAre("text", "json"));
  EXPECT_THAT(words_of(go, row_of("as", "URL|CA", "")), IsEmpty());
  EXPECT_THAT(words_of(go, row_of("as", "word", "")), IsEmpty());
}

TEST(Completion, QuotesTextForEachShell) {
  const Manual manual = manual_with({row_of("at", "A[:B]", "the owner's [x]")});
  EXPECT_THAT(*completion_for("zsh", manual),
              HasSubstr(R"('--at[the owner'\''s \[x\]]:A\[\:B\]: ')"));
  EXPECT_THAT(*completion_for("fish", manual), HasSubstr(R"(-l at -x -d 'the owner'\''s [x]')"));
  EXPECT_THAT(*completion_for("bash", manual), HasSubstr("--at) return ;;"));
}

TEST(Completion, OfAnUnknownShellIsAnError) {
  EXPECT_EQ(completion_for("csh\x1b", manual_with({})).error().message,
            "no completions for \"csh\\x1b\"");
}

}  // namespace
}  // namespace persist::app
