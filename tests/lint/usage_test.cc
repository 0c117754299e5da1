// Wrong usage and wrong lists: 2, with the place, and nothing is asked.

#include <fmt/format.h>

#include "lint_runs.h"

namespace persist::lint {
namespace {

using persist::testing::FakeEnvironment;
using persist::testing::ProgramRun;
using ::testing::IsEmpty;

/// A run whose whole output is `tests/testdata/lint/<name>.txt`.
struct Case {
  std::string name;
  std::vector<std::string> arguments;
  void (*arrange)(FakeEnvironment&) = nullptr;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case wrong[] = {
    {"usage_unknown_option", {"--bogus"}},
    {"usage_format", {"--format", "xml", "mixed.yaml"}},
    {"usage_fail_on", {"--fail-on", "unknown", "mixed.yaml"}},
    {"usage_names_and_list", {"-d", "ok.example", "mixed.yaml"}},
    {"usage_no_default_list", {}},
    {"usage_missing_list", {"\x1b.yaml"}},
    {"usage_folder", {"."}},
    {"usage_no_resolver", {"mixed.yaml"}, [](FakeEnvironment& fake) { fake.files.clear(); }},
    {"usage_no_ca_for_names", {"-d", "ok.example", "--account-url", "https://ca.example/acct/1"}},
    {"usage_owner_name",
     std::vector<std::string>{"-d", "ok.example", "-d", "_validation-persist.ok.example"} + own_ca},
    {"usage_rules_two", {"rules", "DP401", "DP402"}},
    {"usage_rules_unknown", {"rules", "DP999"}},
    {"usage_rules_format", {"rules", "--format", "yaml"}},
    {"list_broken_at_the_end", {"broken_at_the_end.yaml"}},
    {"list_second_one_broken", {"mixed.yaml", "broken_at_the_end.yaml"}},
    {"list_account_elsewhere", {"account_elsewhere.yaml"}},
    {"list_no_account", {"no_account.yaml"}},
    {"list_owner_name", {"owner_name.yaml"}},
    {"list_no_issuer", {"no_issuer.yaml"}},
    {"list_no_thumbprint", {"no_thumbprint.yaml"}},
    {"list_is_yaml_not_names", {"--names", "mixed.yaml"}},
};

class Wrong : public ::testing::TestWithParam<Case> {};

TEST_P(Wrong, IsTwoAndAsksNothing) {
  FakeEnvironment fake;
  fill(fake.resolver);
  if (GetParam().arrange != nullptr) GetParam().arrange(fake);
  const ProgramRun got = run_in_testdata(fake, GetParam().arguments);
  EXPECT_EQ(got.status, 2);
  EXPECT_THAT(got.out, IsEmpty());
  EXPECT_THAT(fake.resolver.asked(), IsEmpty());
  EXPECT_FALSE(fake.resolver_settings());
  testing::expect_golden("lint/" + GetParam().name + ".txt", to_text(got));
}

INSTANTIATE_TEST_SUITE_P(Table, Wrong, ::testing::ValuesIn(wrong),
                         [](const auto& row) { return row.param.name; });

struct BadName {
  std::string name;
  std::string text;
  friend void PrintTo(const BadName& row, std::ostream* out) { *out << row.name; }
};

const BadName bad_names[] = {
    {"option", "--help"},
    {"dash", "-"},
    {"path", "../../etc/passwd"},
    {"command", "a;id"},
    {"newline", "a.example\nb.example"},
    {"escape", "\x1b[2J"},
    {"empty", ""},
    {"space", " "},
    {"empty_label", "a..b"},
    {"braces", "{}"},
    {"comment", "# a.example"},
    {"yaml", "- a.example"},
    {"octets_300", std::string(296, 'a') + ".com"},
};

class BadNames : public ::testing::TestWithParam<BadName> {};

TEST_P(BadNames, E01_AreRefusedWithoutAQuestion) {
  FakeEnvironment fake;
  const ProgramRun got = run_in_testdata(
      fake, std::vector<std::string>{"-d", "good.example", "-d", GetParam().text} + own_ca);
  EXPECT_EQ(got.status, 2);
  EXPECT_THAT(fake.resolver.asked(), IsEmpty());
  testing::expect_golden("lint/E01_" + GetParam().name + ".txt", to_text(got));
}

INSTANTIATE_TEST_SUITE_P(Table, BadNames, ::testing::ValuesIn(bad_names),
                         [](const auto& row) { return row.param.name; });

const Case texts[] = {
    {"help", {"--help"}},
    {"help_rules", {"rules", "--help"}},
    {"rules_one", {"rules", "DP401"}},
    {"rules_one_by_name", {"rules", "policy-wildcard-needed"}},
};

class Texts : public ::testing::TestWithParam<Case> {};

TEST_P(Texts, WholeOutput) {
  FakeEnvironment fake;
  const ProgramRun got = run_in_testdata(fake, GetParam().arguments);
  EXPECT_EQ(got.status, 0);
  testing::expect_golden("lint/" + GetParam().name + ".txt", to_text(got));
}

INSTANTIATE_TEST_SUITE_P(Table, Texts, ::testing::ValuesIn(texts),
                         [](const auto& row) { return row.param.name; });

TEST(Texts, Version) {
  for (const char* const option : {"--version", "-V"}) {
    FakeEnvironment fake;
    EXPECT_EQ(fake.run(run, {option}),
              (ProgramRun{.status = 0, .out = "persist-lint 0.1.0\n", .err = ""}));
  }
}

}  // namespace
}  // namespace persist::lint
