#include "dns/system_servers.h"

#include <gmock/gmock.h>

#include <ostream>
#include <string>

namespace persist::dns {
namespace {

struct Case {
  std::string name;
  std::string text;
  std::vector<std::string> servers;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"in_order", "nameserver 192.0.2.2\nnameserver 192.0.2.1\n", {"192.0.2.2", "192.0.2.1"}},
    {"no_line_end", "nameserver 192.0.2.1", {"192.0.2.1"}},
    {"ipv6", "nameserver 2001:db8::1\n", {"2001:db8::1"}},
    {"blanks", "  nameserver \t 192.0.2.1 \t\n", {"192.0.2.1"}},
    {"carriage_return", "nameserver 192.0.2.1\r\n", {"192.0.2.1"}},
    {"comment_behind", "nameserver 192.0.2.1 # office\n", {"192.0.2.1"}},
    {"twice_the_same", "nameserver 192.0.2.1\nnameserver 192.0.2.1\n", {"192.0.2.1"}},
    {"other_lines_mean_nothing",
     "# nameserver 192.0.2.9\nsearch corp.example\noptions ndots:5 rotate\nnameserver 192.0.2.1\n",
     {"192.0.2.1"}},
    {"D45_empty", "", {}},
    {"D45_garbage",
     "\x7f\x45LF\nnameserver\nnameservers 192.0.2.1\nnameserver resolver.example\n",
     {}},
    {"D45_scoped_address", "nameserver fe80::1%eth0\n", {}},
};

class ResolvConf : public testing::TestWithParam<Case> {};

TEST_P(ResolvConf, GivesServers) {
  std::vector<std::string> servers;
  for (const ServerAddress& server : parse_resolv_conf(GetParam().text)) {
    servers.push_back(to_text(server));
  }
  EXPECT_EQ(servers, GetParam().servers);
}

INSTANTIATE_TEST_SUITE_P(Table, ResolvConf, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::dns
