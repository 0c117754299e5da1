// Text from outside that tries to leave its place, in every field that reaches a report.

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "base/escape.h"
#include "report/reporter.h"
#include "samples.h"

namespace persist::report {
namespace {

using Json = nlohmann::json;

struct Payload {
  std::string name;
  std::string octets;
  friend void PrintTo(const Payload& row, std::ostream* out) { *out << row.name; }
};

const Payload payloads[] = {
    {"clear_screen", "\x1b[2J"},
    {"window_title", "\x1b]0;x\a"},
    {"hyperlink", "\x1b]8;;http://x"},
    {"csi_as_one_octet",
     "\x9b"
     "2J"},
    {"csi_as_utf8", "\u009b"},
    {"carriage_return", "a\rexample.com: authorized"},
    {"line_feed", "a\nexample.com: authorized"},
    {"line_feed_and_command", "a\n::error::x"},
    {"bell_and_backspace", "\a\b\b\b"},
    {"nul", std::string("a\0b", 3)},
    {"delete", "\x7f"},
    {"workflow_error", "::error::x"},
    {"workflow_mask", " ::add-mask::x"},
    {"pipelines_error", "##[error]x"},
    {"pipelines_variable", "##vso[task.setvariable]x"},
    {"teamcity", "##teamcity[x]"},
    {"script", "<script>"},
    {"cdata_end", "]]>"},
    {"quotes", "\"'`"},
    {"backslash", "\\"},
    {"percent", "%0A%n"},
    {"formula", "=cmd|' /C calc'!A0"},
    {"bidirectional", "\u202e\u2066"},
    {"line_separator", "\u2028\u2029"},
    {"byte_order_mark", "\ufeff"},
    {"lone_surrogate", "\xed\xa0\x80"},
    {"overlong_line_feed", "\xc0\x8a"},
    {"braces", "{0}{}{{"},
    {"shell", "$(id)`id`"},
    {"O10_64_kib", std::string(65'536, 'x')},
    {"O10_many_line_feeds", std::string(6'000, '\n')},
};

/// A check that has `octets` in every field that takes text.
CheckResult infected(const std::string& octets) {
  std::vector<std::string> strings{"ca.example; accounturi="};
  for (std::size_t at = 0; at < octets.size(); at += 255) strings.push_back(octets.substr(at, 255));
  CheckResult check = answered("example.com", {txt(strings)});
  check.owner = octets;
  check.ca = octets;
  check.account_label = octets;
  check.account_url = octets;
  check.account_source = octets;
  check.alias_chain = {octets};
  check.message = octets;
  check.publish = {octets};
  check.labels = {{octets, octets}};
  check.findings = {
      {.location = {octets, 1, 2},
       .severity = Severity::error,
       .rule = "DP999",
       .name = "test",
       .message = octets,
       .hint = octets,
       .span = ValueSpan{0, 20, 10}},
      {.severity = Severity::unknown, .rule = "DP999", .name = "test", .message = octets}};
  return check;
}

std::string report_of(std::string_view format, const std::string& octets) {
  StringSink out;
  const auto reporter = find_format(format)->make(out, {.verbose = true});
  CheckResult check = infected(octets);
  reporter->add(check);
  check.evaluation.outcome = record::Outcome::authorized;
  check.evaluation.judgements[0].reason.reset();
  reporter->add(check);
  check.findings.clear();
  check.evaluation.outcome = record::Outcome::unknown;
  // In text enough of them that some are only counted.
  const int unknown = format == "text" ? 25 : 1;
  for (int i = 0; i < unknown; ++i) reporter->add(check);
  reporter->finish({.checks = 3, .complete = false, .problems = {octets}});
  return out.text();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// No C0 control, DEL or C1 control in well-formed UTF-8.
bool is_free_of_controls(const std::string& line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    const auto octet = static_cast<unsigned char>(line[at]);
    if (octet < 0x20 || octet == 0x7F) return false;
    if (octet == 0xC2 && static_cast<unsigned char>(line[at + 1]) < 0xA0) return false;
  }
  return true;
}

/// What no output may hold, whatever the format.
void expect_harmless(const std::string& report) {
  ASSERT_TRUE(is_utf8(report));
  for (const std::string& line : lines_of(report)) {
    ASSERT_TRUE(is_free_of_controls(line)) << line;
    for (const std::string_view bad :
         {"::", "##[", "##vso[", "##teamcity[", "\u202e", "\u2028", "\ufeff"}) {
      ASSERT_EQ(line.find(bad), std::string::npos) << line;
    }
  }
}

class Payloads : public testing::TestWithParam<Payload> {};

TEST_P(Payloads, O01_S12_AreHarmlessInEveryFormat) {
  for (const Format& format : formats()) {
    SCOPED_TRACE(format.name);
    expect_harmless(report_of(format.name, GetParam().octets));
  }
}

TEST_P(Payloads, O01_AddNoLine) {
  for (const Format& format : formats()) {
    const auto lines = lines_of(report_of(format.name, GetParam().octets));
    EXPECT_EQ(lines.size(), lines_of(report_of(format.name, "harmless")).size()) << format.name;
    if (format.name != "text") continue;
    for (const std::string& line : lines) EXPECT_LE(line.size(), 40'000U);
  }
}

TEST_P(Payloads, O03_BeginNoLine) {
  // A long file name is cut before the line number.
  const std::string file = escape(GetParam().octets + ":1:2:", 4096);
  for (const std::string& line : lines_of(report_of("text", GetParam().octets))) {
    const std::string_view starts[] = {file,       "example.com: ", "  TXT: ",  "       ",
                                       "  hint: ", "  publish: ",   "summary: "};
    EXPECT_TRUE(std::any_of(std::begin(starts), std::end(starts), [&](std::string_view start) {
      return line.substr(0, start.size()) == start;
    })) << line;
  }
}

TEST_P(Payloads, O04_ComeBackFromTheJson) {
  const std::string& octets = GetParam().octets;
  const std::string want = is_utf8(octets) ? octets : escape(octets, octets.size());
  const Json document = Json::parse(report_of("json", octets));
  const Json& check = document["checks"][0];
  for (const char* member :
       {"owner", "ca", "account", "account_url", "account_source", "message"}) {
    EXPECT_EQ(check[member], want) << member;
  }
  EXPECT_EQ(check["alias_chain"], Json::array({want}));
  EXPECT_EQ(check["publish"], Json::array({want}));
  EXPECT_EQ(check["labels"], (Json{{want, want}}));
  EXPECT_EQ(check["warnings"][0]["message"], want);
  EXPECT_EQ(check["findings"][0]["file"], want);
  EXPECT_EQ(check["findings"][1]["message"], want);
  EXPECT_EQ(document["summary"]["problems"], Json::array({want}));
  std::string hex;
  for (const auto& part : check["records"][0]["hex"]) hex += part.get<std::string>();
  EXPECT_EQ(hex, to_hex("ca.example; accounturi=" + octets));
}

INSTANTIATE_TEST_SUITE_P(Table, Payloads, testing::ValuesIn(payloads),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::report
