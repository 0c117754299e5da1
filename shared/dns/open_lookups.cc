#include "dns/open_lookups.h"

namespace persist::dns {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

OpenLookups::SlotNumber OpenLookups::take_slot() {
  if (free_.empty()) {
    free_.push_back(static_cast<SlotNumber>(slots_.size()));
    slots_.emplace_back();
  }
  const SlotNumber number = free_.back();
  free_.pop_back();
  return number;
}

void OpenLookups::release(SlotNumber number) {
  slots_[number].lookup.reset();
  free_.push_back(number);
}

std::optional<OpenLookups::SlotNumber> OpenLookups::open_next() {
  if (auto query = conversation_.next_query()) {
    const SlotNumber number = take_slot();
    slots_[number].lookup.emplace(*std::move(query), settings_, choice_.first());
    return number;
  }
  if (late_.empty()) return {};
  const SlotNumber number = take_slot();
  slots_[number].lookup.emplace(std::move(late_.front()));
  late_.pop_front();
  return number;
}

milliseconds OpenLookups::waited(SlotNumber number) const {
  return std::chrono::duration_cast<milliseconds>(Clock::now() - slots_[number].sent_at);
}

bool OpenLookups::advance(SlotNumber number, Lookup::Next next) {
  switch (next) {
    case Lookup::Next::ask:
      return true;
    case Lookup::Next::wait:
      return false;
    case Lookup::Next::ask_later:
      late_.push_back(std::move(*slots_[number].lookup));
      release(number);
      return false;
    case Lookup::Next::done:
      break;
  }
  Lookup lookup = std::move(*slots_[number].lookup);
  release(number);
  answer(lookup);
  return false;
}

void OpenLookups::answer(Lookup& lookup) {
  conversation_.on_answer(lookup.token(), lookup.result());
}

void OpenLookups::stop(const char* reason) {
  for (SlotNumber number = 0; number < slots_.size(); ++number) {
    if (!slots_[number].lookup) continue;
    advance(number, slots_[number].lookup->on_stop(reason, waited(number)));
  }
  for (; !late_.empty(); late_.pop_front()) {
    late_.front().on_stop(reason, milliseconds{0});
    answer(late_.front());
  }
}

const char* reason_to_stop(const Limits& limits) {
  if (limits.stop != nullptr && limits.stop->load(std::memory_order_relaxed)) return "interrupted";
  if (Clock::now() >= limits.deadline) return "time limit reached";
  return nullptr;
}

}  // namespace persist::dns
