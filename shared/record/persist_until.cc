#include "record/persist_until.h"

#include <charconv>

namespace persist::record {

Expected<UnixTime, SyntaxError> parse_persist_until(std::string_view value,
                                                    const PersistUntilRules& rules) {
  const auto malformed = [](std::size_t offset) {
    return Unexpected(
        SyntaxError{.code = SyntaxErrorCode::persist_until_malformed, .offset = offset});
  };
  std::string_view digits = value;
  const bool plus = rules.allows_plus && !value.empty() && value.front() == '+';
  if (plus) digits.remove_prefix(1);
  if (plus && !digits.empty() && digits.front() == '-') return malformed(1);
  std::int64_t seconds = 0;
  const char* const end = digits.data() + digits.size();
  // from_chars and not stoll: no locale, no leading space, no exception.
  const auto [stop, error] = std::from_chars(digits.data(), end, seconds);
  if (error == std::errc::result_out_of_range && stop == end) return malformed(value.size());
  if (error != std::errc{} || stop != end) {
    return malformed(static_cast<std::size_t>(stop - value.data()));
  }
  if (seconds < rules.least || seconds > rules.greatest) return malformed(value.size());
  return UnixTime{seconds};
}

std::optional<UnixTime> effective_limit(UnixTime persist_until, const PersistUntilRules& rules) {
  if (rules.means_no_limit == persist_until.seconds) return {};
  if (persist_until.seconds > rules.wraps_above) {
    return UnixTime{std::numeric_limits<std::int64_t>::min()};
  }
  return persist_until;
}

}  // namespace persist::record
