// How fast this machine can ask at all: queries built beforehand, batched system calls, answers
// only counted. Nothing that reads and judges its answers can be faster over the same sockets.
//
//   limit_loop ADDRESS PORT NAMES_FILE [WINDOW]     one owner name a line
//
// Prints `ASKED ANSWERED SECONDS CPU_SECONDS`, of the loop alone. Exit status 0 if every question
// got an answer.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "dns/query_message.h"

namespace {

using persist::dns::Name;
using persist::dns::QueryBuffer;

constexpr std::size_t batch = 64;

std::vector<std::string> read_queries(const char* path) {
  std::vector<std::string> queries;
  std::ifstream file(path);
  for (std::string name; std::getline(file, name);) {
    QueryBuffer buffer;
    const auto id = static_cast<std::uint16_t>(queries.size());
    const auto octets = persist::dns::write_query(
        buffer, {Name::parse(name).value(), persist::dns::RrType::txt}, {.id = id});
    queries.emplace_back(octets.begin(), octets.end());
  }
  return queries;
}

/// -1: no such address.
int connect_to(const char* address, const char* port) {
  const int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  constexpr int octets = 8 << 20;
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
  sockaddr_in server{};
  server.sin_family = AF_INET;
  server.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port)));
  if (inet_pton(AF_INET, address, &server.sin_addr) != 1) return -1;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the form of the system call
  return connect(descriptor, reinterpret_cast<const sockaddr*>(&server), sizeof server) == 0
             ? descriptor
             : -1;
}

class Loop {
 public:
  Loop(int descriptor, std::vector<std::string>& queries, std::size_t window)
      : descriptor_(descriptor), queries_(queries), window_(window) {
    for (std::size_t i = 0; i < batch; ++i) {
      in_parts_[i] = {.iov_base = room_[i].data(), .iov_len = room_[i].size()};
      in_[i].msg_hdr.msg_iov = &in_parts_[i];
      in_[i].msg_hdr.msg_iovlen = 1;
      out_[i].msg_hdr.msg_iov = &out_parts_[i];
      out_[i].msg_hdr.msg_iovlen = 1;
    }
  }

  /// The number of answers.
  std::size_t run() {
    while (answered_ < queries_.size()) {
      while (sent_ < queries_.size() && sent_ - answered_ < window_) send_batch();
      pollfd entry{.fd = descriptor_, .events = POLLIN, .revents = 0};
      constexpr int longest_wait_ms = 1000;
      if (poll(&entry, 1, longest_wait_ms) == 0) break;  // some were lost
      for (int count = batch; count == batch;) {
        count = recvmmsg(descriptor_, in_.data(), batch, MSG_DONTWAIT, nullptr);
        if (count > 0) answered_ += static_cast<std::size_t>(count);
      }
    }
    return answered_;
  }

 private:
  void send_batch() {
    std::size_t count = 0;
    for (; count < batch && sent_ + count < queries_.size(); ++count) {
      std::string& query = queries_[sent_ + count];
      out_parts_[count] = {.iov_base = query.data(), .iov_len = query.size()};
    }
    const int sent = sendmmsg(descriptor_, out_.data(), static_cast<unsigned>(count), 0);
    if (sent > 0) sent_ += static_cast<std::size_t>(sent);
  }

  int descriptor_;
  std::vector<std::string>& queries_;
  std::size_t window_;
  std::size_t sent_ = 0, answered_ = 0;
  std::array<std::array<char, 2048>, batch> room_{};
  std::array<iovec, batch> in_parts_{}, out_parts_{};
  std::array<mmsghdr, batch> in_{}, out_{};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs("usage: limit_loop ADDRESS PORT NAMES_FILE [WINDOW]\n", stderr);
    return 2;
  }
  const int descriptor = connect_to(argv[1], argv[2]);
  if (descriptor < 0) return 2;
  auto queries = read_queries(argv[3]);
  const auto window = static_cast<std::size_t>(argc > 4 ? std::atoi(argv[4]) : 128);
  Loop loop(descriptor, queries, window);
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t cpu_start = std::clock();
  const std::size_t answered = loop.run();
  const double cpu = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  std::printf("%zu %zu %.4f %.4f\n", queries.size(), answered, time.count(), cpu);
  return answered == queries.size() ? 0 : 1;
}
