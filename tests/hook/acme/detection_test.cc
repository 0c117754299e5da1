#include "hook/acme/detection.h"

#include <gtest/gtest.h>

#include <ostream>

#include "acme/documents.h"

namespace persist::hook {
namespace {

using acme::Json;

struct Case {
  std::string name;
  std::string url;
  Json meta;
  std::string want;  ///< `ca offers (source) dialect issuers (source)`
  std::string why;
  std::string record;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string own = "https://ca.example/directory";
const std::string lets_encrypt = "https://acme-v02.api.letsencrypt.org/directory";
const std::string owner = "_validation-persist.NAME. IN TXT ";

const Case cases[] = {
    {"A15_tells_nothing", own, Json::object(), "- unknown (nowhere) - [] (nowhere)",
     "its directory has none of the members of draft -02, and the drafts before it put none there; "
     "only the challenges of an order would tell",
     owner + R"("ISSUER; accounturi=ACCOUNT-URL")"},
    {"caa_identities_are_a_hint",
     own,
     {{"caaIdentities", {"CA.example."}}},
     "- unknown (nowhere) - [ca.example] (directory)",
     "its directory has none of the members of draft -02, and the drafts before it put none there; "
     "only the challenges of an order would tell",
     owner + R"("ca.example; accounturi=ACCOUNT-URL")"},
    {"draft_02",
     own,
     {{"issuerDomainNames", {"ca.example", "ca.test"}},
      {"accountHashPrefix", "https://ca.example/hash/"},
      {"caaIdentities", {"other.example"}}},
     "- yes (directory) 02 [ca.example ca.test] (directory)",
     "its directory has the members of draft -02",
     owner + R"("ca.example; accounturi=https://ca.example/hash/sha-256/HASH")"},
    {"draft_02_without_prefix",
     own,
     {{"issuerDomainNames", {"ca.example"}}},
     "- unknown (nowhere) 02 [ca.example] (directory)",
     "its directory means to say so, as in draft -02, but the directory gives no "
     "accountHashPrefix, which draft -02 needs",
     owner + R"("ca.example; accounturi=PREFIXsha-256/HASH")"},
    {"draft_02_without_issuers",
     own,
     {{"accountHashPrefix", "https://ca.example/hash/"}},
     "- unknown (nowhere) 02 [] (nowhere)",
     "its directory means to say so, as in draft -02, but the list issuerDomainNames is "
     "missing",
     owner + R"("ISSUER; accounturi=https://ca.example/hash/sha-256/HASH")"},
    {"known_ca_that_does_not",
     lets_encrypt,
     {{"caaIdentities", {"letsencrypt.org"}}},
     "letsencrypt no (table) 01 [letsencrypt.org] (directory)",
     "its directory does not tell; what is known of Let's Encrypt as of 2026-11-21: on its staging "
     "environment only (on staging since April 2026; no evidence of production use)",
     owner + R"("letsencrypt.org; accounturi=ACCOUNT-URL")"},
    {"known_ca_that_does", "https://dv.acme-v02.api.pki.goog/directory", Json::object(),
     "google yes (table) 01 [pki.goog] (table)",
     "its directory does not tell; what is known of Google Trust Services as of 2026-11-21: it "
     "does (its release notes of September 2026; how it reads odd records is not known)",
     owner + R"("pki.goog; accounturi=ACCOUNT-URL")"},
    {"the_directory_knows_better_than_the_table",
     lets_encrypt,
     {{"issuerDomainNames", {"letsencrypt.org"}}, {"accountHashPrefix", "https://a.example/"}},
     "letsencrypt yes (directory) 02 [letsencrypt.org] (directory)",
     "its directory has the members of draft -02",
     owner + R"("letsencrypt.org; accounturi=https://a.example/sha-256/HASH")"},
};

std::string to_line(const Detection& detection) {
  std::string issuers;
  for (const std::string& issuer : detection.issuers) {
    issuers += (issuers.empty() ? "" : " ") + issuer;
  }
  return (detection.ca.empty() ? "-" : detection.ca) + " " +
         std::string(record::to_text(detection.offers)) + " (" +
         std::string(to_text(detection.source)) + ") " +
         (detection.dialect ? std::string(record::to_text(*detection.dialect)) : "-") + " [" +
         issuers + "] (" + std::string(to_text(detection.issuers_source)) + ")";
}

class Detect : public ::testing::TestWithParam<Case> {};

TEST_P(Detect, SaysWhatTheDirectoryAndTheTableTell) {
  Json document = acme::directory_json();
  document["meta"] = GetParam().meta;
  const auto directory = acme::parse_directory(document.dump());
  ASSERT_TRUE(directory.has_value());
  const Detection got = detect(*directory, GetParam().url);
  EXPECT_EQ(to_line(got), GetParam().want);
  EXPECT_EQ(got.why, GetParam().why);
  EXPECT_EQ(record_form(got), GetParam().record);
}

INSTANTIATE_TEST_SUITE_P(Table, Detect, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::hook
