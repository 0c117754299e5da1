// --man and --completion know every command and every option that the usage texts have.
#include "hook/manual.h"

#include <algorithm>
#include <map>

#include "hook/command.h"
#include "hook/hook_runs.h"

namespace persist::hook {
namespace {

using testing::FakeEnvironment;
using ::testing::HasSubstr;
using testing::ProgramRun;

class Printed : public ::testing::TestWithParam<std::vector<std::string>> {};

TEST_P(Printed, HasEveryCommandAndOption) {
  FakeEnvironment fake;
  fake.variables = {{"PERSIST_HOOK_BOGUS", "1"}};
  const ProgramRun got = fake.run(run, GetParam());
  EXPECT_EQ(got.status, 0);
  EXPECT_EQ(got.err, "");
  std::string text = got.out;
  text.erase(std::remove(text.begin(), text.end(), '\\'), text.end());
  for (const app::CommandManual& command : manual().commands) {
    EXPECT_THAT(text, HasSubstr(command.name));
    for (const app::OptionRow& row : command.rows) {
      if (row.from_flag) {
        EXPECT_THAT(text, HasSubstr(row.name));
      }
    }
  }
  EXPECT_TRUE(std::all_of(text.begin(), text.end(),
                          [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
}

INSTANTIATE_TEST_SUITE_P(Table, Printed,
                         ::testing::Values(std::vector<std::string>{"--man"},
                                           std::vector<std::string>{"--completion", "bash"},
                                           std::vector<std::string>{"--completion", "zsh"},
                                           std::vector<std::string>{"--completion", "fish"}),
                         [](const auto& row) {
                           return row.param.back().substr(row.param.back().rfind('-') + 1);
                         });

/// As a reader sees it.
std::string rendered(std::string text) {
  for (const auto& [glyph, letter] : std::map<std::string, std::string>{
           {"\\(aq", "'"}, {"\\(dq", "\""}, {"\\-", "-"}, {"\\%", ""}}) {
    for (auto at = text.find(glyph); at != std::string::npos; at = text.find(glyph, at))
      text.replace(at, glyph.size(), letter);
  }
  return text;
}

TEST(Manual, HasTheExampleAndTheSummaryOfEveryCommand) {
  const std::string page = rendered(app::to_mdoc(manual()));
  for (const Command& command : commands()) {
    EXPECT_THAT(page, HasSubstr("\n.It Cm " + std::string(command.name) + " "));
    EXPECT_THAT(page, HasSubstr("\n" + std::string(command.summary) + ".\n"));
    EXPECT_THAT(page, HasSubstr("\n" + std::string(command.example) + "\n"));
  }
  EXPECT_THAT(page, HasSubstr("\n.It Ql \"bypass-until:\" Ar \"TIME\"\n"));
}

TEST(Manual, CompletesWordsOfThisProgram) {
  FakeEnvironment fake;
  const std::string bash = fake.run(run, {"--completion", "bash"}).out;
  EXPECT_THAT(bash, HasSubstr("--client) words='certbot lego acme.sh "));
  EXPECT_THAT(bash, HasSubstr("--ca) words='letsencrypt letsencrypt-staging "));
  EXPECT_THAT(bash, HasSubstr("--format) words='zone value json "));
  EXPECT_THAT(bash, HasSubstr("--account-url --config certbot lego acme.sh"));
}

const Case no_shell[] = {{"completion_of_nothing", {"--completion"}, 2},
                         {"completion_of_csh", {"--completion", "csh"}, 2}};

class NoShell : public ::testing::TestWithParam<Case> {};

TEST_P(NoShell, IsWrongUsage) {
  expect_run(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, NoShell, ::testing::ValuesIn(no_shell),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::hook
