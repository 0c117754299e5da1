#include "integration/tls_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cstdlib>
#include <utility>

namespace persist::integration {
namespace {

constexpr int look_every_ms = 20;

/// Until the headers, and as many octets behind them as they say, are there; empty if the client
/// goes before.
std::string read_request(SSL* tls) {
  constexpr std::string_view end = "\r\n\r\n";
  constexpr std::string_view length_header = "Content-Length: ";
  std::string request;
  for (;;) {
    const auto at = request.find(end);
    if (at != std::string::npos) {
      const auto length = request.find(length_header);
      const std::size_t body =
          length < at ? std::strtoul(request.c_str() + length + length_header.size(), nullptr, 10)
                      : 0;
      if (request.size() >= at + end.size() + body) return request;
    }
    std::array<char, 4096> part{};
    const int size = SSL_read(tls, part.data(), static_cast<int>(part.size()));
    if (size <= 0) return {};
    request.append(part.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace

bool TlsConnection::write(std::string_view octets) {
  return octets.empty() || SSL_write(tls_, octets.data(), static_cast<int>(octets.size())) > 0;
}

void TlsConnection::keep_silent() {
  std::array<char, 1> octet{};
  while (SSL_read(tls_, octet.data(), 1) > 0) {
  }
}

TlsServer::TlsServer(const Certificate& certificate, Answer answer)
    : answer_(std::move(answer)),
      context_(SSL_CTX_new(TLS_server_method())),
      listener_(checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")) {
  checked(SSL_CTX_use_certificate(context_, certificate.certificate.get()) - 1, "certificate");
  checked(SSL_CTX_use_PrivateKey(context_, certificate.key.get()) - 1, "key");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  checked(bind(listener_.get(), any, length), "bind");
  checked(getsockname(listener_.get(), any, &length), "getsockname");
  checked(listen(listener_.get(), 16), "listen");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

TlsServer::~TlsServer() {
  stop_ = true;
  thread_.join();
  SSL_CTX_free(context_);
}

std::string TlsServer::url(const std::string& path) const {
  return "https://127.0.0.1:" + std::to_string(port_) + path;
}

void TlsServer::serve() {
  while (!stop_) {
    pollfd waiting{.fd = listener_.get(), .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, look_every_ms) <= 0) continue;
    const FileDescriptor accepted(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!accepted.is_open()) continue;
    ++connections_;
    serve_one(accepted.get());
  }
}

void TlsServer::serve_one(int accepted) {
  SSL* const tls = SSL_new(context_);
  SSL_set_fd(tls, accepted);
  if (SSL_accept(tls) == 1) {
    const std::string request = read_request(tls);
    TlsConnection connection(tls);
    if (!request.empty()) answer_(request, connection);
    SSL_shutdown(tls);
  }
  SSL_free(tls);
}

}  // namespace persist::integration
