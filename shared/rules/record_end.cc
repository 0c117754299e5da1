#include "rules/record_end.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "record/persist_until.h"

namespace persist::rules {

bool authorizes(const Anatomy& record) {
  return !record.judgement->reason;
}

std::optional<UnixTime> end_of(const survey::Subject& subject, const Anatomy& record) {
  const auto& read = record.judgement->record;
  if (!read || !read->persist_until) return {};
  return record::effective_limit(*read->persist_until, subject.ca->reading.persist_until);
}

const Anatomy* last_to_end(const survey::Subject& subject, std::span<const Anatomy> records) {
  const Anatomy* last = nullptr;
  std::optional<UnixTime> end;
  for (const Anatomy& record : records) {
    if (!authorizes(record)) continue;
    const auto own = end_of(subject, record);
    if (!own) return nullptr;
    if (last != nullptr && *own <= *end) continue;
    last = &record;
    end = own;
  }
  return last;
}

std::optional<UnixTime> next_renewal(const survey::Subject& subject) {
  if (subject.entry == nullptr) return {};
  if (subject.entry->next_renewal) return subject.entry->next_renewal;
  if (!subject.entry->renew_every) return {};
  return add(subject.now, *subject.entry->renew_every);
}

std::int64_t seconds_between(UnixTime earlier, UnixTime later) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  if (earlier.seconds < 0 && later.seconds > most + earlier.seconds) return most;
  return later.seconds - earlier.seconds;
}

std::string to_words(std::int64_t seconds) {
  constexpr std::pair<std::int64_t, std::string_view> units[] = {
      {86'400, "day"}, {3'600, "hour"}, {60, "minute"}, {1, "second"}};
  for (const auto& [size, name] : units) {
    const std::int64_t count = seconds / size;
    if (count > 0 || size == 1) return fmt::format("{} {}{}", count, name, count == 1 ? "" : "s");
  }
  return {};
}

}  // namespace persist::rules
