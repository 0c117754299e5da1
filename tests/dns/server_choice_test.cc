#include "dns/server_choice.h"

#include <gtest/gtest.h>

namespace persist::dns {
namespace {

TEST(ServerChoice, StaysWithTheFirstWhileItAnswersNowAndThen) {
  ServerChoice choice(2);
  for (int i = 0; i < 100; ++i) {
    choice.on_silence(0);
    if (i % 4 == 0) choice.on_message(0);
  }
  EXPECT_EQ(choice.first(), 0U);
}

TEST(ServerChoice, LeavesAServerThatIsSilentFiveTimesInARow) {
  ServerChoice choice(2);
  for (int i = 0; i < 4; ++i) choice.on_silence(0);
  EXPECT_EQ(choice.first(), 0U);
  choice.on_message(1);
  choice.on_silence(0);
  EXPECT_EQ(choice.first(), 1U);
}

TEST(ServerChoice, ComesBackWhenTheOtherIsSilentToo) {
  ServerChoice choice(2);
  for (int i = 0; i < 5; ++i) choice.on_silence(0);
  for (int i = 0; i < 4; ++i) choice.on_silence(1);
  choice.on_silence(0);
  EXPECT_EQ(choice.first(), 1U);
  choice.on_silence(1);
  EXPECT_EQ(choice.first(), 0U);
}

}  // namespace
}  // namespace persist::dns
