#include "acme/retry_after.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>

#include "base/ascii.h"

namespace persist::acme {
namespace {

constexpr std::int64_t longest = 100LL * 365 * 86'400;

std::optional<std::int64_t> parse_seconds(std::string_view value) {
  if (value.empty() || !std::all_of(value.begin(), value.end(), is_digit)) return {};
  std::int64_t seconds = 0;
  const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  return error == std::errc::result_out_of_range ? longest : seconds;
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`; the day of the week is not compared.
std::optional<UnixTime> parse_fixdate(std::string_view value) {
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (value.size() != 29 || value.substr(3, 2) != ", " || value.substr(25) != " GMT") return {};
  if (value[7] != ' ' || value[11] != ' ' || value[16] != ' ') return {};
  const auto month = std::find(months.begin(), months.end(), value.substr(8, 3));
  if (month == months.end()) return {};
  const std::string number = std::to_string(month - months.begin() + 101);  // 101: 01, 112: 12
  return parse_time(std::string(value.substr(12, 4)) + "-" + number.substr(1) + "-" +
                    std::string(value.substr(5, 2)) + "T" + std::string(value.substr(17, 8)) + "Z");
}

}  // namespace

std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, UnixTime now) {
  auto seconds = parse_seconds(value);
  if (!seconds) {
    const auto date = parse_fixdate(value);
    if (!date) return {};
    seconds = date->seconds - now.seconds;
  }
  return std::chrono::seconds(std::clamp<std::int64_t>(*seconds, 1, longest));
}

}  // namespace persist::acme
