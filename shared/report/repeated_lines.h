#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace persist::report {

/// Tells which of many like lines are shown: a resolver that is down shall give a few lines and a
/// count, not a million. Keeps a bounded number of texts, whatever is handed in.
class RepeatedLines {
 public:
  static constexpr std::uint64_t shown_of_a_kind = 20;
  static constexpr std::size_t most_kinds = 50;

  /// Lines that say the same but for the name.
  struct Kind {
    std::string
        message;  ///< `NAME` in place of the name; empty: every kind beyond the first `most_kinds`
    std::uint64_t seen = 0;
    std::uint64_t shown = 0;
    std::uint64_t left_out() const { return seen - shown; }
  };

  explicit RepeatedLines(std::uint64_t most_shown = shown_of_a_kind) : most_shown_(most_shown) {}

  /// True if `message`, which is about the domain `name`, shall be shown; else it is only counted.
  bool admit(std::string_view message, std::string_view name);

  /// In order of first sight.
  const std::vector<Kind>& kinds() const { return kinds_; }

 private:
  std::uint64_t most_shown_;
  std::vector<Kind> kinds_;
};

}  // namespace persist::report
