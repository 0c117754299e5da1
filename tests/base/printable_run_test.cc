#include "base/printable_run.h"

#include <gtest/gtest.h>

#include <string>

namespace persist {
namespace {

constexpr std::size_t longest = 50;

/// Every octet at every place of texts of every length, blocks and rest alike.
template <char... others>
void expect_stops_at(bool (*is_stop)(unsigned octet)) {
  for (std::size_t size = 1; size <= longest; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (unsigned octet = 0; octet < 256; ++octet) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(octet);
        ASSERT_EQ(printable_run<others...>(text), is_stop(octet) ? at : size)
            << "octet " << octet << " at " << at << " of " << size;
      }
    }
  }
}

bool is_unprintable(unsigned octet) {
  return octet < 0x20 || octet > 0x7E;
}

TEST(PrintableRun, EndsWherePrintableAsciiEnds) {
  expect_stops_at<>(is_unprintable);
}

TEST(PrintableRun, EndsAtEachOfTheOthers) {
  expect_stops_at<'"', '\\', ' '>([](unsigned octet) {
    return is_unprintable(octet) || octet == '"' || octet == '\\' || octet == ' ';
  });
}

TEST(PrintableRun, OfNothingIsNothing) {
  EXPECT_EQ(printable_run<>(""), 0U);
}

}  // namespace
}  // namespace persist
