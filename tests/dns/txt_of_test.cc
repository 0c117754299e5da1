#include <gmock/gmock.h>

#include "dns/message.h"

namespace persist::dns {
namespace {

ResourceRecord txt(std::string rdata) {
  return {
      .owner = {}, .type = RrType::txt, .ttl = std::chrono::seconds{5}, .rdata = std::move(rdata)};
}

TEST(TxtOf, CutsIntoStrings) {
  using namespace std::string_literals;
  EXPECT_EQ(txt_of(txt("\1a\0\2bc"s)),
            (record::TxtRecord{{"a", "", "bc"}, std::chrono::seconds{5}}));
  EXPECT_EQ(txt_of(txt("")), (record::TxtRecord{{}, std::chrono::seconds{5}}));
  EXPECT_EQ(txt_of(txt("\2a")), std::nullopt);
  ResourceRecord other = txt("\1a");
  other.type = RrType::caa;
  EXPECT_EQ(txt_of(other), std::nullopt);
}

}  // namespace
}  // namespace persist::dns
