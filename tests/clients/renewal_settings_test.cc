#include "clients/renewal_settings.h"

#include <gtest/gtest.h>

#include <ostream>

namespace persist::clients {
namespace {

using Settings = std::vector<RenewalSetting>;

struct Case {
  std::string name;
  std::string text;
  Settings want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"nothing", "", {}},
    {"only_its_section",
     "a = 1\n[renewalparams]\nb = 2\n[[webroot_map]]\nc = 3\n",
     {{"b", "2", 3}}},
    {"quotes", "[renewalparams]\na = \"x # y\" # z\nb='c'\n", {{"a", "x # y", 2}, {"b", "c", 3}}},
    {"comment", "[renewalparams]\n# a = 1\nb = 2 # 3\r\n", {{"b", "2", 3}}},
    {"twice", "[renewalparams]\na = 1\na = 2\n", {{"a", "1", 2}, {"a", "2", 3}}},
    {"triple_quotes",
     "[renewalparams]\na = \"\"\"x\n[y]\nz\"\"\"\nb = '''c'''\n",
     {{"a", "x\n[y]\nz", 2}, {"b", "c", 5}}},
    {"triple_quotes_elsewhere", "a = '''\n[renewalparams]\n'''\nb = 1\n", {}},
    {"open_quotes", "[renewalparams]\na = \"x\nb = '''y\n", {{"a", "x", 2}, {"b", "y\n", 3}}},
    {"neither_key_nor_section", "[renewalparams]\n?\n= 1\n", {{"", "1", 3}}},
};

class RenewalSettings : public testing::TestWithParam<Case> {};

TEST_P(RenewalSettings, HaveTheirLines) {
  EXPECT_EQ(list_renewal_settings(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, RenewalSettings, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::clients
