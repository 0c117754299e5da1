#include "dns/message_stream.h"

#include <gmock/gmock.h>

#include "dns/octets.h"

namespace persist::dns {
namespace {

void add(MessageStream& stream, std::string_view text) {
  const auto octets = octets_of(text);
  std::copy(octets.begin(), octets.end(), stream.room().begin());
  stream.advance(octets.size());
}

std::vector<std::uint8_t> message_in(const MessageStream& stream) {
  const auto message = stream.message();
  if (!message) return {};
  return {message->begin(), message->end()};
}

TEST(MessageStream, GivesMessagesOnceTheyAreWhole) {
  MessageStream stream;
  EXPECT_EQ(stream.message(), std::nullopt);
  add(stream, "00");
  EXPECT_EQ(stream.message(), std::nullopt);
  add(stream, "03 'ab'");
  EXPECT_EQ(stream.message(), std::nullopt);
  add(stream, "'c' 0001 'd' 00");
  EXPECT_EQ(message_in(stream), octets_of("'abc'"));
  stream.drop();
  EXPECT_EQ(message_in(stream), octets_of("'d'"));
  stream.drop();
  EXPECT_EQ(stream.message(), std::nullopt);
  EXPECT_FALSE(stream.is_broken());
}

TEST(MessageStream, D15_AnEmptyMessageBreaksIt) {
  MessageStream stream;
  add(stream, "0000 'abc'");
  EXPECT_TRUE(stream.is_broken());
}

TEST(MessageStream, HasRoomForTheLargestMessage) {
  MessageStream stream;
  add(stream, "ffff");
  while (!stream.message()) {
    ASSERT_GT(stream.room().size(), 0U);
    stream.advance(std::min<std::size_t>(stream.room().size(), 1000));
  }
  EXPECT_EQ(stream.message()->size(), 65535U);
}

TEST(MessageStream, ClearForgetsTheOldConnection) {
  MessageStream stream;
  add(stream, "0004 'ab'");
  stream.clear();
  add(stream, "0001 'c'");
  EXPECT_EQ(message_in(stream), octets_of("'c'"));
}

}  // namespace
}  // namespace persist::dns
