// How fast c-ares asks, used as its manual says: one channel, ares_query, the sockets it names in
// an epoll, the TXT records read with its own parser. Window, receive buffer and timeout are set:
// with its defaults it loses answers and waits five seconds for each.
//
//   cares_loop ADDRESS PORT NAMES_FILE [WINDOW]     one owner name a line
//
// Prints `ASKED ANSWERED SECONDS CPU_SECONDS`, of the loop alone. Exit status 0 if every question
// got an answer.

// c-ares 1.34 deprecates calls that 1.18 has.
#define CARES_NO_DEPRECATED
#include <ares.h>
#include <arpa/nameser.h>
#include <sys/epoll.h>
#include <sys/time.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

namespace {

class Loop {
 public:
  Loop(std::vector<std::string> names, std::size_t window)
      : names_(std::move(names)), window_(window) {}
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  ~Loop() { ares_destroy(channel_); }

  bool open(const std::string& server) {
    ares_options options{};
    char lookups[] = "b";
    options.flags = ARES_FLAG_STAYOPEN | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES;
    options.lookups = lookups;
    options.timeout = 1000;
    options.tries = 4;
    options.socket_receive_buffer_size = 8 << 20;
    options.sock_state_cb = [](void* self, ares_socket_t descriptor, int readable, int writable) {
      static_cast<Loop*>(self)->watch(descriptor, readable != 0, writable != 0);
    };
    options.sock_state_cb_data = this;
    constexpr int mask = ARES_OPT_FLAGS | ARES_OPT_LOOKUPS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
                         ARES_OPT_SOCK_RCVBUF | ARES_OPT_SOCK_STATE_CB;
    return ares_init_options(&channel_, &options, mask) == ARES_SUCCESS &&
           ares_set_servers_ports_csv(channel_, server.c_str()) == ARES_SUCCESS;
  }

  /// The number of answers.
  std::size_t run() {
    while (ended_ < names_.size()) {
      while (sent_ < names_.size() && sent_ - ended_ < window_) {
        ares_query(channel_, names_[sent_++].c_str(), ns_c_in, ns_t_txt, &on_answer, this);
      }
      wait();
    }
    return answered_;
  }

 private:
  static void on_answer(void* self, int status, int, unsigned char* octets, int length) {
    auto& loop = *static_cast<Loop*>(self);
    ++loop.ended_;
    if (status == ARES_ENOTFOUND) ++loop.answered_;  // NXDOMAIN
    if (status != ARES_SUCCESS) return;
    ares_txt_ext* records = nullptr;
    if (ares_parse_txt_reply_ext(octets, length, &records) == ARES_SUCCESS) ++loop.answered_;
    ares_free_data(records);
  }

  void watch(int descriptor, bool readable, bool writable) {
    epoll_event event{};
    event.events = (readable ? EPOLLIN : 0U) | (writable ? EPOLLOUT : 0U);
    event.data.fd = descriptor;
    if (event.events == 0) {
      epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
    } else if (epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event) != 0) {
      epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
    }
  }

  void wait() {
    timeval room{};
    timeval longest{.tv_sec = 1, .tv_usec = 0};
    const timeval* const left = ares_timeout(channel_, &longest, &room);
    const auto wait_ms = static_cast<int>(left->tv_sec * 1000 + left->tv_usec / 1000) + 1;
    std::array<epoll_event, 4> events;
    const int count = epoll_wait(epoll_, events.data(), events.size(), wait_ms);
    if (count <= 0) ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    for (std::size_t i = 0; static_cast<int>(i) < count; ++i) {
      const bool readable = (events[i].events & EPOLLIN) != 0;
      const bool writable = (events[i].events & EPOLLOUT) != 0;
      ares_process_fd(channel_, readable ? events[i].data.fd : ARES_SOCKET_BAD,
                      writable ? events[i].data.fd : ARES_SOCKET_BAD);
    }
  }

  std::vector<std::string> names_;
  std::size_t window_;
  ares_channel channel_ = nullptr;
  int epoll_ = epoll_create1(EPOLL_CLOEXEC);
  std::size_t sent_ = 0, ended_ = 0, answered_ = 0;
};

std::vector<std::string> read_lines(const char* path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs("usage: cares_loop ADDRESS PORT NAMES_FILE [WINDOW]\n", stderr);
    return 2;
  }
  auto names = read_lines(argv[3]);
  const std::size_t asked = names.size();
  Loop loop(std::move(names), static_cast<std::size_t>(argc > 4 ? std::atoi(argv[4]) : 200));
  if (!loop.open(std::string(argv[1]) + ":" + argv[2])) return 2;
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t cpu_start = std::clock();
  const std::size_t answered = loop.run();
  const double cpu = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  std::printf("%zu %zu %.4f %.4f\n", asked, answered, time.count(), cpu);
  return answered == asked ? 0 : 1;
}
