#include "report/file_sink.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <string>
#include <thread>

namespace persist::report {
namespace {

const std::string mebibyte(std::size_t{1024} * 1024, 'x');

/// Both ends of a pipe, closed at the end.
struct Pipe {
  Pipe() { EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0); }
  ~Pipe() {
    close_reader();
    close_writer();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int reader() const { return ends[0]; }
  int writer() const { return ends[1]; }
  void close_reader() { close_end(ends[0]); }
  void close_writer() { close_end(ends[1]); }
  static void close_end(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  std::array<int, 2> ends{-1, -1};
};

std::string read_all(int descriptor) {
  std::string all;
  std::array<char, 65'536> part{};
  for (;;) {
    const ssize_t got = ::read(descriptor, part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return all;
    all.append(part.data(), static_cast<std::size_t>(got));
  }
}

/// Ignores a signal until the end of the scope.
class Ignored {
 public:
  explicit Ignored(int signal) : signal_(signal), before_(std::signal(signal, SIG_IGN)) {}
  ~Ignored() { std::signal(signal_, before_); }
  Ignored(const Ignored&) = delete;
  Ignored& operator=(const Ignored&) = delete;

 private:
  int signal_;
  void (*before_)(int);
};

TEST(FileSink, WritesAtTheFlush) {
  Pipe pipe;
  FileSink sink(pipe.writer());
  sink.write("one ");
  sink.write("");
  sink.write("two\n");
  EXPECT_EQ(sink.flush(), 0);
  EXPECT_EQ(sink.flush(), 0);
  pipe.close_writer();
  EXPECT_EQ(read_all(pipe.reader()), "one two\n");
}

TEST(FileSink, KeepsTheOrderWhateverTheSizes) {
  Pipe pipe;
  std::string got;
  std::thread reader([&] { got = read_all(pipe.reader()); });
  std::string want;
  FileSink sink(pipe.writer());
  for (const std::size_t size :
       {1UL, 262'143UL, 1UL, 262'144UL, 262'145UL, 3UL, 1'000'000UL, 2UL}) {
    const std::string part(size, static_cast<char>('a' + want.size() % 26));
    want += part;
    sink.write(part);
  }
  EXPECT_EQ(sink.flush(), 0);
  pipe.close_writer();
  reader.join();
  EXPECT_TRUE(got == want);
}

TEST(FileSink, F01_FullDevice) {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(full, 0);
  FileSink sink(full);
  sink.write("x");
  EXPECT_EQ(sink.flush(), ENOSPC);
  ::close(full);
}

TEST(FileSink, F01_ClosedDescriptor) {
  Pipe pipe;
  const int closed = pipe.writer();
  pipe.close_writer();
  FileSink sink(closed);
  sink.write("x");
  EXPECT_EQ(sink.flush(), EBADF);
}

TEST(FileSink, C08_F07_ReaderGone) {
  const Ignored sigpipe(SIGPIPE);
  Pipe pipe;
  pipe.close_reader();
  FileSink sink(pipe.writer());
  sink.write(mebibyte);
  sink.write("x");
  EXPECT_EQ(sink.flush(), EPIPE);
}

TEST(FileSink, KeepsTheFirstError) {
  const Ignored sigpipe(SIGPIPE);
  Pipe pipe;
  pipe.close_reader();
  FileSink sink(pipe.writer());
  sink.write("x");
  EXPECT_EQ(sink.flush(), EPIPE);
  pipe.close_writer();
  sink.write("x");
  EXPECT_EQ(sink.flush(), EPIPE);
}

TEST(FileSink, NonBlockingDescriptorIsWaitedFor) {
  Pipe pipe;
  ASSERT_EQ(::fcntl(pipe.writer(), F_SETFL, O_NONBLOCK), 0);
  std::string got;
  std::thread reader([&] { got = read_all(pipe.reader()); });
  FileSink sink(pipe.writer());
  sink.write(mebibyte);
  EXPECT_EQ(sink.flush(), 0);
  pipe.close_writer();
  reader.join();
  EXPECT_TRUE(got == mebibyte);
}

std::atomic<int> alarms{0};
void count_alarm(int /*signal*/) {
  ++alarms;
}

/// SIGALRM every millisecond, without SA_RESTART, until the end of the scope.
class Alarms {
 public:
  Alarms() {
    struct sigaction action {};
    action.sa_handler = count_alarm;
    ::sigaction(SIGALRM, &action, &before_);
    const itimerval often{{0, 1000}, {0, 1000}};
    ::setitimer(ITIMER_REAL, &often, nullptr);
  }
  ~Alarms() {
    const itimerval never{};
    ::setitimer(ITIMER_REAL, &never, nullptr);
    ::sigaction(SIGALRM, &before_, nullptr);
  }
  Alarms(const Alarms&) = delete;
  Alarms& operator=(const Alarms&) = delete;

 private:
  struct sigaction before_ {};
};

/// Writes 1 MiB into a pipe that nobody reads before three signals have interrupted the writing.
void write_through_signals(bool blocking) {
  Pipe pipe;
  ASSERT_EQ(::fcntl(pipe.writer(), F_SETFL, blocking ? 0 : O_NONBLOCK), 0);
  std::string got;
  alarms = 0;
  sigset_t alarm_only;
  sigemptyset(&alarm_only);
  sigaddset(&alarm_only, SIGALRM);
  ::pthread_sigmask(SIG_BLOCK, &alarm_only, nullptr);  // the reader inherits it
  std::thread reader([&] {
    while (alarms < 3) std::this_thread::yield();
    got = read_all(pipe.reader());
  });
  ::pthread_sigmask(SIG_UNBLOCK, &alarm_only, nullptr);
  int error = -1;
  {
    const Alarms ticking;
    FileSink sink(pipe.writer());
    sink.write(mebibyte);
    error = sink.flush();
  }
  pipe.close_writer();
  reader.join();
  EXPECT_EQ(error, 0);
  EXPECT_TRUE(got == mebibyte);
}

TEST(FileSink, F10_SignalsInterruptAWrite) {
  write_through_signals(true);
}

TEST(FileSink, F10_SignalsInterruptTheWait) {
  write_through_signals(false);
}

}  // namespace
}  // namespace persist::report
