#include "rules/persist_until_text.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "record/persist_record.h"

namespace persist::rules {
namespace {

struct Unit {
  std::int64_t least;
  std::int64_t end;
  std::int64_t in_second;
};

/// Numbers that are times of our age in a smaller unit.
constexpr Unit units[] = {
    {100'000'000'000, 100'000'000'000'000, 1'000},
    {100'000'000'000'000, 100'000'000'000'000'000, 1'000'000},
    {1'000'000'000'000'000'000, 5'000'000'000'000'000'000, 1'000'000'000},
};

std::int64_t units_in_second(std::int64_t number) {
  const auto* const unit = std::find_if(std::begin(units), std::end(units), [&](const Unit& row) {
    return number >= row.least && number < row.end;
  });
  return unit == std::end(units) ? 1 : unit->in_second;
}

}  // namespace

std::optional<PersistUntilText> persist_until_of(const Anatomy& record) {
  if (!record.looks_meant_for_us) return {};
  const record::Piece* const piece = record.find(record::persist_until_tag);
  if (piece == nullptr || !piece->has_equals) return {};
  PersistUntilText result{.text = piece->value, .span = record.value_span(*piece)};
  std::string_view digits = piece->value;
  result.has_plus = digits.substr(0, 1) == "+";
  const bool minus = digits.substr(0, 1) == "-";
  if (result.has_plus || minus) digits.remove_prefix(1);
  result.is_integer = !digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit);
  if (!result.is_integer) return result;
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size());
  result.is_zero = zeros == digits.size();
  result.is_negative = minus && !result.is_zero;
  result.has_leading_zeros = zeros > 0 && digits.size() > 1;
  std::int64_t number = 0;
  const std::string_view signed_text = result.has_plus ? digits : piece->value;
  const char* const end = signed_text.data() + signed_text.size();
  if (std::from_chars(signed_text.data(), end, number).ec == std::errc{}) {
    result.seconds = number;
    result.units_in_second = units_in_second(number);
  }
  return result;
}

}  // namespace persist::rules
