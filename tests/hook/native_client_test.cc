#include "hook/native_client.h"

#include <gmock/gmock.h>

namespace persist::hook {
namespace {

std::string block_at(std::string_view ca, NativeClient client) {
  const survey::Subject subject{.required = {.identifier = *record::parse_identifier("example.com"),
                                             .issuer_domain_names = {},
                                             .account = {}},
                                .ca = record::find_profile(ca),
                                .now = {}};
  return find_stumbling_block(client, {}, subject);
}

TEST(NativeClient, WantsTheAccountInTheChallenge) {
  EXPECT_EQ(block_at("strict-02", NativeClient::lego),
            "lego 5.3 cannot use the challenge of draft -02, which names no account");
  EXPECT_EQ(block_at("strict-02", NativeClient::uacme),
            "uacme 1.8 cannot parse the challenge of draft -02");
  EXPECT_EQ(block_at("strict-02", NativeClient::none), "");
}

TEST(NativeClient, HasNothingAgainstDraft01) {
  EXPECT_EQ(block_at("strict-01", NativeClient::lego), "");
  EXPECT_EQ(block_at("strict-01", NativeClient::uacme), "");
}

}  // namespace
}  // namespace persist::hook
