#pragma once

#include <cstdint>
#include <vector>

namespace persist::dns {

/// Slot numbers in order of arrival; one can leave from anywhere, at no cost. A number is in it at
/// most once.
class SlotQueue {
 public:
  using SlotNumber = std::uint32_t;

  bool is_empty() const { return links_.empty() || links_[0].next == 0; }
  bool contains(SlotNumber number) const {
    return number + 1 < links_.size() && links_[number + 1].is_in;
  }
  SlotNumber front() const { return links_[0].next - 1; }

  void push_back(SlotNumber number) {
    if (links_.size() < number + 2) links_.resize(number + 2);
    const std::uint32_t me = number + 1;
    const std::uint32_t last = links_[0].previous;
    links_[me] = {.previous = last, .next = 0, .is_in = true};
    links_[last].next = me;
    links_[0].previous = me;
  }

  /// Nothing happens if it is not in.
  void erase(SlotNumber number) {
    if (!contains(number)) return;
    const Link me = links_[number + 1];
    links_[me.previous].next = me.next;
    links_[me.next].previous = me.previous;
    links_[number + 1] = {};
  }

 private:
  struct Link {
    std::uint32_t previous = 0;
    std::uint32_t next = 0;
    bool is_in = false;
  };
  std::vector<Link> links_{};  ///< of slot n at n + 1; the first joins the ends
};

}  // namespace persist::dns
