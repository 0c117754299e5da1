// The command that a block ends with: pasted into a shell it repeats the same check.

#include "hook/again.h"

#include <algorithm>
#include <cstdio>

#include "base/ascii.h"
#include "hook/command.h"
#include "hook_runs.h"

namespace persist::hook {
namespace {

using persist::testing::account_url;
using persist::testing::FakeEnvironment;
using persist::testing::issuer;
using persist::testing::usual_record;
using ::testing::Contains;

/// What a POSIX shell prints for `script`.
std::string run_shell(const std::string& script) {
  std::string output;
  FILE* const pipe = popen(script.c_str(), "r");
  if (pipe == nullptr) return output;
  char buffer[4096];
  std::size_t got = 0;
  while ((got = fread(buffer, 1, sizeof buffer, pipe)) > 0) output.append(buffer, got);
  EXPECT_EQ(pclose(pipe), 0) << script;
  return output;
}

struct Word {
  std::string name, text, want;
  friend void PrintTo(const Word& row, std::ostream* out) { *out << row.name; }
};

const Word shell_words[] = {
    {"plain", "https://ca.example/acct/1", "https://ca.example/acct/1"},
    {"empty", "", "''"},
    {"star", "*.example.com", "'*.example.com'"},
    {"blank", "/srv/my settings.yaml", "'/srv/my settings.yaml'"},
    {"quote", "it's", "'it'\\''s'"},
    {"substitution", "$(id)`id`\\", "'$(id)`id`\\'"},
    {"query", "https://ca.example/?a=b&c=d#e", "'https://ca.example/?a=b&c=d#e'"},
    {"tilde", "~root", "'~root'"},
    {"umlaut",
     "b\xc3\xbc"
     "cher",
     "'b\xc3\xbc"
     "cher'"},
    {"address_6", "[::1]:5353", "'[::1]:5353'"},
    {"runner_command", "https://x/::error::y##[z]", "'https://x/:'':error:'':y#''#[z]'"},
    {"escape", "a\x1b[2J'b", "\"$(printf 'a\\033\\1332J\\047b')\""},
    {"not_utf8", "\xff", "\"$(printf '\\377')\""},
    {"right_to_left", "\xe2\x80\xae", "\"$(printf '\\342\\200\\256')\""},
};

class ShellWords : public ::testing::TestWithParam<Word> {};

TEST_P(ShellWords, AreReadBackByAShell) {
  EXPECT_EQ(shell_quote(GetParam().text), GetParam().want);
  EXPECT_EQ(run_shell("printf %s " + shell_quote(GetParam().text)), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(Table, ShellWords, ::testing::ValuesIn(shell_words),
                         [](const auto& row) { return row.param.name; });

// ---- the command

struct Check {
  std::string name;
  std::vector<std::string> arguments;
  std::vector<std::string> want;  ///< one for each block
  void (*arrange)(FakeEnvironment&) = nullptr;
  friend void PrintTo(const Check& row, std::ostream* out) { *out << row.name; }
};

const std::string thumbprint(43, 'A');

const Check checks[] = {
    {"own_ca",
     {"check", "example.com", "--issuer", issuer, "--account-url", account_url},
     {"persist-hook check example.com --account-url https://ca.example/acct/1 --issuer "
      "ca.example"}},
    {"every_option_that_counts",
     {"check",
      "example.com",
      "--issuer",
      issuer,
      "--issuer",
      "b.example",
      "--server",
      "https://ca.example/dir",
      "--dialect",
      "02",
      "--account-url",
      account_url,
      "--account-hash-prefix",
      "https://ca.example/h/",
      "--hash-alg",
      "sha-384",
      "--thumbprint",
      thumbprint,
      "--climb-parents",
      "--resolver",
      "127.0.0.1:53",
      "--resolver",
      "[::1]",
      "--now",
      "2027-01-01",
      "--warn-before",
      "9d",
      "--timeout",
      "5s",
      "--quiet",
      "--verbose"},
     {"persist-hook check example.com --account-hash-prefix https://ca.example/h/ --account-url "
      "https://ca.example/acct/1 --climb-parents --dialect 02 --hash-alg sha-384 --issuer "
      "ca.example --issuer b.example --now 2027-01-01 --resolver 127.0.0.1:53 --resolver '[::1]' "
      "--server https://ca.example/dir --thumbprint " +
      thumbprint + " --timeout 5s --warn-before 9d"}},
    {"names_one_by_one",
     {"check", "example.com", "-d", "*.b.example", "--ca", "google", "--account-url",
      "https://dv.acme-v02.api.pki.goog/account/A"},
     {"persist-hook check '*.b.example' --account-url https://dv.acme-v02.api.pki.goog/account/A "
      "--ca google",
      "persist-hook check example.com --account-url https://dv.acme-v02.api.pki.goog/account/A "
      "--ca google"}},
    {"the_wildcard_name_is_wanted_too",
     {"check", "example.com", "--wildcard", "--issuer", issuer, "--account-url", account_url},
     {"persist-hook check example.com --wildcard --account-url https://ca.example/acct/1 --issuer "
      "ca.example",
      "persist-hook check '*.example.com' --account-url https://ca.example/acct/1 --issuer "
      "ca.example"}},
    {"settings_file_of_ones_own",
     {"check", "example.com", "--config", "/srv/my settings.yaml"},
     {"persist-hook check example.com --config '/srv/my settings.yaml'"},
     [](FakeEnvironment& fake) {
       fake.files["/srv/my settings.yaml"] =
           "issuer: ca.example\naccount-url: https://ca.example/acct/1\n";
     }},
    {"S06_what_a_variable_said_stays_a_variable",
     {"check", "example.com"},
     {"PERSIST_HOOK_ACCOUNT_URL='https://ca.example/?a&b' "
      "PERSIST_HOOK_ISSUER=ca.example,b.example persist-hook check example.com"},
     [](FakeEnvironment& fake) {
       fake.variables = {{"PERSIST_HOOK_ACCOUNT_URL", "https://ca.example/?a&b"},
                         {"PERSIST_HOOK_ISSUER", "ca.example, b.example"},
                         {"PERSIST_HOOK_QUIET", "true"}};
     }},
};

/// The blocks of a run, each with its last line.
std::vector<std::string> blocks_of(const std::string& err) {
  std::vector<std::string> blocks;
  for (const std::string_view line : split(err, '\n')) {
    if (line.substr(0, 12) == "persist-hook") blocks.emplace_back();
    if (!line.empty() && !blocks.empty()) blocks.back() += std::string(line) + '\n';
  }
  return blocks;
}

std::string again_in(const std::string& block) {
  const std::string mark = "\n  again:   ";
  const auto at = block.find(mark);
  if (at == std::string::npos) return "";
  return block.substr(at + mark.size(), block.size() - at - mark.size() - 1);
}

/// The arguments and the variables that a shell makes of `command`.
void paste(std::string command, std::vector<std::string>& arguments, FakeEnvironment& fake) {
  const std::string program = "persist-hook ";
  command.replace(command.find(program), program.size(),
                  "sh -c 'env | grep ^PERSIST_; printf \"%s\\n\" \"$@\"' persist-hook ");
  fake.variables.clear();
  const std::string output = run_shell(command);
  for (const std::string_view line : split(output, '\n')) {
    const auto equals = line.find('=');
    if (line.substr(0, 8) == "PERSIST_") {
      fake.variables.emplace_back(line.substr(0, equals), line.substr(equals + 1));
    } else if (!line.empty()) {
      arguments.emplace_back(line);
    }
  }
}

class Again : public ::testing::TestWithParam<Check> {};

TEST_P(Again, PastedIntoAShellRepeatsTheCheck) {
  FakeEnvironment fake;
  fake.resolver.set_record("example.com", {"other.example; accounturi=https://other.example/1"});
  if (GetParam().arrange != nullptr) GetParam().arrange(fake);
  const auto first = fake.run(run, GetParam().arguments);
  EXPECT_EQ(first.status, 1);
  std::vector<std::string> commands;
  for (const std::string& block : blocks_of(first.err)) {
    commands.push_back(again_in(block));
    FakeEnvironment later;
    later.files = fake.files;
    later.resolver.set_record("example.com", {"other.example; accounturi=https://other.example/1"});
    std::vector<std::string> arguments;
    paste(commands.back(), arguments, later);
    const auto second = later.run(run, arguments);
    EXPECT_THAT(blocks_of(second.err), Contains(block));
    EXPECT_EQ(second.status, 1);
  }
  EXPECT_EQ(commands, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, Again, ::testing::ValuesIn(checks),
                         [](const auto& row) { return row.param.name; });

/// Whatever a caller can be told, `check` either takes it as well or is not told.
TEST(AgainCommand, HoldsOnlyWhatCheckTakes) {
  const auto& taken = find_command("check")->options;
  Options options;
  for (const std::string_view name : find_command("")->options) {
    if (std::find(taken.begin(), taken.end(), name) != taken.end()) continue;
    options.given.insert_or_assign(std::string(name),
                                   app::Given{.origin = app::Origin::flag, .values = {"x"}});
  }
  ASSERT_GT(options.given.size(), 3U);
  const record::CaProfile& ca = *record::find_profile("strict-01");
  const survey::Subject subject{.required = {.identifier = *record::parse_identifier("example.com"),
                                             .issuer_domain_names = {},
                                             .account = {}},
                                .ca = &ca,
                                .now = {}};
  EXPECT_EQ(again_command(subject, options), "persist-hook check example.com");
}

}  // namespace
}  // namespace persist::hook
