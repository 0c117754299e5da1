#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace persist::acme {

enum class HttpMethod { get, head, post };

struct HttpRequest {
  HttpMethod method;
  std::string url;
  std::chrono::steady_clock::time_point deadline;  ///< for everything, from the look-up of the host
  std::string content_type{};                      ///< of a POST
  std::string body{};                              ///< of a POST
  std::size_t largest_body_octets = 65'536;        ///< of the answer
};

struct HttpHeader {
  std::string name;  ///< as received; compare without regard to case
  std::string value;
  bool operator==(const HttpHeader&) const = default;
};

/// A complete answer, whatever its status: redirects too are answers, and are not followed.
struct HttpResponse {
  int status;
  std::vector<HttpHeader> headers{};
  std::string body{};

  /// The value of the header if exactly one has this name; null if none or several have.
  const std::string* find(std::string_view name) const;
  bool operator==(const HttpResponse&) const = default;
};

/// Why there is no complete answer.
enum class HttpErrorCode {
  bad_url,           ///< no URL to which requests go; nothing was sent
  bad_ca_file,       ///< the file of trusted CAs cannot be read; nothing was sent
  host_not_found,    ///< the look-up of the host, or of the proxy, failed
  cannot_connect,    ///< no connection, or the proxy made none
  tls_unknown_ca,    ///< the certificate leads to no CA that is trusted here
  tls_self_signed,   ///< the certificate is signed by itself
  tls_expired,       ///< the certificate, or one above it, is no longer valid
  tls_not_yet,       ///< not valid yet: the clock here may be wrong
  tls_wrong_name,    ///< the certificate is for another host
  tls_failed,        ///< no common TLS version, a damaged handshake, any other refusal
  timed_out,         ///< the deadline passed
  body_too_large,    ///< more than `largest_body_octets`
  header_too_large,  ///< more than `largest_header_octets`
  broken_answer,     ///< no HTTP, or the connection ended early
};

/// Most octets of status line and headers, of all answers to one request together.
inline constexpr std::size_t largest_header_octets = 65'536;

struct HttpError {
  HttpErrorCode code;
  std::string url;       ///< that was asked
  std::string detail{};  ///< what the library says; text from outside
  bool operator==(const HttpError&) const = default;
};

/// One line for people, no capital, no full stop, text from outside escaped.
std::string explain(const HttpError& error);

/// What a client is made with.
struct HttpSettings {
  std::string user_agent;  ///< RFC 8555 section 6.1 demands one
  std::string ca_file{};   ///< PEM; trusted beside the system's CAs; empty: those alone
  bool proxy_from_environment = false;  ///< obey https_proxy, all_proxy and no_proxy
};

/// Sends one request and gives the answer; keeps nothing that the server says between requests.
class HttpClient {
 public:
  HttpClient() = default;
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  virtual ~HttpClient() = default;
  virtual Expected<HttpResponse, HttpError> send(const HttpRequest& request) = 0;
};

}  // namespace persist::acme
