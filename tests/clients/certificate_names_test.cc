#include "clients/certificate_names.h"

#include <gtest/gtest.h>

#include <ostream>

#include "clients/openssl_names.h"
#include "support/files.h"

namespace persist::clients {
namespace {

using namespace std::string_literals;
using Read = Expected<CertificateNames, CertificateError> (*)(std::string_view);

std::string file(const std::string& name) {
  return testing::read_file(testing::testdata_folder() / "clients" / "pem" / name);
}

/// What stands before and behind a certificate in files of web servers.
const std::string key = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n";
const std::string encrypted =
    "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\n"
    "DEK-Info: AES-128-CBC,00000000000000000000000000000000\n\nbm90IGEga2V5\n"
    "-----END CERTIFICATE-----\n";

struct Case {
  std::string name;
  Read read;
  std::string text;
  std::string want;  ///< identifiers, a bar, other names, each with a blank behind; or an error
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

std::string hundred_names() {
  std::string names;
  for (int i = 0; i < 100; ++i) {
    const std::string number = std::to_string(i);
    names += "host" + std::string(3 - number.size(), '0') + number + ".example.com ";
  }
  return names + "| ";
}

const std::string not_pem = "does not hold in PEM what is looked for";
const std::string malformed = "holds a damaged certificate or request";
const std::string no_names = "holds a certificate or request without names";

Case certificate(const std::string& name, const std::string& text, const std::string& want) {
  return {
      .name = "certificate_" + name, .read = read_certificate_names, .text = text, .want = want};
}
Case request(const std::string& name, const std::string& text, const std::string& want) {
  return {.name = "request_" + name, .read = read_request_names, .text = text, .want = want};
}

std::vector<Case> cases() {
  const std::string one = file("one_name.crt");
  return {
      certificate("one_name", one, "example.com | "),
      certificate("in_order_and_none_twice", file("names_twice.crt"),
                  "b.example a.example *.a.example | "),
      certificate("hundred_names", file("hundred_names.crt"), hundred_names()),
      certificate("other_names", file("other_names.crt"),
                  "example.com | an IP address,an e-mail address,another kind of name,a b,"
                  "*.*.example.com,"),
      certificate("only_an_address", file("only_an_address.crt"), "| an IP address,"),
      certificate("nul_in_name", file("nul_in_name.crt"), "| a.com\0.examplex,"s),
      certificate("octets_in_name", file("octets_in_name.crt"), "| \xC3\xA4.tests,"),
      certificate("first_of_a_chain", one + file("other_names.crt"), "example.com | "),
      certificate("behind_a_key", key + one, "example.com | "),
      certificate("text_around", "subject: x\n\n" + one + "\nmore\n", "example.com | "),
      certificate("no_names", file("no_names.crt"), no_names),
      certificate("damaged_names", file("damaged_names.crt"), malformed),
      certificate("nothing", "", not_pem),
      certificate("text", "example.com\n", not_pem),
      certificate("key", key, not_pem),
      certificate("a_request", file("names.csr"), not_pem),
      certificate("cut", one.substr(0, one.size() / 2), malformed),
      certificate("no_der",
                  "-----BEGIN CERTIFICATE-----\nbm90IGEga2V5\n-----END CERTIFICATE-----\n",
                  malformed),
      certificate("encrypted", encrypted, malformed),
      certificate("too_large", std::string(65'537, '\n'), "has more than 65536 octets"),
      request("names", file("names.csr"), "www.example.com *.example.com example.com | "),
      request("only_common_name", file("only_common_name.csr"), "example.com | "),
      request("common_name_of_a_person", file("common_name_of_a_person.csr"), "example.com | "),
      request("no_names", file("no_names.csr"), no_names),
      request("a_certificate", one, not_pem),
      request("nothing", "", not_pem),
      request("too_large", std::string(65'537, '\n'), "has more than 65536 octets"),
  };
}

std::string outcome(const Expected<CertificateNames, CertificateError>& names) {
  if (!names) return explain(names.error());
  std::string line;
  for (const record::Identifier& name : names->identifiers) line += name.text() + " ";
  line += "| ";
  for (const std::string& other : names->others) line += other + ",";
  return line;
}

class CertificateFile : public ::testing::TestWithParam<Case> {};

TEST_P(CertificateFile, GivesNames) {
  EXPECT_EQ(outcome(GetParam().read(GetParam().text)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, CertificateFile, ::testing::ValuesIn(cases()),
                         [](const auto& row) { return row.param.name; });

/// Every octet of the DER matters to some field; none may bring the reader down.
TEST(CertificateFile, TellsFromWhenToWhenItIsValid) {
  const auto folder = testing::testdata_folder() / "clients/certbot/tree/etc/letsencrypt/archive";
  const auto validity =
      read_certificate_validity(testing::read_file(folder / "example.com/cert1.pem"));
  ASSERT_TRUE(validity);
  EXPECT_EQ(to_rfc3339(validity->not_before), "2026-11-22T00:51:13Z");
  EXPECT_EQ(to_rfc3339(validity->not_after), "2031-11-22T00:51:12Z");
  EXPECT_EQ(read_certificate_validity("").error(), CertificateError::not_pem);
  EXPECT_EQ(read_certificate_validity(std::string(100'000, 'x')).error(),
            CertificateError::too_large);
}

TEST(CertificateFile, SurvivesEveryChangedCharacter) {
  const std::string good = file("other_names.crt");
  std::size_t refused = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = bad[at] == 'A' ? 'B' : 'A';
    if (!read_certificate_names(bad)) ++refused;
  }
  EXPECT_GT(refused, 0U);
  EXPECT_LT(refused, good.size());
}

/// Where both readers read, they read the same. OpenSSL refuses damage in fields that ours passes
/// over, ours what is no DER.
void compare(Read ours, Read theirs, const std::string& text, std::size_t& both) {
  const auto mine = ours(text);
  const auto other = theirs(text);
  if (!mine || !other) return;
  ASSERT_EQ(outcome(mine), outcome(other));
  ++both;
}

TEST(CertificateFile, SaysWhatOpensslSays) {
  std::size_t both = 0;
  for (const char* name : {"one_name.crt", "names_twice.crt", "other_names.crt", "nul_in_name.crt",
                           "octets_in_name.crt", "names.csr", "only_common_name.csr"}) {
    const std::string good = file(name);
    const bool is_request = good.find("REQUEST") != std::string::npos;
    const Read ours = is_request ? read_request_names : read_certificate_names;
    const Read theirs = is_request ? oracle::read_request_names : oracle::read_certificate_names;
    const std::size_t before = both;
    compare(ours, theirs, good, both);
    EXPECT_EQ(both, before + 1) << name;
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (const char other : {'A', 'g', '/'}) {
        std::string changed = good;
        changed[at] = other;
        compare(ours, theirs, changed, both);
      }
    }
  }
  EXPECT_GT(both, 1000U);
}

}  // namespace
}  // namespace persist::clients
