#include "base/unix_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include "base/ascii.h"

namespace persist {
namespace {

constexpr std::int64_t day = 86'400;
constexpr UnixTime year_0{-62'167'219'200};
constexpr UnixTime year_10000{253'402'300'800};

struct Civil {
  int year;
  unsigned month;
  unsigned day;
};

Civil to_civil(std::int64_t days) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day())};
}

std::int64_t floor_days(UnixTime time) {
  return (time.seconds >= 0 ? time.seconds : time.seconds - (day - 1)) / day;
}

bool has_calendar_date(UnixTime time) {
  return time >= year_0 && time < year_10000;
}

/// Takes exactly `digits` digits from the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return {};
  int number = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (!is_digit(text[i])) return {};
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || to_lower(text.front()) != to_lower(expected)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, '-')) return {};
  const auto month = take_number(text, 2);
  if (!month || !take(text, '-')) return {};
  const auto day_of_month = take_number(text, 2);
  if (!day_of_month) return {};
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day_of_month)}};
  if (!date.ok()) return {};
  return std::chrono::sys_days{date}.time_since_epoch().count() * day;
}

std::optional<std::int64_t> take_clock(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour || !take(text, ':')) return {};
  const auto minute = take_number(text, 2);
  if (!minute || !take(text, ':')) return {};
  const auto second = take_number(text, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 59) return {};
  return *hour * 3600 + *minute * 60 + *second;
}

std::optional<std::int64_t> take_offset(std::string_view& text) {
  if (take(text, 'z')) return 0;
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return {};
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hours = take_number(text, 2);
  if (!hours || !take(text, ':')) return {};
  const auto minutes = take_number(text, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return {};
  return sign * (*hours * 3600 + *minutes * 60);
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || stop != text.data() + text.size()) return {};
  return number;
}

void append_digits(std::string& out, unsigned value, unsigned digits) {
  out.resize(out.size() + digits);
  for (auto at = out.rbegin(); digits > 0; --digits, ++at) {
    *at = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

struct Unit {
  char letter;
  std::int64_t seconds;
};
constexpr std::array<Unit, 5> units{{{'w', 7 * day}, {'d', day}, {'h', 3600}, {'m', 60}, {'s', 1}}};

}  // namespace

UnixTime add(UnixTime time, std::chrono::seconds later) {
  constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  const std::int64_t by = later.count();
  if (by > 0 && time.seconds > greatest - by) return {greatest};
  if (by < 0 && time.seconds < least - by) return {least};
  return {time.seconds + by};
}

std::string to_rfc3339(UnixTime time) {
  if (!has_calendar_date(time)) return fmt::format("{}", time.seconds);
  const auto second = static_cast<unsigned>(time.seconds - floor_days(time) * day);
  std::string text = to_date(time);
  for (const auto& [mark, number] :
       {std::pair{'T', second / 3600}, std::pair{':', second / 60 % 60},
        std::pair{':', second % 60}}) {
    text += mark;
    append_digits(text, number, 2);
  }
  return text + 'Z';
}

std::string to_date(UnixTime time) {
  if (!has_calendar_date(time)) return fmt::format("{}", time.seconds);
  const Civil date = to_civil(floor_days(time));
  std::string text;
  append_digits(text, static_cast<unsigned>(date.year), 4);
  text += '-';
  append_digits(text, date.month, 2);
  text += '-';
  append_digits(text, date.day, 2);
  return text;
}

std::optional<UnixTime> parse_time(std::string_view text) {
  if (const auto seconds = parse_integer(text)) return UnixTime{*seconds};
  const auto date = take_date(text);
  if (!date) return {};
  if (text.empty()) return UnixTime{*date};
  if (!take(text, 't')) return {};
  const auto clock = take_clock(text);
  if (!clock) return {};
  if (!text.empty() && text.front() == '.') {  // fractions of a second are dropped
    text.remove_prefix(1);
    if (text.empty() || !is_digit(text.front())) return {};
    while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
  }
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return {};
  return UnixTime{*date + *clock - *offset};
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  if (text.empty()) return {};
  const auto* const unit = std::find_if(units.begin(), units.end(),
                                        [&](const Unit& row) { return row.letter == text.back(); });
  if (unit == units.end()) return {};
  const auto count = parse_integer(text.substr(0, text.size() - 1));
  if (!count || *count < 0 || *count > 36'525 * day / unit->seconds) return {};
  return std::chrono::seconds{*count * unit->seconds};
}

std::string to_text(std::chrono::seconds duration) {
  for (const Unit& unit : units) {
    // Weeks are read, but nobody wants to read "13w".
    if (unit.letter == 'w' || duration.count() % unit.seconds != 0) continue;
    if (duration.count() == 0) return "0s";
    return fmt::format("{}{}", duration.count() / unit.seconds, unit.letter);
  }
  return fmt::format("{}s", duration.count());
}

}  // namespace persist
