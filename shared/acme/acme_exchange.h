#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "acme/directory.h"
#include "acme/fetch_error.h"
#include "acme/http_client.h"
#include "acme/timer.h"

namespace persist::acme {

/// What every request to one ACME server shares: the deadline, nonces, waiting when told to.
///
/// An answer that reaches the caller has a status of 2xx or 4xx to 5xx. Answers 429 and 503 with a
/// Retry-After are waited for, three times in all and never past the deadline.
class AcmeExchange {
 public:
  AcmeExchange(HttpClient& http, Timer& timer, std::chrono::steady_clock::time_point deadline);

  /// Fetches and reads the directory, all of whose URLs must be on the same host.
  /// Errors: no_answer, redirected, unexpected_status, refused, must_wait, bad_content,
  /// other_origin. Source: RFC 8555 section 7.1.1.
  Expected<Directory, FetchError> fetch_directory(const std::string& url);

  /// The body of a signed request for this nonce.
  using Sign = std::function<Expected<std::string, KeyError>(const std::string& nonce)>;

  /// Posts what `sign` makes with a fresh nonce; after `badNonce` again, three times at most.
  /// Errors: those of a GET, nonce_missing, nonce_malformed, nonce_refused, cannot_sign. Source:
  /// RFC 8555 section 6.5.
  Expected<HttpResponse, FetchError> post(const std::string& url, const std::string& new_nonce_url,
                                          const Sign& sign);

 private:
  Expected<HttpResponse, FetchError> send_once(HttpRequest request);
  Expected<HttpResponse, FetchError> send(const HttpRequest& request);
  Expected<bool, FetchError> wait_as_told(const std::string& url, const HttpResponse& response);
  Expected<std::string, FetchError> take_nonce(const std::string& new_nonce_url);

  HttpClient& http_;
  Timer& timer_;
  std::chrono::steady_clock::time_point deadline_;
  std::optional<std::string> nonce_;  ///< of the last answer, not used yet
  int waits_ = 0;
};

/// What an answer that was not hoped for says: `refused` with its problem document, else
/// `unexpected_status` with its body.
FetchError unexpected(const std::string& url, const HttpResponse& response);

}  // namespace persist::acme
