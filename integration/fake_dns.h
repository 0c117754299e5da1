#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "integration/fake_dns_datagrams.h"
#include "integration/fake_dns_modes.h"
#include "integration/file_descriptor.h"

namespace persist::integration {

/// Something that arrived at the server.
struct LoggedQuery {
  std::string name{};      ///< with a final dot, letter case as received; empty if malformed
  std::uint16_t type = 0;  ///< 0 if malformed
  Transport transport = Transport::udp;
  std::uint16_t source_port = 0;
  Octets octets;

  bool is_well_formed() const { return !name.empty(); }
};

/// `udp TXT name.` or `udp malformed 0a0b0c`: the query without what differs from run to run.
std::string to_text(const LoggedQuery& query);

/// Our own misbehaving name server, on 127.0.0.1, UDP and TCP, at a port that the kernel picks.
///
/// The constructor has it running in a thread of its own; the destructor stops it. A failing system
/// call while it starts ends the process, with its reason: no test can go on without the server.
class FakeDns {
 public:
  explicit FakeDns(FakeDnsOptions options = {});
  ~FakeDns();
  FakeDns(const FakeDns&) = delete;
  FakeDns& operator=(const FakeDns&) = delete;

  /// Stops answering and closes the port. The log stays.
  void stop();

  std::uint16_t port() const { return port_; }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  /// Every query so far, malformed ones included, in the order of arrival.
  std::vector<LoggedQuery> queries() const;

 private:
  using Clock = std::chrono::steady_clock;

  struct Connection {
    FileDescriptor socket;
    std::uint16_t peer_port = 0;
    Octets received{};
    Octets unsent{};
    std::size_t parts_due = 0;  ///< parts of replies that still wait for their time
    bool close_when_sent = false;
  };
  /// A reply part that waits: for a UDP peer, or for the TCP connection of that id.
  struct Delayed {
    ReplyPart part;
    std::uint16_t udp_port = 0;
    std::uint64_t connection = 0;
  };

  void bind_sockets();
  void serve();
  void wait_for_events();
  int time_left_ms() const;
  void read_datagrams();
  void accept_connections();
  void read_connection(std::uint64_t id, Connection& connection);
  void answer_over_tcp(std::uint64_t id, Connection& connection,
                       std::span<const std::uint8_t> octets);
  void send_due_parts();
  void deliver(Delayed delayed);
  void flush(Connection& connection);
  void remove_finished();
  std::optional<DnsQuery> take_query(std::span<const std::uint8_t> octets, Transport transport,
                                     std::uint16_t source_port);

  const FakeDnsOptions options_;
  Responder responder_;
  std::uint16_t port_ = 0;
  FileDescriptor udp_, other_udp_, listener_, wake_;
  DatagramReader incoming_;
  DatagramWriter outgoing_;
  std::map<std::uint64_t, Connection> connections_;
  std::uint64_t next_connection_ = 1;
  std::multimap<Clock::time_point, Delayed> delayed_;
  bool stopping_ = false;
  mutable std::mutex log_mutex_;
  std::vector<LoggedQuery> log_;
  std::thread thread_;
};

}  // namespace persist::integration
