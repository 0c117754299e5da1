#include <gmock/gmock.h>

#include <ostream>
#include <string>

#include "dns/answer.h"

namespace persist::dns {
namespace {

struct Case {
  std::string name;
  std::string text;
  std::string printed;  ///< empty: no address
  bool loopback = false;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"ipv4", "192.0.2.1", "192.0.2.1"},
    {"ipv4_and_port", "192.0.2.1:5353", "192.0.2.1:5353"},
    {"ipv4_and_usual_port", "192.0.2.1:53", "192.0.2.1"},
    {"ipv4_loopback", "127.0.0.53", "127.0.0.53", true},
    {"ipv6", "2001:db8::1", "2001:db8::1"},
    {"ipv6_in_brackets", "[2001:DB8:0::1]", "2001:db8::1"},
    {"ipv6_and_port", "[2001:db8::1]:5353", "[2001:db8::1]:5353"},
    {"ipv6_loopback", "[::1]:5353", "[::1]:5353", true},
    {"ipv6_with_ipv4_inside", "::ffff:192.0.2.1", "::ffff:192.0.2.1"},
    {"empty", "", ""},
    {"a_name", "dns.example", ""},
    {"three_numbers", "192.0.2", ""},
    {"leading_zero", "192.0.2.01", ""},
    {"port_0", "192.0.2.1:0", ""},
    {"port_too_large", "192.0.2.1:65536", ""},
    {"port_with_sign", "192.0.2.1:+53", ""},
    {"no_port_after_colon", "192.0.2.1:", ""},
    {"trailing_space", "192.0.2.1 ", ""},
    {"nul", std::string("192.0.2.1\0", 10), ""},
    {"ipv4_in_brackets", "[192.0.2.1]", ""},
    {"open_bracket", "[2001:db8::1", ""},
    {"text_after_bracket", "[2001:db8::1]x", ""},
    {"scoped", "fe80::1%eth0", ""},
};

class ServerAddressText : public testing::TestWithParam<Case> {};

TEST_P(ServerAddressText, IsRead) {
  const auto server = parse_server_address(GetParam().text);
  EXPECT_EQ(server ? to_text(*server) : "", GetParam().printed);
  EXPECT_EQ(server && server->is_loopback(), GetParam().loopback);
}

INSTANTIATE_TEST_SUITE_P(Table, ServerAddressText, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::dns
