#include "dns/global_address.h"

#include <gmock/gmock.h>

#include <ostream>
#include <string>

namespace persist::dns {
namespace {

struct Case {
  std::string name;
  std::string address;
  bool global;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"public_ipv4", "198.41.0.4", true},
    {"first_public_ipv4", "1.0.0.0", true},
    {"this_network", "0.0.0.0", false},
    {"private_10", "10.255.255.255", false},
    {"after_private_10", "11.0.0.0", true},
    {"before_cgnat", "100.63.255.255", true},
    {"cgnat", "100.64.0.1", false},
    {"end_of_cgnat", "100.127.255.255", false},
    {"after_cgnat", "100.128.0.0", true},
    {"loopback", "127.0.0.1", false},
    {"end_of_loopback", "127.255.255.255", false},
    {"link_local", "169.254.169.254", false},
    {"before_private_172", "172.15.255.255", true},
    {"private_172", "172.16.0.1", false},
    {"end_of_private_172", "172.31.255.255", false},
    {"after_private_172", "172.32.0.0", true},
    {"protocol_assignments", "192.0.0.170", false},
    {"documentation_1", "192.0.2.1", false},
    {"after_documentation_1", "192.0.3.0", true},
    {"relay_of_6to4", "192.88.99.1", false},
    {"private_192", "192.168.1.1", false},
    {"benchmarks", "198.19.255.255", false},
    {"after_benchmarks", "198.20.0.0", true},
    {"documentation_2", "198.51.100.1", false},
    {"documentation_3", "203.0.113.1", false},
    {"last_unicast", "223.255.255.255", true},
    {"multicast", "224.0.0.251", false},
    {"reserved", "240.0.0.1", false},
    {"broadcast", "255.255.255.255", false},
    {"public_ipv6", "2001:503:ba3e::2:30", true},
    {"another_public_ipv6", "2a00:1450:4001::8", true},
    {"unspecified_ipv6", "::", false},
    {"loopback_ipv6", "::1", false},
    {"mapped_ipv4", "::ffff:198.41.0.4", false},
    {"compatible_ipv4", "::198.41.0.4", false},
    {"nat64", "64:ff9b::198.41.0.4", false},
    {"local_nat64", "64:ff9b:1::1", false},
    {"discard", "100::1", false},
    {"teredo", "2001::1", false},
    {"protocol_assignments_ipv6", "2001:1ff::1", false},
    {"after_protocol_assignments_ipv6", "2001:200::1", true},
    {"documentation_ipv6", "2001:db8::1", false},
    {"documentation_ipv6_2", "3fff:fff::1", false},
    {"relayed_6to4", "2002:c629:4::1", false},
    {"unique_local", "fd00::1", false},
    {"unique_local_fc", "fc00::1", false},
    {"link_local_ipv6", "fe80::1", false},
    {"site_local", "fec0::1", false},
    {"multicast_ipv6", "ff02::fb", false},
    {"unassigned_ipv6", "4000::1", false},
};

class S14_GlobalAddress : public testing::TestWithParam<Case> {};

TEST_P(S14_GlobalAddress, IsTold) {
  EXPECT_EQ(is_global(parse_server_address(GetParam().address).value()), GetParam().global);
}

INSTANTIATE_TEST_SUITE_P(Table, S14_GlobalAddress, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::dns
