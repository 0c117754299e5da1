#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/unix_time.h"
#include "rules/anatomy.h"

namespace persist::rules {

/// The text of a persistUntil taken apart without judging it.
struct PersistUntilText {
  std::string_view text{};
  report::ValueSpan span{};
  bool is_integer = false;  ///< an optional sign, then digits; the rest is said of integers only
  bool has_plus = false;
  bool is_negative = false;
  bool is_zero = false;
  bool has_leading_zeros = false;
  std::optional<std::int64_t> seconds{};  ///< empty where it does not fit 64 bits
  std::int64_t units_in_second =
      1;  ///< 1000: the number reads like milliseconds; also 10^6 and 10^9
};

/// The persistUntil of a record that was meant for us; empty if it has none, or no value.
std::optional<PersistUntilText> persist_until_of(const Anatomy& record);

/// Last second of the year 9999.
inline constexpr std::int64_t end_of_calendar = 253'402'300'799;

}  // namespace persist::rules
