#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace persist::dns {

/// Message ids that nobody can guess: from the kernel, fetched a handful at a time.
/// Source: RFC 5452 section 9.2.
class RandomIds {
 public:
  /// Empty, with errno set, if the kernel gives no random octets.
  std::optional<std::uint16_t> next();

 private:
  std::array<std::uint16_t, 32> ids_{};
  std::size_t used_ = ids_.size();
};

}  // namespace persist::dns
