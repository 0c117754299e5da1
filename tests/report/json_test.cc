#include "report/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "samples.h"
#include "support/files.h"

namespace persist::report {
namespace {

using Json = nlohmann::json;

std::string report_of(std::string_view format, const std::vector<CheckResult>& checks,
                      const Summary& summary) {
  StringSink out;
  const auto reporter = find_format(format)->make(out, {});
  for (const CheckResult& check : checks) reporter->add(check);
  reporter->finish(summary);
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

TEST(JsonReport, IsTheGoldenDocument) {
  persist::testing::expect_golden("report/checks.json",
                                  report_of("json", sample_checks(), sample_summary()));
}

TEST(JsonlReport, IsTheGoldenLines) {
  persist::testing::expect_golden("report/checks.jsonl",
                                  report_of("jsonl", sample_checks(), sample_summary()));
}

TEST(JsonReport, WithoutChecks) {
  EXPECT_EQ(report_of("json", {}, {.complete = false, .problems = {"interrupted"}}),
            R"({"schema_version":1,"checks":[)"
            "\n"
            R"(],"summary":{"checks":0,"authorized":0,"refused":0,"unknown":0,"errors":0,)"
            R"("warnings":0,"notices":0,"suppressed":0,"problems":["interrupted"],)"
            R"("now":"1970-01-01T00:00:00Z"},"complete":false})"
            "\n");
}

TEST(JsonlReport, WithoutChecks) {
  EXPECT_EQ(report_of("jsonl", {}, {}),
            R"({"schema_version":1,"summary":{"checks":0,"authorized":0,"refused":0,"unknown":0,)"
            R"("errors":0,"warnings":0,"notices":0,"suppressed":0,"problems":[],)"
            R"("now":"1970-01-01T00:00:00Z"},"complete":true})"
            "\n");
}

TEST(JsonReport, BothFormatsSayTheSame) {
  const Json document = Json::parse(report_of("json", sample_checks(), sample_summary()));
  const auto lines = lines_of(report_of("jsonl", sample_checks(), sample_summary()));
  ASSERT_EQ(lines.size(), 4U);
  Json last = Json::parse(lines.back());
  last["checks"] = Json::array();
  for (std::size_t i = 0; i < 3; ++i) last["checks"].push_back(Json::parse(lines[i]));
  EXPECT_EQ(last, document);
}

TEST(JsonReport, F06_CutAnywhereItIsNoJson) {
  const std::string whole = report_of("json", sample_checks(), sample_summary());
  const std::size_t end = whole.size() - 1;  // the final line break may be missing
  for (std::size_t size = 0; size < end; size += 7) {
    ASSERT_FALSE(Json::accept(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)))
        << size;
  }
}

TEST(JsonReport, WritesEachCheckAsItComes) {
  for (const std::string_view format : {"json", "jsonl"}) {
    StringSink out;
    const auto reporter = find_format(format)->make(out, {});
    for (const CheckResult& check : sample_checks()) {
      const std::size_t before = out.text().size();
      reporter->add(check);
      EXPECT_NE(out.text().find("\"name\":\"" + check.identifier.name.text() + '"', before),
                std::string::npos);
    }
  }
}

TEST(Formats, AreFoundByName) {
  std::vector<std::string_view> names;
  for (const Format& format : formats()) {
    names.push_back(format.name);
    EXPECT_EQ(find_format(format.name), &format);
  }
  EXPECT_EQ(names, (std::vector<std::string_view>{"text", "json", "jsonl"}));
  EXPECT_EQ(find_format("xml"), nullptr);
}

}  // namespace
}  // namespace persist::report
