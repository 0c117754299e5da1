#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "dns/lookup.h"
#include "dns/server_choice.h"

namespace persist::dns {

/// The lookups of one run: takes questions from the conversation, keeps those under way in numbered
/// slots, hands out answers, and asks once more at the end what nobody answered.
class OpenLookups {
 public:
  using SlotNumber = std::uint32_t;

  /// Everything must outlive it.
  OpenLookups(Conversation& conversation, const ResolverSettings& settings,
              const ServerChoice& choice)
      : conversation_(conversation), settings_(settings), choice_(choice) {}

  /// Slots in use; numbers are below slots().
  std::size_t count() const { return slots_.size() - free_.size(); }
  std::size_t slots() const { return slots_.size(); }
  /// Stays where it is until the slot is free again.
  Lookup& operator[](SlotNumber number) { return *slots_[number].lookup; }

  /// Opens the next question, which has a query to send; empty if there is none for now.
  std::optional<SlotNumber> open_next();

  /// The query of a slot goes out now.
  void mark_sent(SlotNumber number, std::chrono::steady_clock::time_point now) {
    slots_[number].sent_at = now;
  }
  /// Since mark_sent().
  std::chrono::milliseconds waited(SlotNumber number) const;

  /// Does what the lookup said. True if it has a query to send; else its slot may be free.
  bool advance(SlotNumber number, Lookup::Next next);

  /// Ends all lookups; `reason` says why.
  void stop(const char* reason);

 private:
  struct Slot {
    std::optional<Lookup> lookup{};  ///< empty: free
    std::chrono::steady_clock::time_point sent_at{};
  };

  SlotNumber take_slot();
  void release(SlotNumber number);
  void answer(Lookup& lookup);

  Conversation& conversation_;
  const ResolverSettings& settings_;
  const ServerChoice& choice_;
  std::deque<Slot> slots_{};
  std::vector<SlotNumber> free_{};
  std::deque<Lookup> late_{};  ///< timed out; asked again when nothing is fresher
};

/// Why a run is to end now; null if it is not.
const char* reason_to_stop(const Limits& limits);

}  // namespace persist::dns
