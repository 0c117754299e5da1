#include "dns/slot_queue.h"

#include <gtest/gtest.h>

namespace persist::dns {
namespace {

TEST(SlotQueue, GivesBackInOrderOfArrival) {
  SlotQueue queue;
  EXPECT_TRUE(queue.is_empty());
  for (const std::uint32_t number : {7U, 0U, 3U}) queue.push_back(number);
  for (const std::uint32_t number : {7U, 0U, 3U}) {
    EXPECT_EQ(queue.front(), number);
    queue.erase(number);
  }
  EXPECT_TRUE(queue.is_empty());
}

TEST(SlotQueue, LosesOnesFromTheMiddleAndTheEnds) {
  SlotQueue queue;
  for (std::uint32_t number = 0; number < 5; ++number) queue.push_back(number);
  queue.erase(2);
  queue.erase(0);
  queue.erase(4);
  queue.erase(4);    // not in any more
  queue.erase(900);  // never was
  EXPECT_FALSE(queue.contains(2));
  queue.push_back(2);
  for (const std::uint32_t number : {1U, 3U, 2U}) {
    EXPECT_TRUE(queue.contains(number));
    EXPECT_EQ(queue.front(), number);
    queue.erase(number);
  }
  EXPECT_TRUE(queue.is_empty());
}

}  // namespace
}  // namespace persist::dns
