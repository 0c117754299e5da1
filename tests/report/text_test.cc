#include "report/text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "samples.h"
#include "support/files.h"

namespace persist::report {
namespace {

std::string text_of(const std::vector<CheckResult>& checks, const ReportOptions& options = {}) {
  StringSink out;
  const auto reporter = make_text_reporter(out, options);
  for (const CheckResult& check : checks) reporter->add(check);
  return out.text();
}

std::string summary_of(const Summary& summary, const ReportOptions& options = {}) {
  StringSink out;
  make_text_reporter(out, options)->finish(summary);
  return out.text();
}

std::string report_of(const ReportOptions& options) {
  StringSink out;
  const auto reporter = make_text_reporter(out, options);
  for (const CheckResult& check : sample_checks()) reporter->add(check);
  reporter->finish(sample_summary());
  return out.text();
}

TEST(TextReport, IsTheGoldenText) {
  persist::testing::expect_golden("report/lint.txt", report_of({}));
}

TEST(TextReport, IsTheGoldenTextVerbose) {
  persist::testing::expect_golden("report/lint_verbose.txt", report_of({.verbose = true}));
}

TEST(TextReport, IsTheGoldenTextInColor) {
  persist::testing::expect_golden("report/lint_color.txt",
                                  report_of({.color = true, .verbose = true}));
}

TEST(TextReport, ColorIsAllThatColorAdds) {
  std::string colored = report_of({.color = true, .verbose = true});
  for (std::size_t at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b')) {
    colored.erase(at, colored.find('m', at) + 1 - at);
  }
  EXPECT_EQ(colored, report_of({.verbose = true}));
}

TEST(TextReport, NamesTheIdentifierWhereThereIsNoList) {
  CheckResult check = answered("*.example.com", {});
  check.findings = {{.severity = Severity::error,
                     .rule = "DP101",
                     .name = "record-missing",
                     .message = "no TXT record at _validation-persist.example.com"}};
  EXPECT_EQ(text_of({check}),
            "*.example.com: error: no TXT record at _validation-persist.example.com [DP101]\n");
}

TEST(TextReport, APlaceMayLackLineAndColumn) {
  CheckResult check = answered("example.com", {});
  check.findings = {{.location = {"domains.yaml"},
                     .severity = Severity::error,
                     .rule = "DP101",
                     .name = "record-missing",
                     .message = "a"},
                    {.location = {"domains.yaml", 3},
                     .severity = Severity::error,
                     .rule = "DP101",
                     .name = "record-missing",
                     .message = "b"}};
  EXPECT_EQ(text_of({check}),
            "domains.yaml: error: example.com: a [DP101]\n"
            "domains.yaml:3: error: example.com: b [DP101]\n");
}

TEST(TextReport, NamesTheIdentifierOnceBehindAPlace) {
  CheckResult check = answered("*.example.com", {});
  check.location = {"domains.yaml", 3, 5};
  check.findings = {{.severity = Severity::error,
                     .rule = "DP101",
                     .name = "record-missing",
                     .message = "no TXT record at _validation-persist.example.com"},
                    {.severity = Severity::error,
                     .rule = "DP401",
                     .name = "policy-wildcard-needed",
                     .message = "*.example.com is wanted"},
                    {.severity = Severity::warning,
                     .rule = "DP801",
                     .name = "method-not-offered",
                     .message = "the CA does not",
                     .about_ca = true}};
  EXPECT_EQ(text_of({check}),
            "domains.yaml:3:5: error: *.example.com: no TXT record at "
            "_validation-persist.example.com [DP101]\n"
            "domains.yaml:3:5: error: *.example.com is wanted [DP401]\n"
            "domains.yaml:3:5: warning: the CA does not [DP801]\n");
}

TEST(TextReport, S13_ShowsOnlyTheLengthOfOtherRecords) {
  CheckResult check = answered("example.com", {txt({"v=spf1 ip4:10.9.8.7 -all"})});
  check.findings = {{.severity = Severity::warning,
                     .rule = "DP306",
                     .name = "issuer-unknown",
                     .message = "a record names nobody",
                     .span = ValueSpan{0, 0, 6}}};
  EXPECT_EQ(text_of({check}),
            "example.com: warning: a record names nobody [DP306]\n"
            "  TXT: 24 octets, no record of this method\n");
}

TEST(TextReport, ASpanOfNoRecordShowsNone) {
  CheckResult check = answered("example.com", {});
  check.findings = {{.severity = Severity::error,
                     .rule = "DP101",
                     .name = "record-missing",
                     .message = "a",
                     .span = ValueSpan{0, 0, 6}}};
  EXPECT_EQ(text_of({check}), "example.com: error: a [DP101]\n");
}

TEST(TextReport, TellsAnAuthorizedNameByItsLongestRecord) {
  const auto check = answered(
      "example.com", {txt({good_value("; persistUntil=1900000000; policy=wildcard")}),
                      txt({good_value("; persistUntil=1800000000")}), txt({good_value("; x")})});
  EXPECT_EQ(text_of({check}), "");
  EXPECT_EQ(text_of({check}, {.verbose = true}),
            "example.com: authorized (wildcard: yes; until: 2030-03-17T17:46:40Z)\n");
}

TEST(TextReport, ARecordWithoutEndHoldsLongest) {
  const auto check =
      answered("example.com", {txt({good_value("; persistUntil=1900000000")}), txt({good_value()}),
                               txt({good_value("; persistUntil=1900000001")})});
  EXPECT_EQ(text_of({check}, {.verbose = true}),
            "example.com: authorized (wildcard: no; until: never)\n");
}

TEST(TextReport, AnUnknownNameIsAlwaysTold) {
  CheckResult check = sample_check("example.com", record::DnsOutcome::failed);
  check.message = "no answer: timed out";
  EXPECT_EQ(text_of({check}), "example.com: unknown: no answer: timed out\n");
  check.findings = {{.severity = Severity::unknown,
                     .rule = "DP102",
                     .name = "lookup-failed",
                     .message = "no answer: timed out"}};
  EXPECT_EQ(text_of({check}), "example.com: unknown: no answer: timed out [DP102]\n");
}

TEST(TextReport, L03_AllUnknownIsOneSummaryLineAndNotAMillion) {
  StringSink out;
  const auto reporter = make_text_reporter(out, {});
  std::string want;
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "host" + std::to_string(i) + ".example";
    CheckResult check = sample_check(name, record::DnsOutcome::failed);
    check.message = "no answer for " + check.owner + ": timed out";
    reporter->add(check);
    if (i < 20) want += name + ": unknown: " + check.message + '\n';
  }
  reporter->finish({.checks = 1000, .unknown = 1000});
  want +=
      "summary: unknown for 980 more checks, like: no answer for _validation-persist.NAME: timed "
      "out\n"
      "summary: 1000 checks: 0 authorized, 0 refused, 1000 unknown\n"
      "summary: 0 errors, 0 warnings, 0 notices, 0 suppressed\n"
      "summary: 1000 of 1000 could not be checked\n";
  EXPECT_EQ(out.text(), want);
}

TEST(TextReport, L03_TheRestOfManyReasonsIsCounted) {
  StringSink out;
  const auto reporter = make_text_reporter(out, {});
  for (int i = 0; i < 100; ++i) {
    CheckResult check = sample_check("example.com", record::DnsOutcome::failed);
    check.message = "reason " + std::to_string(i);
    reporter->add(check);
  }
  const std::size_t before = out.text().size();
  reporter->finish({.checks = 100, .unknown = 100});
  EXPECT_EQ(out.text().substr(before, out.text().find('\n', before) - before),
            "summary: unknown for 30 more checks, for various reasons");
}

TEST(TextReport, ProposesARecordBehindAnErrorOnly) {
  CheckResult check = answered("example.com", {txt({"letsencrypt.org"})});
  check.publish = {"_validation-persist.example.com. 3600 IN TXT \"x\""};
  check.findings = {
      {.severity = Severity::error, .rule = "DP307", .name = "accounturi-missing", .message = "no"},
      {.severity = Severity::warning, .rule = "DP113", .name = "name-cname", .message = "alias"}};
  EXPECT_EQ(text_of({check}),
            "example.com: error: no [DP307]\n"
            "  publish: _validation-persist.example.com. 3600 IN TXT \"x\"\n"
            "example.com: warning: alias [DP113]\n");
  check.findings.erase(check.findings.begin());
  EXPECT_EQ(text_of({check}), "example.com: warning: alias [DP113]\n");
}

TEST(TextReport, TellsWhatIsAboutACaOnceAndCountsTheOthers) {
  StringSink out;
  const auto reporter = make_text_reporter(out, {});
  for (const char* const ca : {"a", "b", "a", "a"}) {
    CheckResult check = answered("example.com", {txt({good_value()})});
    check.findings = {{.severity = Severity::warning,
                       .rule = "DP801",
                       .name = "method-not-offered",
                       .message = std::string(ca) + " does not offer it",
                       .hint = "wait",
                       .about_ca = true}};
    reporter->add(check);
  }
  reporter->finish({.checks = 4, .authorized = 4, .warnings = 4});
  EXPECT_EQ(out.text(),
            "example.com: warning: a does not offer it [DP801]\n"
            "  hint: wait\n"
            "example.com: warning: b does not offer it [DP801]\n"
            "  hint: wait\n"
            "summary: 2 more checks with the same warning: a does not offer it [DP801]\n"
            "summary: 4 checks: 4 authorized, 0 refused, 0 unknown\n"
            "summary: 0 errors, 4 warnings, 0 notices, 0 suppressed\n");
}

TEST(TextReport, FindingsAboutManyCasAreBounded) {
  StringSink out;
  const auto reporter = make_text_reporter(out, {});
  for (int i = 0; i < 100; ++i) {
    CheckResult check = answered("example.com", {txt({good_value()})});
    check.findings = {{.severity = Severity::warning,
                       .rule = "DP801",
                       .name = "method-not-offered",
                       .message = "CA " + std::to_string(i),
                       .about_ca = true}};
    reporter->add(check);
  }
  const std::size_t before = out.text().size();
  reporter->finish({.checks = 100, .authorized = 100, .warnings = 100});
  EXPECT_EQ(out.text().substr(before, out.text().find('\n', before) - before),
            "summary: 49 more checks with findings about other CAs");
}

TEST(TextSummary, L10_AlwaysShowsWhatWasSuppressed) {
  EXPECT_EQ(summary_of({.checks = 1, .authorized = 1, .errors = 1, .warnings = 1, .suppressed = 7}),
            "summary: 1 check: 1 authorized, 0 refused, 0 unknown\n"
            "summary: 1 error, 1 warning, 0 notices, 7 suppressed\n");
}

TEST(TextSummary, TellsOfHiddenNotices) {
  const Summary summary{.checks = 2, .authorized = 2, .notices = 1};
  EXPECT_EQ(summary_of(summary),
            "summary: 2 checks: 2 authorized, 0 refused, 0 unknown\n"
            "summary: 0 errors, 0 warnings, 1 notice (--verbose shows them), 0 suppressed\n");
  EXPECT_EQ(summary_of(summary, {.verbose = true}),
            "summary: 2 checks: 2 authorized, 0 refused, 0 unknown\n"
            "summary: 0 errors, 0 warnings, 1 notice, 0 suppressed\n");
}

TEST(TextSummary, SaysWhyItIsIncomplete) {
  EXPECT_EQ(summary_of({.complete = false, .problems = {"interrupted by SIGTERM", "a\nb"}}),
            "summary: 0 checks: 0 authorized, 0 refused, 0 unknown\n"
            "summary: 0 errors, 0 warnings, 0 notices, 0 suppressed\n"
            "summary: incomplete: interrupted by SIGTERM\n"
            "summary: incomplete: a\\x0ab\n");
  EXPECT_EQ(summary_of({.complete = false}),
            "summary: 0 checks: 0 authorized, 0 refused, 0 unknown\n"
            "summary: 0 errors, 0 warnings, 0 notices, 0 suppressed\n"
            "summary: incomplete\n");
}

}  // namespace
}  // namespace persist::report
