// F15: what real clients left on disk, read without a look into a private key. The trees of all but
// mod_md were written by the clients themselves; that one is made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "clients/client_readers.h"
#include "support/temporary_folder.h"

namespace persist::clients {
namespace {

using persist::testing::TemporaryFolder;

using ::testing::IsEmpty;
using Json = nlohmann::json;
using Texts = std::vector<std::string>;

const std::string all = "example.com *.example.com www.example.net";
const std::string shared = " (shared)";

struct Sample {
  std::string name;
  std::string client;  ///< row of the table of readers
  Texts folders;
  std::map<std::string, std::string> links;
  std::set<std::string> absent;  ///< members of expected.json that no file holds
  Texts names;                   ///< of each account, in the order of results
  friend void PrintTo(const Sample& row, std::ostream* out) { *out << row.name; }
};

const Sample samples[] = {
    {.name = "certbot",
     .client = "certbot",
     .folders = {"/etc/letsencrypt"},
     .links = {{"etc/letsencrypt/live/example.com/cert.pem", "../../archive/example.com/cert1.pem"},
               {"etc/letsencrypt/live/port-example.com/cert.pem",
                "../../archive/port-example.com/cert1.pem"}},
     .absent = {},
     .names = {all, all}},
    {.name = "lego",
     .client = "lego",
     .folders = {"/var/lib/lego"},
     .links = {},
     .absent = {"directory"},
     .names = {"", "", all + shared, all + shared}},
    {.name = "lego-v5",
     .client = "lego",
     .folders = {"/var/lib/lego", "/srv/lego/.lego"},
     .links = {},
     .absent = {},
     .names = {all + shared, all + shared, all + shared, all + shared,
               "shop.example.net *.shop.example.net"}},
    {.name = "acmesh",
     .client = "acme.sh",
     .folders = {"/root/.acme.sh"},
     .links = {},
     .absent = {},
     .names = {all}},
    {.name = "dehydrated",
     .client = "dehydrated",
     .folders = {"/var/lib/dehydrated"},
     .links = {{"var/lib/dehydrated/certs/example-all/cert.pem", "cert-1795308681.pem"},
               {"var/lib/dehydrated/certs/port-example-all/cert.pem", "cert-1795308710.pem"}},
     .absent = {},
     .names = {all + shared, all + shared}},
    {.name = "uacme",
     .client = "uacme",
     .folders = {"/etc/ssl/uacme"},
     .links = {},
     .absent = {"account_uri", "directory"},
     .names = {all}},
    {.name = "caddy",
     .client = "caddy",
     .folders = {"/var/lib/caddy/.local/share/caddy"},
     .links = {},
     .absent = {},
     .names = {"example.com www.example.net"}},
    // No mod_md has written this tree: it follows its source.
    {.name = "mod_md",
     .client = "mod_md",
     .folders = {"/etc/apache2/md"},
     .links = {},
     .absent = {},
     .names = {all}},
};

/// The sample's tree in a folder of its own.
void lay_out(const Sample& sample, const TemporaryFolder& folder) {
  folder.copy_sample(sample.name);
  for (const auto& [name, target] : sample.links) folder.link(name, target);
}

/// What the reader finds in the sample's folders, one after the other.
ClientFindings read_sample(const Sample& sample, const TemporaryFolder& folder) {
  ClientFindings found;
  const auto tree = FileTree::open();
  for (const std::string& path : sample.folders) {
    ClientFindings more = find_client_reader(sample.client)->read(*tree, folder.path() + path);
    for (ClientAccount& account : more.accounts) found.accounts.push_back(std::move(account));
    for (FileFault& fault : more.faults) found.faults.push_back(std::move(fault));
  }
  return found;
}

Json file_of(const std::optional<FileFacts>& facts, const TemporaryFolder& root) {
  return facts ? Json(facts->path.substr(root.path().size() + 1)) : Json();
}

/// The members of expected.json that a reader can tell.
std::string told(const ClientAccount& account, const TemporaryFolder& root) {
  const Json members{{"client", account.client},
                     {"directory", account.directory ? Json(*account.directory) : Json()},
                     {"account_uri", account.account_url ? Json(*account.account_url) : Json()},
                     {"account_uri_file", file_of(account.account_url_file, root)},
                     {"account_key_file", file_of(account.key_file, root)}};
  return members.dump();
}

std::string wanted(const Json& account, const std::set<std::string>& absent) {
  Json members = Json::object();
  for (const char* name :
       {"client", "directory", "account_uri", "account_uri_file", "account_key_file"}) {
    members[name] = absent.count(name) > 0 ? Json() : account.at(name);
  }
  return members.dump();
}

Json expected_accounts(const Sample& sample) {
  const auto file = testing::testdata_folder() / "clients" / sample.name / "expected.json";
  return Json::parse(testing::read_file(file));
}

std::string key_of(const Json& account) {
  return account.at("account_key_file").get<std::string>();
}

std::string names_of(const ClientAccount& account) {
  std::string text;
  for (const record::Identifier& name : account.names) {
    text += (text.empty() ? "" : " ") + name.text();
  }
  return text + (account.names_are_shared ? shared : "");
}

Texts lines_of(const std::vector<FileFault>& faults) {
  Texts lines;
  for (const FileFault& fault : faults) lines.push_back(fault.path + ": " + fault.why);
  return lines;
}

class ClientSample : public ::testing::TestWithParam<Sample> {};

TEST_P(ClientSample, HoldsWhatIsExpected) {
  const TemporaryFolder folder;
  lay_out(GetParam(), folder);
  const ClientFindings found = read_sample(GetParam(), folder);
  EXPECT_THAT(lines_of(found.faults), IsEmpty());
  std::set<std::string> got;
  for (const ClientAccount& account : found.accounts) got.insert(told(account, folder));
  std::set<std::string> want;
  for (const Json& account : expected_accounts(GetParam())) {
    want.insert(wanted(account, GetParam().absent));
  }
  EXPECT_EQ(got, want);
  EXPECT_EQ(found.accounts.size(), want.size());
}

/// Texts as in expected.json in the order of results.
std::string sorted_names(const Json& identifiers) {
  std::vector<std::pair<std::string, bool>> names;  // `a`, then `*.a`
  for (const Json& identifier : identifiers) {
    const auto text = identifier.get<std::string>();
    const bool is_wild = text.starts_with("*.");
    names.emplace_back(is_wild ? text.substr(2) : text, is_wild);
  }
  std::sort(names.begin(), names.end());
  std::string line;
  for (const auto& [name, is_wild] : names) {
    line += (line.empty() ? "" : " ") + std::string(is_wild ? "*." : "") + name;
  }
  return line;
}

TEST_P(ClientSample, NamesAreOfTheAccountOrShared) {
  const TemporaryFolder folder;
  lay_out(GetParam(), folder);
  std::map<std::string, std::string> expected;  // by the key file
  for (const Json& account : expected_accounts(GetParam())) {
    expected[key_of(account)] = sorted_names(account.at("identifiers"));
  }
  Texts got;
  for (const ClientAccount& account : read_sample(GetParam(), folder).accounts) {
    got.push_back(names_of(account));
    if (account.names.empty() || account.names_are_shared) continue;
    EXPECT_EQ(got.back(), expected[file_of(account.key_file, folder).get<std::string>()]);
  }
  EXPECT_EQ(got, GetParam().names);
}

/// The private keys of a sample.
Texts keys_in(const Sample& sample) {
  Texts keys;
  for (const Json& account : expected_accounts(sample)) {
    keys.push_back(key_of(account));
  }
  return keys;
}

TEST_P(ClientSample, F15_NoKeyIsOpened) {
  const TemporaryFolder folder;
  lay_out(GetParam(), folder);
  const int watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  ASSERT_GE(watch, 0);
  for (const std::string& key : keys_in(GetParam())) {
    folder.set_mode(key, 0);
    ASSERT_GE(::inotify_add_watch(watch, (folder / key).c_str(), IN_OPEN | IN_ACCESS), 0) << key;
  }
  EXPECT_THAT(lines_of(read_sample(GetParam(), folder).faults), IsEmpty());
  std::array<char, 4096> events{};
  EXPECT_EQ(::read(watch, events.data(), events.size()), -1) << "a key was opened";
  EXPECT_EQ(errno, EAGAIN);
  ::close(watch);
}

TEST_P(ClientSample, F15_AKeyThatIsGoneIsNoFault) {
  const TemporaryFolder folder;
  lay_out(GetParam(), folder);
  for (const std::string& key : keys_in(GetParam())) std::filesystem::remove(folder / key);
  const ClientFindings found = read_sample(GetParam(), folder);
  EXPECT_THAT(lines_of(found.faults), IsEmpty());
  // Of uacme the key is all there is.
  EXPECT_EQ(found.accounts.size(), GetParam().name == "uacme" ? 0U : GetParam().names.size());
  for (const ClientAccount& account : found.accounts) EXPECT_FALSE(account.key_file);
}

INSTANTIATE_TEST_SUITE_P(Table, ClientSample, ::testing::ValuesIn(samples), [](const auto& row) {
  std::string name = row.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Clients, AreReadInTheOrderOfTheTable) {
  const TemporaryFolder folder;
  for (const Sample& sample : samples) {
    if (sample.name != "lego-v5") lay_out(sample, folder);
  }
  const auto tree = FileTree::open(folder.path());
  if (!tree) GTEST_SKIP() << tree.error().why;
  const ClientFindings found = read_clients(*tree);
  Texts got;
  for (const ClientAccount& account : found.accounts) got.push_back(account.client);
  EXPECT_EQ(got, (Texts{"certbot", "certbot", "lego v4", "lego v4", "lego v4", "lego v4", "acme.sh",
                        "dehydrated", "dehydrated", "uacme", "caddy", "mod_md"}));
  EXPECT_THAT(lines_of(found.faults), IsEmpty());
}

TEST(Clients, AMachineWithoutAnyHasNeitherAccountsNorFaults) {
  const TemporaryFolder folder;
  const auto tree = FileTree::open(folder.path());
  if (!tree) GTEST_SKIP() << tree.error().why;
  const ClientFindings found = read_clients(*tree);
  EXPECT_TRUE(found.accounts.empty());
  EXPECT_THAT(lines_of(found.faults), IsEmpty());
  EXPECT_EQ(find_client_reader("nginx"), nullptr);
}

}  // namespace
}  // namespace persist::clients
