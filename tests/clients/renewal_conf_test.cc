#include "clients/renewal_conf.h"

#include <gtest/gtest.h>

#include <ostream>

namespace persist::clients {
namespace {

struct Case {
  std::string name;
  std::string text;
  std::string want;  ///< `server account`, or the line at which certbot would give up
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string pair = "server = https://ca.example/dir\naccount = 53\n";
const std::string ours = "[renewalparams]\n";
const std::string both = "https://ca.example/dir 53";

const Case cases[] = {
    {"nothing", "", " "},
    {"as_certbot_writes",
     "version = 2.1.0\ncert = /etc/letsencrypt/live/example.com/cert.pem\n\n# Options\n" + ours +
         "pref_challs = dns-01,\n" + pair + "key_type = ecdsa\n",
     both},
    {"double_quotes", ours + "server = \"https://ca.example/dir\"\naccount = \"53\"", both},
    {"single_quotes", ours + "server = 'https://ca.example/dir' # CA\naccount='53'", both},
    {"comment_behind", ours + "server = https://ca.example/dir # CA\naccount = 53 #", both},
    {"no_blanks", ours + "server=https://ca.example/dir\naccount=53", both},
    {"carriage_returns", "[renewalparams]\r\nserver = https://ca.example/dir\r\naccount = 53\r\n",
     both},
    {"equals_in_the_value", ours + "server = https://ca.example/dir?a=b\naccount = 53",
     "https://ca.example/dir?a=b 53"},
    {"outside_the_section", pair, " "},
    {"in_another_section", "[other]\n" + pair, " "},
    {"in_a_section_below", ours + pair + "[[webroot_map]]\nserver = /srv\naccount = x\n", both},
    {"section_goes_on", ours + pair + "[other]\nserver = x\n", both},
    {"only_one", ours + "server = https://ca.example/dir\n", "https://ca.example/dir "},
    {"value_over_several_lines",
     ours + "pre_hook = '''a\nserver = https://evil.example/\n'''\n" + pair, both},
    {"triple_quotes_on_a_line", ours + "pre_hook = \"\"\"a\"\"\"\n" + pair, both},
    {"other_names_twice", ours + "a = 1\na = 2\n" + pair, both},

    {"server_twice", ours + pair + "server = https://evil.example/\n", "bad line 4"},
    {"account_twice", ours + pair + "account = 53\n", "bad line 4"},
    {"no_pair", ours + "server\n", "bad line 2"},
    {"no_key", ours + "= x\n", "bad line 2"},
    {"open_section", "[renewalparams\n", "bad line 1"},
    {"open_quote", ours + "server = \"https://ca.example/dir\n", "bad line 2"},
    {"text_behind_the_quote", ours + "server = 'https://ca.example/dir' x\n", "bad line 2"},
    {"server_over_several_lines", ours + "server = '''https://ca.example/\ndir'''\n", "bad line 2"},
    {"open_triple_quote", ours + "pre_hook = '''a\n" + pair, "bad line 5"},
};

std::string outcome(std::string_view text) {
  const auto conf = parse_renewal_conf(text);
  return conf ? conf->server + " " + conf->account
              : "bad line " + std::to_string(conf.error().line);
}

class RenewalFile : public testing::TestWithParam<Case> {};

struct HookCase {
  std::string name;
  std::string text;
  RenewalConf want;
  friend void PrintTo(const HookCase& row, std::ostream* out) { *out << row.name; }
};

const HookCase hooks[] = {
    {"as_certbot_writes",
     "authenticator = manual\nmanual_auth_hook = persist-hook certbot-auth\n"
     "pre_hook = persist-hook certbot-pre --cert-name a\n",
     {.authenticator = "manual",
      .manual_auth_hook = "persist-hook certbot-auth",
      .pre_hook = "persist-hook certbot-pre --cert-name a"}},
    {"quoted", "pre_hook = \"persist-hook # x\"\n", {.pre_hook = "persist-hook # x"}},
    {"quoted_oddly", "pre_hook = 'a' persist-hook\n", {.pre_hook = "'a' persist-hook"}},
    {"over_several_lines",
     "pre_hook = \"\"\"true\npersist-hook\n\"\"\"\nauthenticator = x\n",
     {.authenticator = "x", .pre_hook = "\"\"\"true\npersist-hook\n\"\"\""}},
};

class RenewalHooks : public testing::TestWithParam<HookCase> {};

TEST_P(RenewalHooks, AreTold) {
  EXPECT_EQ(parse_renewal_conf(ours + GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, RenewalHooks, testing::ValuesIn(hooks),
                         [](const auto& row) { return row.param.name; });

TEST_P(RenewalFile, TellsTheAccount) {
  EXPECT_EQ(outcome(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, RenewalFile, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::clients
