// persist-hook-acme, run as a function with a CA that is made up.

#include "hook/acme/acme.h"

#include <sys/stat.h>

#include "acme_runs.h"
#include "support/temporary_folder.h"

namespace persist::hook {
namespace {

using acme::FakeCa;
using persist::testing::ProgramRun;
using ::testing::IsEmpty;
using testing::TemporaryFolder;
using Words = std::vector<std::string>;

std::string key_text(const std::string& name) {
  return testing::read_file(testing::testdata_folder() / "acme/keys" / name);
}

/// A folder with the key that FakeCa knows.
class KeyFolder : public TemporaryFolder {
 public:
  KeyFolder() {
    write("key.pem", key_text("ed25519.pem"));
    set_mode("key.pem", 0600);
  }
  Words ask(const Words& more = {}) const {
    Words words{"account", "--key", *this / "key.pem", "--directory", acme::directory_url};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  /// The output with this folder as `/KEYS`.
  std::string plain(std::string text) const {
    for (auto at = text.find(path()); at != std::string::npos; at = text.find(path())) {
      text.replace(at, path().size(), "/KEYS");
    }
    return text;
  }
};

const std::string told_key =
    "  key:       /KEYS/key.pem (Ed25519, thumbprint " + acme::test_key().thumbprint() + ")\n";

TEST(AccountOfKey, IsToldByTheCa) {
  const KeyFolder folder;
  FakeCa ca(acme::test_key());
  const AcmeRun run(ca, folder.ask());
  EXPECT_EQ(run.got.status, 0) << run.got.err;
  EXPECT_EQ(folder.plain(run.got.out),
            "given key\n  directory: https://ca.example/directory\n"
            "  account:   " +
                acme::account_url + " (valid)\n" + told_key);
  EXPECT_THAT(run.got.err, IsEmpty());
  EXPECT_EQ(run.settings.user_agent, "persist-hook/0.1.0");
  EXPECT_EQ(run.settings.ca_file, "");
  EXPECT_FALSE(run.settings.proxy_from_environment);
}

TEST(AccountOfKey, S09_SignsForTheDirectoryGivenAlone) {
  const KeyFolder folder;
  FakeCa ca(acme::test_key());
  const AcmeRun run(ca, folder.ask());
  ASSERT_FALSE(run.http.requests.empty());
  for (const acme::HttpRequest& request : run.http.requests) {
    EXPECT_THAT(request.url, ::testing::StartsWith("https://ca.example/"));
  }
  const Words without{"account", "--key", folder / "key.pem"};
  const AcmeRun nowhere(ca, without);
  EXPECT_EQ(nowhere.got.status, 2);
  EXPECT_TRUE(nowhere.http.requests.empty());
}

TEST(AccountOfKey, E06_A03_ProxyAndTrustAreAskedFor) {
  const KeyFolder folder;
  FakeCa ca(acme::test_key());
  const AcmeRun run(ca, folder.ask({"--proxy-from-env", "--ca-file", "/etc/ca.pem"}));
  EXPECT_EQ(run.settings.ca_file, "/etc/ca.pem");
  EXPECT_TRUE(run.settings.proxy_from_environment);
}

TEST(AccountOfKey, A11_NoneIsAnAnswerAndNoneIsMade) {
  const KeyFolder folder;
  FakeCa ca(acme::test_key());
  ca.has_account = false;
  const AcmeRun run(ca, folder.ask());
  EXPECT_EQ(run.got.status, 1);
  EXPECT_EQ(
      folder.plain(run.got.out),
      "given key\n  directory: https://ca.example/directory\n  account:   not known\n" + told_key);
  EXPECT_EQ(run.got.err,
            "persist-hook: error: no account at https://ca.example/directory has the key with the "
            "thumbprint " +
                acme::test_key().thumbprint() + "\n");
  EXPECT_EQ(ca.accounts_created, 0);
}

TEST(AccountOfKey, A12_ClosedIsRefused) {
  const KeyFolder folder;
  FakeCa ca(acme::test_key());
  ca.new_account_status = "deactivated";
  const AcmeRun run(ca, folder.ask({"--format", "json"}));
  EXPECT_EQ(run.got.status, 1);
  EXPECT_NE(run.got.out.find(R"("status":"deactivated")"), std::string::npos) << run.got.out;
}

TEST(AccountOfKey, A08_WhatIsNoAnswerIsThree) {
  const KeyFolder folder;
  FakeCa ca(acme::test_key());
  ca.fault_step = "directory";
  ca.fault = [](acme::HttpResponse& response) { response = {.status = 502, .body = "\x1b[2J"}; };
  const AcmeRun run(ca, folder.ask());
  EXPECT_EQ(run.got, (ProgramRun{.status = 3,
                                 .out = "",
                                 .err = "persist-hook: error: https://ca.example/directory answers "
                                        "with HTTP 502 and \"\\x1b[2J\"\n"}));
}

struct RefusedCase {
  std::string name;
  Words arguments;
  std::string error;
  friend void PrintTo(const RefusedCase& row, std::ostream* out) { *out << row.name; }
};

const RefusedCase refused_cases[] = {
    {"A01_http",
     {"account", "--key", "KEY", "--directory", "http://ca.example/dir"},
     "--directory: \"http://ca.example/dir\" is no https:// URL"},
    {"A01_file",
     {"detect", "file:///etc/passwd"},
     "\"file:///etc/passwd\" is no https:// URL of a directory"},
    {"A01_password",
     {"detect", "https://a:b@ca.example/"},
     "\"https://a:b@ca.example/\" is no https:// URL of a directory"},
    {"A01_no_host",
     {"detect", "https:///dir"},
     "\"https:///dir\" is no https:// URL of a directory"},
    {"no_ca", {"account", "--key", "KEY"}, "which CA has the account is not known"},
    {"ca_without_directory",
     {"account", "--key", "KEY", "--ca", "br-only"},
     "which CA has the account is not known"},
    {"F12_no_such_key",
     {"account", "--key", "/nonexistent/key", "--ca", "letsencrypt"},
     "/nonexistent/key: there is no such file"},
    {"F12_device",
     {"account", "--key", "/dev/null", "--ca", "letsencrypt"},
     "/dev/null: is a device, not a regular file"},
    {"key_and_list",
     {"account", "--key", "KEY", "--read-keys"},
     "--key asks a CA about one key, beside which nothing is looked for"},
    {"detect_nothing", {"detect"}, "detect takes one URL of a directory, or one CA"},
    {"detect_two",
     {"detect", "letsencrypt", "google"},
     "detect takes one URL of a directory, or one CA"},
    {"detect_a_rule_set",
     {"detect", "strict-02"},
     "strict-02 is a way to read records, not a CA to be asked"},
    {"command_of_the_other_program",
     {"check", "example.com"},
     "this is the part of persist-hook that has HTTPS and private keys"},
    {"no_command", {}, "no command, and no ACME client that is known calls"},
};

class Refused : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(Refused, IsTwoAndAsksNothing) {
  FakeCa ca(acme::test_key());
  const AcmeRun run(ca, GetParam().arguments);
  EXPECT_EQ(run.got.status, 2);
  EXPECT_THAT(run.got.out, IsEmpty());
  const std::string wanted = "persist-hook: error: " + GetParam().error + "\n";
  EXPECT_EQ(run.got.err.substr(0, wanted.size()), wanted);
  EXPECT_THAT(run.http.requests, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Table, Refused, ::testing::ValuesIn(refused_cases),
                         [](const auto& row) { return row.param.name; });

// ---- --read-keys

std::string of_sample(const TemporaryFolder& root, std::string text) {
  for (auto at = text.find(root.path()); at != std::string::npos; at = text.find(root.path())) {
    text.replace(at, root.path().size(), "/ROOT");
  }
  return text;
}

const std::string uacme_key = "etc/ssl/uacme/private/key.pem";

ProgramRun list_keys(const TemporaryFolder& root, const Words& more = {}) {
  FakeCa ca(acme::test_key());
  Words words{"account", "--read-keys", "--client", "uacme", "--root", root.path()};
  words.insert(words.end(), more.begin(), more.end());
  const AcmeRun run(ca, words);
  EXPECT_THAT(run.http.requests, IsEmpty());
  return {.status = run.got.status,
          .out = of_sample(root, run.got.out),
          .err = of_sample(root, run.got.err)};
}

TEST(ReadKeys, TellsTypeAndThumbprint) {
  const TemporaryFolder root;
  root.copy_sample("uacme");
  root.write(uacme_key, key_text("uacme-1.pem"));
  root.set_mode(uacme_key, 0400);
  root.set_mode("etc/ssl/uacme/private", 0700);
  const ProgramRun got = list_keys(root);
  EXPECT_EQ(got.status, 0) << got.err;
  EXPECT_EQ(got.out,
            "uacme\n  directory: not known\n  account:   not known\n"
            "  key:       /ROOT/etc/ssl/uacme/private/key.pem (RSA 2048, thumbprint "
            "lTLM02FafoVflTNNx0t6-CEaNjT8Awv1E--NtqsltEE)\n  names:     example.com *.example.com "
            "www.example.net\n");
}

TEST(ReadKeys, F12_WhatIsNoKeyMakesTheListIncomplete) {
  const TemporaryFolder root;
  root.copy_sample("uacme");
  root.write(uacme_key, "hunter2\n");
  root.set_mode(uacme_key, 0400);
  root.set_mode("etc/ssl/uacme/private", 0700);
  const ProgramRun got = list_keys(root, {"--format", "json"});
  EXPECT_EQ(got.status, 3);
  EXPECT_NE(got.out.find(R"("complete":false)"), std::string::npos);
  EXPECT_NE(got.out.find(R"("thumbprint":null)"), std::string::npos);
  EXPECT_EQ(got.err.substr(0, got.err.find(" that")),
            "persist-hook: error: /ROOT/etc/ssl/uacme/private/key.pem: holds no key");
  EXPECT_EQ((got.out + got.err).find("hunter2"), std::string::npos);
}

// ---- detect

TEST(DetectRun, CannotTellIsThree) {
  FakeCa ca(acme::test_key());
  const AcmeRun run(ca, {"detect", acme::directory_url});
  EXPECT_EQ(run.got.status, 3);
  EXPECT_THAT(run.got.err, IsEmpty());
  testing::expect_golden("hook/detect_unknown.txt", testing::to_text(run.got));
  EXPECT_EQ(run.http.requests.size(), 1U);
}

TEST(DetectRun, Draft02IsZero) {
  FakeCa ca(acme::test_key());
  ca.fault_step = "directory";
  ca.fault = [](acme::HttpResponse& response) {
    auto document = acme::Json::parse(response.body);
    document["meta"] = {{"issuerDomainNames", {"ca.example"}},
                        {"accountHashPrefix", "https://ca.example/hash/"},
                        {"externalAccountRequired", true}};
    response.body = document.dump();
  };
  const AcmeRun text(ca, {"detect", acme::directory_url});
  EXPECT_EQ(text.got.status, 0);
  testing::expect_golden("hook/detect_draft_02.txt", testing::to_text(text.got));
  const AcmeRun json(ca, {"detect", acme::directory_url, "--format", "json"});
  EXPECT_EQ(json.got.status, 0);
  testing::expect_golden("hook/detect_draft_02.json", json.got.out);
}

}  // namespace
}  // namespace persist::hook
