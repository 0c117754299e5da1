// What is said and proposed where CAA decides.

#include <gmock/gmock.h>

#include "app/verdict.h"
#include "support/fake_resolver.h"
#include "support/records.h"
#include "survey/survey.h"

namespace persist::app {
namespace {

using persist::testing::caa_answer;
using persist::testing::failed_answer;
using persist::testing::FakeResolver;
using persist::testing::Outcome;
using persist::testing::usual_record;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

record::CaProfile own_ca(bool checks_caa) {
  record::CaProfile ca = persist::testing::profile("strict-01");
  ca.issuer_domain_names = {persist::testing::issuer};
  ca.reading.caa.is_checked = checks_caa;
  return ca;
}

/// The check of example.com, whose record is good, where this is said of its CAA.
survey::Subject check(const record::CaProfile& ca, Outcome caa) {
  FakeResolver resolver;
  resolver.set_record("example.com", {usual_record});
  resolver.set("example.com", std::move(caa));
  const AccountRequest request{.ca = &ca, .account = {.url = persist::testing::account_url}};
  std::optional<survey::Subject> subject =
      make_subject({.name = persist::testing::name("example.com")}, request, persist::testing::now);
  std::optional<survey::Subject> judged;
  survey::Survey survey(
      [&]() -> std::optional<survey::Inquiry> {
        if (!subject) return {};
        survey::Inquiry inquiry{.name = subject->required.identifier.name, .subjects = {*subject}};
        subject.reset();
        return inquiry;
      },
      [&](const survey::Inquiry& done) { judged = done.subjects.front(); });
  resolver.run(survey, {});
  return *judged;
}

TEST(CaaVerdict, ForbiddenByCaa) {
  const auto ca = own_ca(true);
  const auto subject = check(ca, caa_answer({"0 issue other.example"}));
  EXPECT_EQ(verdict_message(subject),
            "the CAA records of example.com permit \"other.example\", not ca.example");
  EXPECT_THAT(lines_to_publish(subject),
              ElementsAre("example.com. 3600 IN CAA 0 issue \"ca.example; "
                          "accounturi=https://ca.example/acct/1; "
                          "validationmethods=dns-persist-01\""));
  const auto result = to_check_result(subject, {});
  ASSERT_TRUE(result.caa.has_value());
  EXPECT_EQ(result.caa->at, persist::testing::name("example.com"));
}

TEST(CaaVerdict, NothingHelpsAgainstACriticalProperty) {
  const auto ca = own_ca(true);
  const auto subject = check(ca, caa_answer({"128 tbs x"}));
  EXPECT_EQ(verdict_message(subject),
            "the CAA record of example.com with the tag \"tbs\" is critical, and the CA does not "
            "know it");
  EXPECT_THAT(lines_to_publish(subject), IsEmpty());
}

TEST(CaaVerdict, FailedLookUp) {
  const auto ca = own_ca(true);
  const auto subject = check(ca, failed_answer(dns::LookupErrorCode::rcode));
  EXPECT_EQ(persist::testing::verdict(subject.evaluation), "unknown dns dns-failure");
  EXPECT_EQ(verdict_message(subject),
            "the record is good, but the CAA records of example.com could not be looked up: "
            "resolver 192.0.2.53 could not get an answer (SERVFAIL)");
  EXPECT_THAT(lines_to_publish(subject), IsEmpty());
}

TEST(CaaVerdict, PermittedByCaa) {
  const auto ca = own_ca(true);
  const auto subject = check(ca, caa_answer({"0 issue ca.example"}));
  EXPECT_EQ(verdict_message(subject), "wildcard: no; until: never");
  EXPECT_THAT(lines_to_publish(subject), IsEmpty());
}

TEST(CaaVerdict, ACaThatTakesNoAccountOfItIsNotAsked) {
  const auto ca = own_ca(false);
  const auto subject = check(ca, caa_answer({"0 issue ;"}));
  EXPECT_EQ(persist::testing::verdict(subject.evaluation), "authorized");
  EXPECT_FALSE(to_check_result(subject, {}).caa.has_value());
}

}  // namespace
}  // namespace persist::app
