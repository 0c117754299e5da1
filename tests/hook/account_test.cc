// `account`: what ACME clients left on this host, listed without opening a key.

#include <gmock/gmock.h>

#include "hook_runs.h"
#include "support/temporary_folder.h"

namespace persist::hook {
namespace {

using persist::testing::FakeEnvironment;
using persist::testing::ProgramRun;
using ::testing::IsEmpty;
using testing::TemporaryFolder;
using Words = std::vector<std::string>;

/// The samples of certbot, lego 4 and uacme, with the permissions that the clients give.
void lay_out(const TemporaryFolder& root) {
  for (const char* client : {"certbot", "lego", "uacme"}) root.copy_sample(client);
  root.link("etc/letsencrypt/live/example.com/cert.pem", "../../archive/example.com/cert1.pem");
  root.link("etc/letsencrypt/live/port-example.com/cert.pem",
            "../../archive/port-example.com/cert1.pem");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root.path())) {
    if (entry.is_symlink()) continue;
    std::filesystem::permissions(
        entry.path(), static_cast<std::filesystem::perms>(entry.is_directory() ? 0755 : 0600));
  }
}

std::string with_root_as_word(std::string text, const TemporaryFolder& root) {
  for (auto at = text.find(root.path()); at != std::string::npos; at = text.find(root.path())) {
    text.replace(at, root.path().size(), "/ROOT");
  }
  return text;
}

ProgramRun run_account(const TemporaryFolder& root, const Words& more) {
  FakeEnvironment fake;
  ProgramRun got = fake.run(run, Words{"account", "--root", root.path()} + more);
  EXPECT_THAT(fake.resolver.asked(), IsEmpty());
  return {.status = got.status,
          .out = with_root_as_word(got.out, root),
          .err = with_root_as_word(got.err, root)};
}

void expect_account(const std::string& name, const ProgramRun& got, int status) {
  EXPECT_EQ(got.status, status);
  testing::expect_golden("hook/account_" + name + ".txt", testing::to_text(got));
}

TEST(Account, ListsWhatClientsLeft) {
  const TemporaryFolder root;
  lay_out(root);
  expect_account("list", run_account(root, {}), 0);
}

TEST(Account, OfOneClient) {
  const TemporaryFolder root;
  lay_out(root);
  expect_account("of_uacme", run_account(root, {"--client", "uacme"}), 0);
}

TEST(Account, InAMovedFolder) {
  const TemporaryFolder root;
  lay_out(root);
  std::filesystem::rename(root / "var/lib/lego", root / "srv");
  expect_account("moved", run_account(root, {"--client", "lego", "--path", "/srv"}), 0);
  expect_account("not_there", run_account(root, {"--client", "lego"}), 2);
}

TEST(Account, AsJson) {
  const TemporaryFolder root;
  lay_out(root);
  const ProgramRun got = run_account(root, {"--client", "certbot", "--format", "json"});
  EXPECT_EQ(got.status, 0);
  EXPECT_THAT(got.err, IsEmpty());
  testing::expect_golden("hook/accounts.json", got.out);
}

TEST(Account, F12_WhatCannotBeReadMakesTheListIncomplete) {
  const TemporaryFolder root;
  lay_out(root);
  root.write("etc/letsencrypt/renewal/bad.conf", "?\n");
  expect_account("incomplete", run_account(root, {"--client", "certbot", "--format", "json"}), 3);
}

TEST(Account, F11_F13_DoubtfulFilesAreTold) {
  const TemporaryFolder root;
  lay_out(root);
  const std::string home = "var/lib/lego/accounts/acme.test/ops@example.com/";
  root.set_mode(home + "account.json", 0666);
  root.set_mode(home + "keys/ops@example.com.key", 0644);
  expect_account("doubtful", run_account(root, {"--client", "lego"}), 0);
}

TEST(Account, NoneIsTwo) {
  const TemporaryFolder root;
  expect_account("none", run_account(root, {}), 2);
}

const Case cases[] = {
    {"account_of_an_unknown_client", {"account", "--client", "getssl"}, 2},
    {"account_path_of_no_client", {"account", "--path", "/srv"}, 2},
    {"account_directory_without_a_key", {"account", "--directory", "https://ca.example/dir"}, 2},
    {"account_server_without_a_key", {"account", "--server", "https://ca.example/dir"}, 2},
    {"account_ca_without_a_key", {"account", "--ca", "letsencrypt"}, 2},
    {"account_empty_root", {"account", "--root", ""}, 2},
    {"account_root_that_is_not_there", {"account", "--root", "/nonexistent/root"}, 2},
    {"account_positional", {"account", "example.com"}, 2},
    {"account_option_of_check", {"account", "--resolver", "192.0.2.1"}, 2},
    {"S01_account_permissions_from_a_variable",
     {"account"},
     2,
     [](FakeEnvironment& fake) {
       fake.variables = {{"PERSIST_HOOK_ALLOW_INSECURE_PERMISSIONS", "true"}};
     }},
    {"help_account", {"account", "--help"}, 0},
    {"help_detect", {"detect", "--help"}, 0},
};

class AccountUsage : public ::testing::TestWithParam<Case> {};

TEST_P(AccountUsage, WholeOutput) {
  expect_run(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, AccountUsage, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

/// The arguments that persist-hook-acme would get; empty if it is not called.
Words handed_over(const Words& arguments) {
  report::StringSink out;
  report::StringSink err;
  FakeEnvironment fake;
  app::Environment environment = fake.make(out, err);
  Words words;
  environment.execute_acme_program = [&](std::span<const std::string_view> given) {
    words.assign(given.begin(), given.end());
    return std::string("cannot be run");
  };
  const std::vector<std::string_view> views(arguments.begin(), arguments.end());
  const app::ExitStatus status = run(views, environment);
  if (!words.empty()) {
    EXPECT_EQ(status, app::ExitStatus::unknown);
    EXPECT_EQ(err.text(), "persist-hook: error: cannot be run\n");
    EXPECT_THAT(out.text(), IsEmpty());
  }
  return words;
}

TEST(Account, KeysAreForTheOtherProgram) {
  for (const Words& arguments :
       {Words{"account", "--read-keys"}, Words{"account", "--key", "k.pem", "--ca", "letsencrypt"},
        Words{"detect", "https://ca.example/directory"}, Words{"detect"}}) {
    EXPECT_EQ(handed_over(arguments), arguments);
  }
  for (const Words& arguments :
       {Words{"account", "--client", "uacme", "--root", "/nonexistent/root"},
        Words{"account", "--key", ""}, Words{"detect", "--help"}, Words{"explain", "x"}}) {
    EXPECT_THAT(handed_over(arguments), IsEmpty());
  }
}

}  // namespace
}  // namespace persist::hook
