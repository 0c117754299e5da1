#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "integration/file_descriptor.h"
#include "integration/test_certificate.h"

namespace persist::integration {

/// The server's end of one connection.
class TlsConnection {
 public:
  explicit TlsConnection(SSL* tls) : tls_(tls) {}
  /// False once the client has gone.
  bool write(std::string_view octets);
  /// Waits until the client goes or the server stops.
  void keep_silent();

 private:
  SSL* tls_;
};

/// An HTTPS server of our own on a port of 127.0.0.1, one connection at a time, one request a
/// connection; stopped by its destructor.
class TlsServer {
 public:
  /// Answers a request, which is given whole: first line, headers, body.
  using Answer = std::function<void(const std::string& request, TlsConnection& connection)>;

  TlsServer(const Certificate& certificate, Answer answer);
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  /// `https://127.0.0.1:port` and the path.
  std::string url(const std::string& path = "/directory") const;
  int connections() const { return connections_; }

 private:
  void serve();
  void serve_one(int accepted);

  Answer answer_;
  SSL_CTX* context_;
  FileDescriptor listener_;
  int port_ = 0;
  std::atomic<bool> stop_ = false;
  std::atomic<int> connections_ = 0;
  std::thread thread_;
};

}  // namespace persist::integration
