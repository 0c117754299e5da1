#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>

#include "integration/fake_dns.h"
#include "integration/fake_dns_text.h"

namespace {

using persist::integration::FakeDns;
using persist::integration::FakeDnsOptions;
using persist::integration::FileDescriptor;

constexpr const char* usage =
    "usage: fake_dns [--zone FILE] [--good TEXT] [--mode MODE] [--value NAME=HEXFILE]...\n"
    "                [--seed N] [--no-tcp] [--log FILE]\n"
    "Prints \"port N\", serves 127.0.0.1 until SIGTERM, SIGINT or the end of its standard input,\n"
    "and then writes its queries to the log.\n";

struct Arguments {
  FakeDnsOptions server{};
  std::string log_file{};
  std::string error{};
};

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Returns what is wrong; empty if nothing is.
std::string read_zone(const std::string& path, FakeDnsOptions& options) {
  const auto text = read_file(path);
  if (!text) return "cannot read " + path;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    if (auto error = options.zone.add_line(line); !error.empty()) return error;
  }
  return {};
}

std::string read_value(const std::string& argument, FakeDnsOptions& options) {
  const auto equals = argument.find('=');
  if (equals == argument.npos) return "expected NAME=HEXFILE: " + argument;
  const auto text = read_file(argument.substr(equals + 1));
  auto octets = text ? persist::integration::octets_of_hex(*text) : std::nullopt;
  if (!octets) return "no hexadecimal text: " + argument;
  options.values[argument.substr(0, equals)] = std::move(*octets);
  return {};
}

Arguments read_arguments(std::span<char* const> words) {
  Arguments out;
  for (std::size_t at = 1; at < words.size() && out.error.empty(); ++at) {
    const std::string_view flag = words[at];
    if (flag == "--no-tcp") {
      out.server.tcp = false;
      continue;
    }
    if (++at == words.size()) return {.error = "unknown or incomplete: " + std::string(flag)};
    const std::string value = words[at];
    if (flag == "--zone") {
      out.error = read_zone(value, out.server);
    } else if (flag == "--good") {
      out.server.good_text = value;
    } else if (flag == "--mode") {
      out.server.default_mode = value;
    } else if (flag == "--value") {
      out.error = read_value(value, out.server);
    } else if (flag == "--seed") {
      out.server.seed = persist::integration::number_of(value).value_or(1);
    } else if (flag == "--log") {
      out.log_file = value;
    } else {
      out.error = "unknown flag: " + std::string(flag);
    }
  }
  out.server.keep_log = !out.log_file.empty();
  return out;
}

/// Blocked before the server's thread starts, so that no thread dies of them.
FileDescriptor signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  return FileDescriptor(
      persist::integration::checked(::signalfd(-1, &set, SFD_CLOEXEC), "fake_dns: signalfd"));
}

void wait_for_end(const FileDescriptor& signal) {
  char octet = 0;
  while (true) {
    pollfd events[] = {{signal.get(), POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    persist::integration::checked(::poll(events, 2, -1), "fake_dns: poll");
    if (events[0].revents != 0) return;
    if (::read(STDIN_FILENO, &octet, 1) <= 0) return;
  }
}

bool write_log(const std::string& path, const FakeDns& server) {
  std::ofstream file(path);
  for (const auto& query : server.queries()) {
    file << query.source_port << ' ' << to_text(query) << '\n';
  }
  return static_cast<bool>(file.flush());
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments = read_arguments({words, static_cast<std::size_t>(count)});
  if (!arguments.error.empty()) {
    std::cerr << "fake_dns: " << arguments.error << '\n' << usage;
    return 2;
  }
  const FileDescriptor signal = signals();
  FakeDns server(std::move(arguments.server));
  std::cout << "port " << server.port() << std::endl;
  wait_for_end(signal);
  server.stop();
  if (arguments.log_file.empty() || write_log(arguments.log_file, server)) return 0;
  std::cerr << "fake_dns: cannot write " << arguments.log_file << '\n';
  return 3;
}
