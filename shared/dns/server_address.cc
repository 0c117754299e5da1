#include <arpa/inet.h>

#include <charconv>
#include <cstring>

#include "base/ascii.h"
#include "dns/answer.h"

namespace persist::dns {
namespace {

constexpr std::uint16_t dns_port = 53;

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc{} || stop != end || port == 0) return {};
  return port;
}

std::optional<ServerAddress> parse_host(std::string_view host, std::uint16_t port) {
  ServerAddress server{.port = port};
  const std::string text(host);
  if (text.size() != std::strlen(text.c_str())) return {};
  server.is_ipv6 = contains(host, ":");
  const int family = server.is_ipv6 ? AF_INET6 : AF_INET;
  if (inet_pton(family, text.c_str(), server.address.data()) != 1) return {};
  return server;
}

}  // namespace

bool ServerAddress::is_loopback() const {
  if (!is_ipv6) return address[0] == 127;
  std::array<std::uint8_t, 16> loopback{};
  loopback.back() = 1;
  return address == loopback;
}

std::optional<ServerAddress> parse_server_address(std::string_view text) {
  std::string_view host = text;
  std::string_view port;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return {};
    host = text.substr(1, close - 1);
    port = text.substr(close + 1);
    if (!contains(host, ":")) return {};
  } else if (const auto colon = text.find(':');
             colon == text.rfind(':') && colon != std::string_view::npos) {
    host = text.substr(0, colon);
    port = text.substr(colon);
  }
  if (port.empty()) return parse_host(host, dns_port);
  if (port.front() != ':') return {};
  const auto number = parse_port(port.substr(1));
  if (!number) return {};
  return parse_host(host, *number);
}

std::string to_text(const ServerAddress& server) {
  std::array<char, INET6_ADDRSTRLEN> host{};
  inet_ntop(server.is_ipv6 ? AF_INET6 : AF_INET, server.address.data(), host.data(), host.size());
  std::string text(host.data());
  if (server.port == dns_port) return text;
  if (server.is_ipv6) text = "[" + text + "]";
  return text + ":" + std::to_string(server.port);
}

}  // namespace persist::dns
