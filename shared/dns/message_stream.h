#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace persist::dns {

/// Cuts a TCP stream into DNS messages. Source: RFC 1035 section 4.2.2, RFC 7766 section 8.
class MessageStream {
 public:
  /// Room for the next octets of the stream; never empty, since no message is longer than its
  /// length field can say.
  std::span<std::uint8_t> room();
  /// So many octets were written into room().
  void advance(std::size_t octets) { filled_ += octets; }

  /// True if the next message says that it is empty: no server sends that.
  bool is_broken() const;
  /// The next whole message, until drop() is called; empty if more has to come.
  std::optional<std::span<const std::uint8_t>> message() const;
  /// Drops that message.
  void drop();
  void clear() { filled_ = 0; }

 private:
  std::size_t claimed_length() const;

  std::vector<std::uint8_t> octets_{};
  std::size_t filled_ = 0;
};

}  // namespace persist::dns
