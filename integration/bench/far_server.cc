// An authoritative name server on 127.0.0.1 that is far away: every answer is late, as much as the
// path is long, and some never come. netem would do it for any server, but is not in every kernel.
//
//   far_server ZONE DELAY_MS [JITTER_MS [LOSS_PERCENT]]
//
// ZONE has lines `label.label TXT "value"` below `example`; others are passed over. Each answer
// comes DELAY_MS to DELAY_MS + JITTER_MS after its question, LOSS_PERCENT of the questions get
// none. Prints its port; runs until it is killed.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <queue>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dns/name.h"

namespace {

using namespace std::string_view_literals;
using Clock = std::chrono::steady_clock;
using Zone = std::unordered_map<std::string, std::string>;  // owner in wire form -> value
using std::chrono::microseconds;

constexpr std::size_t batch = 64;
constexpr std::size_t header_octets = 12;
constexpr auto type_txt_class_in = "\x00\x10\x00\x01"sv;
constexpr auto ttl_of_an_hour = "\x00\x00\x0e\x10"sv;
/// Tells how long an absence is to be remembered. Source: RFC 2308 section 3.
constexpr auto soa =
    "\x07"
    "example\x00\x00\x06\x00\x01\x00\x00\x01\x2c\x00\x16\x00\x00\x00\x00\x00\x01\x00\x00\x0e\x10"
    "\x00\x00\x02\x58\x00\x01\x51\x80\x00\x00\x01\x2c"sv;
constexpr auto opt = "\x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x00"sv;

Zone read_zone(const char* path) {
  Zone zone;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto type = line.find(" TXT \"");
    if (type == std::string::npos) continue;
    const auto value = line.substr(type + 6, line.size() - type - 7);
    zone.emplace(persist::dns::Name::parse(line.substr(0, type) + ".example").value().wire(),
                 value);
  }
  return zone;
}

/// The answer to a question; empty if it is none.
std::string answer_to(std::string_view query, const Zone& zone) {
  const auto name_end = query.find('\0', header_octets);
  if (name_end == std::string_view::npos || name_end + 5 > query.size()) return {};
  const auto owner = query.substr(header_octets, name_end + 1 - header_octets);
  const auto asked = query.substr(name_end + 1, 4);
  const auto found = zone.find(std::string(owner));
  const bool has_answer = found != zone.end() && asked == type_txt_class_in;
  // Names of the zone exist, and so do those above them.
  const bool exists = found != zone.end() || owner.substr(1, 1) != "_";
  const bool has_opt = query[11] != '\0';
  std::string answer;
  answer.reserve(512);
  answer += query.substr(0, 2);
  answer += static_cast<char>(0x84 | (query[2] & 1));  // QR, AA, RD as it came
  answer += exists ? '\0' : '\x03';
  answer += "\x00\x01\x00"sv;
  answer += has_answer ? '\x01' : '\0';
  answer += '\0';
  answer += has_answer ? '\0' : '\x01';
  answer += '\0';
  answer += has_opt ? '\x01' : '\0';
  answer += query.substr(header_octets, name_end + 5 - header_octets);
  if (has_answer) {
    const auto length = static_cast<char>(found->second.size());
    answer += "\xc0\x0c"sv;
    answer += type_txt_class_in;
    answer += ttl_of_an_hour;
    answer += '\0';
    answer += static_cast<char>(length + 1);
    answer += length;
    answer += found->second;
  } else {
    answer += soa;
  }
  if (has_opt) answer += opt;
  return answer;
}

struct LateAnswer {
  Clock::time_point due;
  sockaddr_in to;
  std::string octets;
  bool operator<(const LateAnswer& other) const { return due > other.due; }  // the first on top
};

struct Path {
  microseconds delay, jitter;
  double loss;
};

class Server {
 public:
  Server(int descriptor, Zone zone, Path path)
      : descriptor_(descriptor), zone_(std::move(zone)), path_(path) {
    for (std::size_t i = 0; i < batch; ++i) {
      parts_[i] = {.iov_base = room_[i].data(), .iov_len = room_[i].size()};
      in_[i].msg_hdr.msg_iov = &parts_[i];
      in_[i].msg_hdr.msg_iovlen = 1;
      in_[i].msg_hdr.msg_name = &from_[i];
      in_[i].msg_hdr.msg_namelen = sizeof from_[i];
    }
  }

  [[noreturn]] void run() {
    for (;;) {
      wait();
      receive();
      send_due();
    }
  }

 private:
  void wait() const {
    pollfd entry{.fd = descriptor_, .events = POLLIN, .revents = 0};
    if (late_.empty()) {
      poll(&entry, 1, -1);
      return;
    }
    const std::chrono::nanoseconds left = late_.top().due - Clock::now();
    const timespec time{.tv_sec = 0, .tv_nsec = std::clamp<long>(left.count(), 0, 999'999'999)};
    ppoll(&entry, 1, &time, nullptr);
  }

  void receive() {
    const int count = recvmmsg(descriptor_, in_.data(), batch, MSG_DONTWAIT, nullptr);
    const auto now = Clock::now();
    for (std::size_t i = 0; static_cast<int>(i) < count; ++i) {
      in_[i].msg_hdr.msg_namelen = sizeof from_[i];
      if (chance_(random_) < path_.loss) continue;
      const auto jitter = std::chrono::duration_cast<microseconds>(path_.jitter * chance_(random_));
      std::string octets = answer_to({room_[i].data(), in_[i].msg_len}, zone_);
      if (!octets.empty()) late_.push({now + path_.delay + jitter, from_[i], std::move(octets)});
    }
  }

  void send_due() {
    for (const auto now = Clock::now(); !late_.empty() && late_.top().due <= now; late_.pop()) {
      const LateAnswer& answer = late_.top();
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the form of the system call
      const auto* const to = reinterpret_cast<const sockaddr*>(&answer.to);
      sendto(descriptor_, answer.octets.data(), answer.octets.size(), 0, to, sizeof answer.to);
    }
  }

  int descriptor_;
  Zone zone_;
  Path path_;
  std::priority_queue<LateAnswer> late_{};
  std::array<std::array<char, 2048>, batch> room_{};
  std::array<sockaddr_in, batch> from_{};
  std::array<iovec, batch> parts_{};
  std::array<mmsghdr, batch> in_{};
  std::minstd_rand random_{1};  // the same losses in every run
  std::uniform_real_distribution<double> chance_{0.0, 1.0};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: far_server ZONE DELAY_MS [JITTER_MS [LOSS_PERCENT]]\n", stderr);
    return 2;
  }
  const int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  constexpr int octets = 8 << 20;
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
  setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &octets, sizeof octets);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): the form of the system calls
  if (bind(descriptor, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
      getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length) != 0)
    return 1;
  // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
  const auto number = [&](int i) { return argc > i ? std::atof(argv[i]) : 0.0; };
  const auto ms = [&](int i) { return microseconds(static_cast<long>(number(i) * 1000)); };
  Server server(descriptor, read_zone(argv[1]), {ms(2), ms(3), number(4) / 100});
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  server.run();
}
