#include "integration/name_servers.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iostream>

#include "base/escape.h"
#include "dns/cares_resolver.h"
#include "integration/ask_dns.h"
#include "integration/file_descriptor.h"

namespace persist::integration {
namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr auto longest_start = std::chrono::seconds{30};
constexpr auto longest_stop = std::chrono::seconds{10};
constexpr int between_looks_ms = 20;

const fs::path knotd = "/usr/sbin/knotd";
const fs::path unbound = "/usr/sbin/unbound";
const fs::path nsd = "/usr/sbin/nsd";

/// A port that was free a moment ago, for UDP and TCP.
std::uint16_t free_port() {
  for (;;) {
    const FileDescriptor udp(checked(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket"));
    const FileDescriptor tcp(checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    checked(bind(udp.get(), any, length), "bind");
    checked(getsockname(udp.get(), any, &length), "getsockname");
    if (bind(tcp.get(), any, length) == 0) return ntohs(address.sin_port);
  }
}

[[noreturn]] void give_up(const std::string& program, const fs::path& log) {
  std::cerr << program << " does not start; its log:\n" << std::ifstream(log).rdbuf() << '\n';
  std::abort();
}

constexpr const char* zone_file = R"($TTL 300
@ SOA ns hostmaster 1 3600 600 86400 60
@ NS ns
ns A 127.0.0.1
_validation-persist.good TXT "ca.example; accounturi=https://ca.example/acct/1"
_validation-persist.nodata A 192.0.2.1
_validation-persist.alias CNAME _validation-persist.good
)";

}  // namespace

std::string missing_name_servers() {
  std::string missing;
  if (!fs::exists(knotd)) missing += " knot";
  if (!fs::exists(unbound)) missing += " unbound";
  if (!fs::exists(nsd)) missing += " nsd";
  return missing.empty() ? "" : "not installed:" + missing;
}

// ---- a server process

NameServer::NameServer(std::string host, std::uint16_t port)
    : host_(std::move(host)), fixed_port_(port) {
  std::string pattern = fs::temp_directory_path() / "persist-name-server-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) checked(-1, "mkdtemp");
  folder_ = pattern;
}

NameServer::~NameServer() {
  stop();
  fs::remove_all(folder_);
}

void NameServer::write_file(const std::string& name, const std::string& content) const {
  std::ofstream(folder_ / name) << content;
}

void NameServer::start(const std::string& program, const std::vector<std::string>& arguments,
                       const std::string& ready_name, dns::RrType ready_type) {
  constexpr int most_ports = 5;
  for (int i = 0; i < most_ports; ++i) {
    port_ = fixed_port_ == 0 ? free_port() : fixed_port_;
    write_file("server.conf", configuration());
    launch(program, arguments);
    if (wait_until_ready(ready_name, ready_type)) return;
    stop();
  }
  give_up(program, folder_ / "log");
}

void NameServer::launch(const std::string& program, const std::vector<std::string>& arguments) {
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  words.push_back(folder_ / "server.conf");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const std::string log = folder_ / "log";
  process_ = checked(fork(), "fork");
  if (process_ != 0) return;
  // Only system calls from here on: the parent may have threads.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  execv(argv[0], argv.data());
  _exit(127);
}

void NameServer::send_signal(int number) const {
  checked(kill(process_, number), "kill");
}

bool NameServer::wait_until_ready(const std::string& ready_name, dns::RrType ready_type) {
  const auto deadline = Clock::now() + longest_start;
  while (Clock::now() < deadline) {
    const auto outcome = ask(Engine::cares, impatient({address()}), ready_name, ready_type);
    if (outcome && !outcome->rrset.empty()) return true;
    if (waitpid(process_, nullptr, WNOHANG) == process_) {
      process_ = -1;
      return false;
    }
    poll(nullptr, 0, between_looks_ms);
  }
  return false;
}

void NameServer::stop() {
  if (process_ < 0) return;
  kill(process_, SIGTERM);
  const auto deadline = Clock::now() + longest_stop;
  while (waitpid(process_, nullptr, WNOHANG) != process_) {
    if (Clock::now() > deadline) kill(process_, SIGKILL);
    poll(nullptr, 0, between_looks_ms);
  }
  process_ = -1;
}

// ---- knotd

Authority::Authority() {
  for (const std::string zone : {"signed", "plain"}) write_file(zone + ".zone", zone_file);
  start(knotd, {"-c"}, "signed.test");
}

std::string Authority::configuration() const {
  return fmt::format(R"(server:
    rundir: "{0}"
    listen: 127.0.0.1@{1}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: "{0}"
log:
  - target: stderr
    any: info
policy:
  - id: one-key
    single-type-signing: on
template:
  - id: default
    storage: "{0}"
zone:
  - domain: signed.test
    file: signed.zone
    dnssec-signing: on
    dnssec-policy: one-key
  - domain: plain.test
    file: plain.zone
)",
                     folder().string(), port());
}

std::string Authority::trust_anchor(bool right) const {
  std::string key = ask(Engine::cares, impatient({address()}), "signed.test", dns::RrType::dnskey)
                        .value()
                        .rrset.at(0)
                        .rdata;
  if (!right) key.back() = static_cast<char>(key.back() ^ 1);
  return fmt::format("signed.test. IN DNSKEY \\# {} {}", key.size(), to_hex(key));
}

// ---- unbound

std::string NameServer::unbound_configuration(
    const std::string& more, const std::map<std::string, std::string>& stubs) const {
  // The zone test is answered by unbound itself unless it is told not to.
  std::string text = fmt::format(R"(server:
  interface: 127.0.0.1
  port: {1}
  do-daemonize: no
  use-syslog: no
  logfile: ""
  username: ""
  chroot: ""
  directory: "{0}"
  pidfile: ""
  do-ip6: no
  do-not-query-localhost: no
  local-zone: "test." nodefault
  local-data: "ready.test. DNSKEY 257 3 13 AAAA"
{2}remote-control:
  control-enable: no
)",
                                 folder().string(), port(), more);
  for (const auto& [zone, address] : stubs)
    text += fmt::format("stub-zone:\n  name: \"{}\"\n  stub-addr: {}\n", zone, address);
  return text;
}

RecursiveServer::RecursiveServer(const Authority& authority, Validation validation)
    : authority_(authority), validation_(validation) {
  // With the wrong anchor nothing of signed.test is ever answered.
  start(unbound, {"-d", "-c"},
        validation == Validation::wrong_anchor ? "ready.test" : "signed.test");
}

std::string RecursiveServer::configuration() const {
  const bool validates = validation_ != Validation::none;
  const std::string anchor =
      validates ? fmt::format("  trust-anchor: \"{}\"\n",
                              authority_.trust_anchor(validation_ == Validation::right_anchor))
                : "";
  const std::string stub = fmt::format("127.0.0.1@{}", authority_.port());
  return unbound_configuration(fmt::format("  ede: yes\n  module-config: \"{}iterator\"\n{}",
                                           validates ? "validator " : "", anchor),
                               {{"signed.test", stub}, {"plain.test", stub}});
}

}  // namespace persist::integration
