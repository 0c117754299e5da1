#include "lint/rules_page.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/ascii.h"
#include "rules/all_rules.h"
#include "support/files.h"

namespace persist::lint {
namespace {

using testing::read_file;
using testing::source_folder;

/// Compares docs/rules/<file>; PERSIST_UPDATE_GOLDEN=1 writes it instead.
void expect_page(const std::string& file, const std::string& want) {
  const auto path = source_folder() / "docs/rules" / file;
  if (std::getenv("PERSIST_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << want;
    return;
  }
  EXPECT_EQ(read_file(path), want) << path;
}

TEST(RulesPage, DocsAreWhatTheCodeGenerates) {
  expect_page("index.md", rules_index_markdown());
  std::set<std::string> pages{"index.md"};
  for (const rules::Rule* rule : rules::all_rules()) {
    const std::string file = std::string(rule->id) + ".md";
    expect_page(file, rule_markdown(*rule));
    pages.insert(file);
  }
  for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "docs/rules")) {
    EXPECT_EQ(pages.count(entry.path().filename().string()), 1U) << entry.path();
  }
}

TEST(RulesPage, EveryRuleFileIsListed) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "shared/rules")) {
    const std::string text = read_file(entry.path());
    const auto at = text.find(".id = \"DP");
    if (entry.path().extension() != ".cc" || at == std::string::npos) continue;
    ++files;
    const auto* const rule = rules::find_rule(text.substr(at + 7, 5));
    ASSERT_NE(rule, nullptr) << entry.path();
    std::string stem(rule->name);
    std::replace(stem.begin(), stem.end(), '-', '_');
    EXPECT_EQ(entry.path().stem(), stem);
  }
  EXPECT_EQ(files, rules::all_rules().size());
}

TEST(RulesPage, TextOfOneRule) {
  EXPECT_EQ(rule_text(*rules::find_rule("DP206")),
            "DP206 value-trailing-semicolon (error)\n"
            "a semicolon behind the last parameter\n"
            "\n"
            "why       Semicolons stand between parameters; behind the last one a further\n"
            "          parameter must follow. CAs refuse the record as malformed.\n"
            "remedy    Remove the last semicolon.\n"
            "good      \"ca.example; accounturi=https://ca.example/acct/1\"\n"
            "bad       \"ca.example; accounturi=https://ca.example/acct/1;\"\n"
            "source    RFC 8659, section 4.2\n"
            "since     0.1.0\n");
}

TEST(RulesPage, TextListsEveryRuleOnOneLine) {
  const std::string page = rules_text();
  EXPECT_EQ(static_cast<std::size_t>(std::count(page.begin(), page.end(), '\n')),
            rules::all_rules().size());
  EXPECT_TRUE(contains(
      page,
      "DP206  error    value-trailing-semicolon     a semicolon behind the last parameter\n"));
}

TEST(RulesPage, JsonOfOneRule) {
  const auto json = nlohmann::json::parse(rules_json(rules::find_rule("DP206")));
  EXPECT_EQ(json.at("schema_version"), 1);
  ASSERT_EQ(json.at("rules").size(), 1U);
  EXPECT_EQ(json.at("rules").at(0).at("name"), "value-trailing-semicolon");
  EXPECT_EQ(json.at("rules").at(0).at("bad"),
            nlohmann::json::array({"ca.example; accounturi=https://ca.example/acct/1;"}));
}

TEST(RulesPage, JsonOfAllRules) {
  EXPECT_EQ(nlohmann::json::parse(rules_json(nullptr)).at("rules").size(),
            rules::all_rules().size());
}

TEST(RulesPage, MarkdownShowsWhatIsSaid) {
  EXPECT_TRUE(contains(rule_markdown(*rules::find_rule("DP206")),
                       "```\nerror: a `;` stands behind the last parameter [DP206]\n```\n"));
}

}  // namespace
}  // namespace persist::lint
