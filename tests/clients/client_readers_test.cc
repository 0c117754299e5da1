// F12, S10: damaged, foreign and doubtful files in the clients' folders. Nothing is made up, and
// one bad file does not hide the others.
#include "clients/client_readers.h"

#include <gtest/gtest.h>

#include <ostream>

#include "support/temporary_folder.h"

namespace persist::clients {
namespace {

using persist::testing::TemporaryFolder;

struct File {
  std::string path;
  std::string text;
};

struct Case {
  std::string name;
  std::string client;
  std::vector<File> files;
  std::string want;  ///< `directory url [names] key`, `-` for what is not known; then the faults
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string url = "https://ca.example/acct/1";
const std::string regr = R"({"body": {}, "uri": "https://ca.example/acct/1"})";
const std::string certbot_home = "accounts/ca.example/dir/53/";
const std::string renewal = "[renewalparams]\naccount = 53\nserver = ";
const std::string lego_4 = R"({"registration": {"uri": "https://ca.example/acct/1"}})";
const std::string lego_5 =
    R"({"server": "https://ca.example/dir", "registration": {"accountURL": "https://ca.example/acct/1"}})";
const std::string ca_conf = "ACCOUNT_URL='https://ca.example:14000/acct/1'\n";
const std::string caddy_home = "acme/ca.example-dir/users/default/default";
const std::string location = R"({"location": "https://ca.example/acct/1"})";
const std::string id_of_directory = "aHR0cHM6Ly9hY21lLnRlc3QvZGlyCg";

/// A certificate of tests/testdata/clients/pem; `one_name.crt` is of example.com.
std::string pem(const std::string& name) {
  return testing::read_file(testing::testdata_folder() / "clients" / "pem" / name);
}

std::vector<Case> certbot_cases() {
  const std::string certificate = pem("one_name.crt");
  const std::string account = "https://ca.example/dir " + url + " [] -\n";
  return {
      {"account_alone", "certbot", {{certbot_home + "regr.json", regr}}, account},
      {"key_alone",
       "certbot",
       {{certbot_home + "private_key.json", "{}"}},
       "https://ca.example/dir - [] key\n"},
      {"not_json",
       "certbot",
       {{certbot_home + "regr.json", "<html>"}},
       "https://ca.example/dir - [] -\n" + certbot_home + "regr.json: is not JSON\n"},
      {"empty",
       "certbot",
       {{certbot_home + "regr.json", ""}},
       "https://ca.example/dir - [] -\n" + certbot_home + "regr.json: is empty\n"},
      {"no_uri",
       "certbot",
       {{certbot_home + "regr.json", R"({"body": {}})"}},
       "https://ca.example/dir - [] -\n" + certbot_home +
           "regr.json: has no text in the member uri\n"},
      {"uri_is_a_number",
       "certbot",
       {{certbot_home + "regr.json", R"({"uri": 1})"}},
       "https://ca.example/dir - [] -\n" + certbot_home +
           "regr.json: has no text in the member uri\n"},
      {"uri_with_a_parameter",
       "certbot",
       {{certbot_home + "regr.json", R"({"uri": "https://ca.example/1; policy=wildcard"})"}},
       "https://ca.example/dir - [] -\n" + certbot_home +
           "regr.json: holds \"https://ca.example/1; policy=wildcard\", which is no http or https "
           "URL\n"},
      {"uri_twice",
       "certbot",
       {{certbot_home + "regr.json",
         R"({"uri": "https://a.example/1", "uri": "https://b.example/1"})"}},
       "https://ca.example/dir - [] -\n" + certbot_home +
           "regr.json: is JSON with an object that has the member \"uri\" twice\n"},
      {"renewal_tells_the_directory",
       "certbot",
       {{certbot_home + "regr.json", regr},
        {"renewal/a.conf", renewal + "https://ca.example/dir/?x=1\n"},
        {"live/a/cert.pem", certificate}},
       "https://ca.example/dir/?x=1 " + url + " [example.com] -\n"},
      {"renewal_at_another_ca",
       "certbot",
       {{certbot_home + "regr.json", regr},
        {"renewal/a.conf", renewal + "https://other.example/dir\n"},
        {"live/a/cert.pem", certificate}},
       account},
      {"renewal_of_another_account",
       "certbot",
       {{certbot_home + "regr.json", regr},
        {"renewal/a.conf", "[renewalparams]\naccount = 54\nserver = https://ca.example/dir\n"},
        {"live/a/cert.pem", certificate}},
       account},
      {"renewal_without_certificate",
       "certbot",
       {{certbot_home + "regr.json", regr},
        {"renewal/a.conf", renewal + "https://ca.example/dir\n"}},
       account + "live/a/cert.pem: there is no such certificate\n"},
      {"bad_renewal_beside_a_good_one",
       "certbot",
       {{certbot_home + "regr.json", regr},
        {"renewal/a.conf", "?\n"},
        {"renewal/b.conf", renewal + "https://ca.example/dir\n"},
        {"live/b/cert.pem", certificate}},
       "https://ca.example/dir " + url +
           " [example.com] -\nrenewal/a.conf: cannot be understood at line 1\n"},
      {"name_that_is_none",
       "certbot",
       {{certbot_home + "regr.json", regr},
        {"renewal/a.conf", renewal + "https://ca.example/dir\n"},
        {"live/a/cert.pem", pem("nul_in_name.crt")}},
       account + "live/a/cert.pem: names \"a.com\\x00.examplex\", which is no domain name\n"},
      {"accounts_is_a_file", "certbot", {{"accounts", "text"}}, ""},
  };
}

std::vector<Case> other_cases() {
  const std::string certificate = pem("one_name.crt");
  return {
      {"lego_without_port_in_common",
       "lego",
       {{"accounts/ca.example/a/account.json", lego_4},
        {"certificates/x.json", R"({"certUrl": "https://ca.example:14000/cert/1"})"},
        {"certificates/x.crt", certificate}},
       "- " + url + " [] -\n"},
      {"lego_two_versions",
       "lego",
       {{"accounts/ca.example/a/account.json", lego_4},
        {"accounts/ca.example/a/keys/a.key", "key"},
        {"accounts/ca.example/b/account.json", lego_5},
        {"accounts/ca.example/b/b.key", "key"}},
       "- " + url + " [] key\nhttps://ca.example/dir " + url + " [] key\n"},
      {"lego_cut",
       "lego",
       {{"accounts/ca.example/a/account.json", lego_4.substr(0, 20)}},
       "accounts/ca.example/a/account.json: is not JSON\n"},
      {"acme_sh_new_account",
       "acme.sh",
       {{"ca/ca.example/dir/ca.conf", ca_conf}},
       "https://ca.example:14000/dir https://ca.example:14000/acct/1 [] -\n"},
      {"acme_sh_accounts_on_another_host",
       "acme.sh",
       {{"ca/acme.example/dir/ca.conf", ca_conf}},
       "- https://ca.example:14000/acct/1 [] -\n"},
      {"acme_sh_two_ports",
       "acme.sh",
       {{"ca/ca.example/dir/ca.conf", ca_conf},
        {"a.example/a.example.conf",
         "Le_Domain='a.example'\nLe_Alt='no'\nLe_API='https://ca.example/dir'\n"},
        {"b.example_ecc/b.example.conf",
         "Le_Domain='b.example'\nLe_Alt=''\nLe_API='https://ca.example:14000/dir'\n"}},
       "- https://ca.example:14000/acct/1 [a.example b.example, shared] -\n"},
      {"acme_sh_wildcard_alone",
       "acme.sh",
       {{"ca/ca.example/dir/ca.conf", ca_conf},
        {"*.a.example_ecc/*.a.example.conf",
         "Le_Domain='*.a.example'\nLe_Alt='no'\nLe_API='https://ca.example/dir'\n"}},
       "https://ca.example/dir https://ca.example:14000/acct/1 [*.a.example] -\n"},
      {"acme_sh_needs_a_shell",
       "acme.sh",
       {{"ca/ca.example/dir/ca.conf", "ACCOUNT_URL=\"https://ca.example/$X\"\n"},
        {"ca/ca.example/dir/account.key", "key"}},
       "- - [] key\nca/ca.example/dir/ca.conf: line 1 is more than a plain assignment, which only "
       "a shell could read\n"},
      {"acme_sh_not_registered",
       "acme.sh",
       {{"ca/ca.example/dir/ca.conf", "CA_EMAIL='a@example.com'\n"}},
       "- - [] -\n"},
      // lego 5 keeps the configuration of before a migration so; it is none.
      {"lego_copy_of_a_configuration",
       "lego",
       {{".lego.bck.yaml", "storage: elsewhere\n"},
        {"accounts/.lego.bck.yaml", "storage: elsewhere\n"},
        {"accounts/acme.test/a/account.json", lego_5}},
       "https://ca.example/dir " + url + " [] -\n"},
      {"lego_configuration_file",
       "lego",
       {{".lego.yml", "storage: state  # ours\n"},
        {"state/accounts/acme.test/a/account.json", lego_5}},
       "https://ca.example/dir " + url + " [] -\n"},
      {"lego_configuration_file_quoted",
       "lego",
       {{".lego.yaml", "storage: \"my state\"\n"},
        {"my state/accounts/acme.test/a/account.json", lego_5}},
       "https://ca.example/dir " + url + " [] -\n"},
      {"lego_configuration_file_without_storage",
       "lego",
       {{".lego.yml", "accounts: {}\n  storage: elsewhere\n"},
        {".lego/accounts/acme.test/a/account.json", lego_5}},
       "https://ca.example/dir " + url + " [] -\n"},
      {"lego_configuration_file_with_nothing",
       "lego",
       {{".lego.yml", "storage: ''\n"}, {".lego/accounts/acme.test/a/account.json", lego_5}},
       "https://ca.example/dir " + url + " [] -\n"},
      {"dehydrated_folder_of_another_kind",
       "dehydrated",
       {{"accounts/x/account_id.json", R"({"url": "https://ca.example/acct/1"})"}},
       "- " + url + " [] -\n"},
      {"dehydrated_only_account",
       "dehydrated",
       {{"accounts/" + id_of_directory + "/account_id.json",
         R"({"url": "https://ca.example/acct/1"})"},
        {"certs/a/cert.pem", certificate}},
       "https://acme.test/dir " + url + " [example.com] -\n"},
      {"uacme_without_key", "uacme", {{"example.com/cert.pem", certificate}}, ""},
      {"caddy_told_by_the_certificate",
       "caddy",
       {{caddy_home + ".json", location},
        {caddy_home + ".key", "key"},
        {"certificates/ca.example-dir/a/a.json",
         R"({"issuer_data": {"ca": "https://ca.example/dir", "account": "https://ca.example/acct/1"}})"},
        {"certificates/ca.example-dir/a/a.crt", certificate}},
       "https://ca.example/dir " + url + " [example.com] key\n"},
      {"caddy_certificate_of_another_account",
       "caddy",
       {{caddy_home + ".json", location},
        {"certificates/ca.example-dir/a/a.json",
         R"({"issuer_data": {"account": "https://ca.example/acct/2"}})"},
        {"certificates/ca.example-dir/a/a.crt", certificate}},
       "https://ca.example/dir " + url + " [] -\n"},
      {"caddy_path_of_two_parts",
       "caddy",
       {{"acme/ca.example-acme-dir/users/default/default.json", location}},
       "- " + url + " [] -\n"},
      {"caddy_with_port",
       "caddy",
       {{"acme/ca.example-14000-dir/users/default/default.json",
         R"({"location": "https://ca.example:14000/acct/1"})"}},
       "https://ca.example:14000/dir https://ca.example:14000/acct/1 [] -\n"},
      {"mod_md_domains_of_another_account",
       "mod_md",
       {{"accounts/ACME-ca.example-0000/account.json",
         R"({"url": "https://ca.example/acct/1", "ca-url": "https://ca.example/dir"})"},
        {"domains/a/md.json", R"({"domains": ["a.example"], "ca": {"account": "ACME-x-0000"}})"},
        {"domains/b/md.json", R"({"domains": "b.example"})"},
        {"domains/c/md.json",
         R"({"domains": ["c.example", 1], "ca": {"account": "ACME-ca.example-0000"}})"}},
       "https://ca.example/dir " + url +
           " [c.example] -\ndomains/b/md.json: has no array in the member domains\n"
           "domains/c/md.json: names \"\", which is no domain name\n"},
  };
}

std::string to_line(const ClientAccount& account) {
  std::string names;
  for (const record::Identifier& name : account.names) {
    names += (names.empty() ? "" : " ") + name.text();
  }
  if (account.names_are_shared) names += ", shared";
  return account.directory.value_or("-") + " " + account.account_url.value_or("-") + " [" + names +
         "] " + (account.key_file ? "key" : "-") + "\n";
}

class ClientReading : public ::testing::TestWithParam<Case> {};

TEST_P(ClientReading, F12_S10_MakesNothingUp) {
  const TemporaryFolder folder;
  for (const File& file : GetParam().files) folder.write(file.path, file.text);
  const ClientFindings found =
      find_client_reader(GetParam().client)->read(*FileTree::open(), folder.path());
  std::string got;
  for (const ClientAccount& account : found.accounts) got += to_line(account);
  for (const FileFault& fault : found.faults) {
    got += fault.path.substr(folder.path().size() + 1) + ": " + fault.why + "\n";
  }
  EXPECT_EQ(got, GetParam().want);
}

const auto name_of = [](const auto& row) { return row.param.name; };
INSTANTIATE_TEST_SUITE_P(Certbot, ClientReading, ::testing::ValuesIn(certbot_cases()), name_of);
INSTANTIATE_TEST_SUITE_P(Others, ClientReading, ::testing::ValuesIn(other_cases()), name_of);

TEST(ClientReading, F11_TellsWhoMayWrite) {
  const TemporaryFolder folder;
  folder.write(certbot_home + "regr.json", regr);
  folder.set_mode(certbot_home + "regr.json", 0666);
  folder.set_mode(certbot_home, 0755);
  const ClientFindings found = read_certbot(*FileTree::open(), folder.path());
  ASSERT_EQ(found.accounts.size(), 1U);
  EXPECT_TRUE(is_writable_by_others(*found.accounts[0].account_url_file));
  EXPECT_EQ(found.accounts[0].account_url_file->mode, 0666U);
  EXPECT_EQ(found.accounts[0].account_url_file->folder_mode, 0755U);
}

TEST(ClientReading, TheFolderOfVersion2MayBeALinkToThatOfVersion1) {
  const TemporaryFolder folder;
  folder.write("accounts/v01.ca.example/directory/53/regr.json", regr);
  folder.link("accounts/v02.ca.example/directory", "../v01.ca.example/directory");
  const ClientFindings found = read_certbot(*FileTree::open(), folder.path());
  std::string got;
  for (const ClientAccount& account : found.accounts) got += to_line(account);
  EXPECT_EQ(got, "https://v01.ca.example/directory " + url +
                     " [] -\nhttps://v02.ca.example/directory " + url + " [] -\n");
}

TEST(ClientReading, F12_ALinkInACircleEnds) {
  const TemporaryFolder folder;
  folder.write(certbot_home + "regr.json", regr);
  folder.link("accounts/a", ".");
  folder.link("accounts/b", ".");
  const ClientFindings found = read_certbot(*FileTree::open(), folder.path());
  EXPECT_GT(found.accounts.size(), 1U);
  ASSERT_EQ(found.faults.size(), 1U);
  EXPECT_EQ(found.faults[0].why, "only the first 1000 folders were looked at");
}

}  // namespace
}  // namespace persist::clients
