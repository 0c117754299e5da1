#include <gtest/gtest.h>

#include <algorithm>

#include "rules/example.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

using report::Severity;

const std::string good = "ca.example; accounturi=https://ca.example/acct/1";
const std::string broken = "ca.example; accounturi=https://ca.example/acct/1;";

/// What one rule says, as `severity: message`; empty if it is silent.
std::string said(const Subject& subject, std::string_view id) {
  for (const report::Diagnostic& found : run_rules(subject)) {
    if (found.rule == id) return std::string(to_text(found.severity)) + ": " + found.message;
  }
  return {};
}

Subject subject_of(std::vector<std::string> records, void (*arrange)(Subject&) = nullptr) {
  return make_bad_example({.good = {}, .bad = std::move(records), .arrange = arrange});
}

void set_planned(Subject& subject) {
  static const config::DomainEntry entry{
      .identifier = subject.required.identifier,
      .state = config::EntryState::planned,
      .location = {.file = "list.yaml", .line = 12, .column = 5}};
  subject.entry = &entry;
}

void set_retired(Subject& subject) {
  static const config::DomainEntry entry{.identifier = subject.required.identifier,
                                         .state = config::EntryState::retired};
  subject.entry = &entry;
}

void use_profile(Subject& subject, std::string_view id) {
  subject.ca = record::find_profile(id);
}
void use_boulder(Subject& subject) {
  use_profile(subject, "letsencrypt");
}
void use_pebble(Subject& subject) {
  use_profile(subject, "pebble");
}

TEST(RunRules, ErrorForARecordThatFails) {
  EXPECT_EQ(said(subject_of({broken}), "DP206"), "error: a `;` stands behind the last parameter");
}

TEST(RunRules, WarningWhereAnotherRecordAuthorises) {
  EXPECT_EQ(said(subject_of({broken, good}), "DP206"),
            "warning: a `;` stands behind the last parameter");
}

TEST(RunRules, FindingHasPlaceHintAndLocation) {
  const auto found = run_rules(subject_of({broken}, set_planned));
  const auto at = std::find_if(found.begin(), found.end(),
                               [](const auto& each) { return each.rule == "DP206"; });
  ASSERT_NE(at, found.end());
  const report::Diagnostic want{
      .location = {.file = "list.yaml", .line = 12, .column = 5},
      .severity = Severity::error,
      .rule = "DP206",
      .name = "value-trailing-semicolon",
      .message = "a `;` stands behind the last parameter",
      .hint = "remove the last semicolon",
      .span = report::ValueSpan{.record = 0, .offset = broken.size() - 1, .length = 1}};
  EXPECT_EQ(*at, want);
}

TEST(RunRules, ProfileLevelFollowsTheCa) {
  const std::string odd = good + "; note=caf\u00e9";
  EXPECT_EQ(said(subject_of({odd}), "DP211"),
            "error: \"\\u{00e9}\" at octet 59 is no printable ASCII");
  EXPECT_EQ(said(subject_of({odd}, use_boulder), "DP211"),
            "warning: \"\\u{00e9}\" at octet 59 is no printable ASCII");
}

TEST(RunRules, FallbackSpeaksOnlyWithoutAnotherError) {
  EXPECT_EQ(said(subject_of({"v=spf1 -all"}), "DP100"),
            "error: the TXT record at the name is not for ca.example");
  EXPECT_EQ(said(subject_of({broken}), "DP100"), "");
  EXPECT_EQ(said(subject_of({good}), "DP100"), "");
}

TEST(RunRules, FallbackCountsTheRecords) {
  EXPECT_EQ(said(subject_of({"v=spf1 -all", "hunter2"}), "DP100"),
            "error: none of 2 TXT records at the name is for ca.example");
}

TEST(RunRules, MissingRecord) {
  EXPECT_EQ(said(subject_of({}), "DP101"),
            "error: no TXT record at _validation-persist.example.com (the name does not exist)");
}

TEST(RunRules, MissingRecordThatIsPlannedIsANotice) {
  const Subject subject = subject_of({}, set_planned);
  EXPECT_EQ(said(subject, "DP101"),
            "notice: no TXT record at _validation-persist.example.com (the name does not exist)");
  EXPECT_EQ(said(subject, "DP100"), "");
}

TEST(RunRules, MissingRecordOfARetiredNameIsFine) {
  EXPECT_TRUE(run_rules(subject_of({}, set_retired)).empty());
}

TEST(RunRules, FailedLookupIsUnknownAndNothingElse) {
  const Subject subject = subject_of({good}, [](Subject& each) {
    each.lookup.error = dns::LookupError{.code = dns::LookupErrorCode::stopped};
  });
  for (const report::Diagnostic& found : run_rules(subject)) {
    EXPECT_NE(found.severity, Severity::error) << found.rule;
  }
  EXPECT_EQ(said(subject, "DP102").substr(0, 9), "unknown: ");
}

TEST(RunRules, SuspiciousAnswerIsUnknown) {
  const Subject subject = subject_of({}, [](Subject& each) {
    each.lookup.extended_error = dns::ExtendedError{.code = 15, .text = "see\x1b[2J"};
  });
  EXPECT_EQ(said(subject, "DP102"),
            "unknown: the resolver itself calls its answer Blocked: \"see\\x1b[2J\"");
  EXPECT_EQ(said(subject, "DP101"), "");
}

TEST(RunRules, HashOfAnotherKeyIsUnknown) {
  const Subject subject = subject_of(
      {"ca.example; accounturi=https://ca.example/h/sha-256/"
       "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"},
      [](Subject& each) {
        use_profile(each, "strict-02");
        each.required.account_hash_prefix = "https://ca.example/h/";
        each.required.hash_algs = {"sha-256"};
        each.required.account.thumbprints = {"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"};
      });
  EXPECT_EQ(
      said(subject, "DP102"),
      "unknown: the hash fits none of the keys that are known here; it may have been made with "
      "another key of the account");
}

struct PortabilityCase {
  std::string name;
  std::string record;
  void (*arrange)(Subject&);
  std::string want;
  friend void PrintTo(const PortabilityCase& row, std::ostream* out) { *out << row.name; }
};

const std::string capital = "CA.EXAMPLE; accounturi=https://ca.example/acct/1";
const std::string dot = "ca.example.; accounturi=https://ca.example/acct/1";
const std::string tab = "ca.example;\taccounturi=https://ca.example/acct/1";

const PortabilityCase portability_cases[] = {
    {"R07_tab_to_the_letter", tab, nullptr,
     "notice: authorised here, but Let's Encrypt's software would refuse it (accounturi-missing), "
     "Pebble would refuse it (accounturi-missing)"},
    {"R07_tab_at_lets_encrypt", tab, use_boulder,
     "notice: not authorised here, but the draft to the letter would accept it, a CA with method "
     "22 "
     "of the Baseline Requirements alone would accept it"},
    {"R08_capitals_to_the_letter", capital, nullptr,
     "notice: authorised here, but Pebble would refuse it (issuer-mismatch)"},
    {"R08_capitals_at_lets_encrypt", capital, use_boulder,
     "notice: authorised here, but Pebble would refuse it (issuer-mismatch)"},
    {"R08_capitals_at_pebble", capital, use_pebble,
     "notice: not authorised here, but the draft to the letter would accept it, Let's Encrypt's "
     "software would accept it, a CA with method 22 of the Baseline Requirements alone would "
     "accept "
     "it"},
    {"R08_final_dot_to_the_letter", dot, nullptr,
     "notice: not authorised here, but Let's Encrypt's software would accept it"},
    {"R08_final_dot_at_lets_encrypt", dot, use_boulder,
     "notice: authorised here, but the draft to the letter would refuse it (bad-issuer), Pebble "
     "would refuse it (issuer-mismatch), a CA with method 22 of the Baseline Requirements alone "
     "would refuse it (bad-issuer)"},
    {"expired_but_disarmed", good + "; persistUntil\t=1700000000", nullptr,
     "notice: not authorised here, but Let's Encrypt's software would accept it, Pebble would "
     "accept it"},
    {"plain", good, nullptr, ""},
};

class Portability : public testing::TestWithParam<PortabilityCase> {};

TEST_P(Portability, SaysWhoReadsItDifferently) {
  EXPECT_EQ(said(subject_of({GetParam().record}, GetParam().arrange), "DP803"), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Faults, Portability, testing::ValuesIn(portability_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::rules
