#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "dns/answer.h"
#include "dns/failed_call.h"
#include "dns/query_message.h"
#include "dns/random_ids.h"

namespace persist::dns {

/// A UDP socket connected to one server, from a source port that the kernel picks at random; what
/// other addresses send never arrives. Knows whose answer each id is, and sends in batches.
class UdpPort {
 public:
  using SlotNumber = std::uint32_t;
  /// A query that did not go out.
  struct Unsent {
    SlotNumber slot;
    std::uint16_t id;
    FailedCall failed;
  };

  /// Null and the call that failed if there is no socket to be had.
  static std::unique_ptr<UdpPort> open(const ServerAddress& server, FailedCall& failed);
  ~UdpPort();
  UdpPort(const UdpPort&) = delete;
  UdpPort& operator=(const UdpPort&) = delete;

  int descriptor() const { return descriptor_; }
  /// Answers that the receive buffer holds without loss.
  std::size_t capacity() const { return capacity_; }
  std::size_t awaited() const { return awaited_; }
  std::size_t sent() const { return sent_; }

  /// A fresh id whose answer belongs to `slot`; empty, with errno set, if the kernel gives none.
  std::optional<std::uint16_t> await(SlotNumber slot, RandomIds& ids);
  void forget(std::uint16_t id);
  /// Whose answer an id is.
  std::optional<SlotNumber> slot_of(std::uint16_t id) const;

  /// Room in the batch for the next query, to be filled before queue(); the batch must not be full.
  QueryBuffer& next_buffer() { return batch_[queued_].octets; }
  /// Puts what was written to next_buffer() into the batch.
  void queue(SlotNumber slot, std::uint16_t id, std::size_t length);
  bool is_full() const { return queued_ == batch_.size(); }
  /// Sends the batch.
  std::vector<Unsent> flush();

 private:
  struct Query {
    SlotNumber slot;
    std::uint16_t id;
    std::size_t length;
    QueryBuffer octets;
  };
  static constexpr std::size_t batch_size = 32;
  static constexpr std::uint16_t nobody = 0xFFFF;

  explicit UdpPort(int descriptor);

  int descriptor_;
  std::size_t capacity_;
  std::size_t awaited_ = 0;
  std::size_t sent_ = 0;
  std::size_t queued_ = 0;
  std::array<Query, batch_size> batch_;
  std::vector<std::uint16_t> slots_;  ///< by id
};

}  // namespace persist::dns
