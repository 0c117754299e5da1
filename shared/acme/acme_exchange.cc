#include "acme/acme_exchange.h"

#include <array>
#include <utility>

#include "acme/https_url.h"
#include "acme/retry_after.h"
#include "acme/signed_request.h"

namespace persist::acme {
namespace {

using Code = FetchErrorCode;

constexpr int most_waits = 3;
constexpr int most_nonce_refusals = 3;

bool is_bad_nonce(const HttpResponse& response) {
  if (response.status < 400) return false;
  const auto problem = parse_problem(response.body);
  return problem && is_acme_error(*problem, "badNonce");
}

/// The nonce of the answer, if it gives one that can be used.
std::optional<std::string> nonce_of(const HttpResponse& response) {
  const std::string* const nonce = response.find("Replay-Nonce");
  return nonce != nullptr && is_nonce(*nonce) ? std::optional(*nonce) : std::nullopt;
}

}  // namespace

FetchError unexpected(const std::string& url, const HttpResponse& response) {
  FetchError error{.code = Code::unexpected_status, .url = url, .status = response.status};
  auto problem = parse_problem(response.body);
  if (response.status >= 400 && problem) {
    error.code = Code::refused;
    error.problem = *std::move(problem);
  } else {
    error.text = response.body;
  }
  return error;
}

AcmeExchange::AcmeExchange(HttpClient& http, Timer& timer,
                           std::chrono::steady_clock::time_point deadline)
    : http_(http), timer_(timer), deadline_(deadline) {
}

Expected<HttpResponse, FetchError> AcmeExchange::send_once(HttpRequest request) {
  request.deadline = deadline_;
  auto response = http_.send(request);
  if (!response) {
    return Unexpected(FetchError{
        .code = Code::no_answer, .url = request.url, .transport = std::move(response.error())});
  }
  if (response->status / 100 == 3) {
    const std::string* const target = response->find("Location");
    return Unexpected(FetchError{.code = Code::redirected,
                                 .url = request.url,
                                 .text = target == nullptr ? "" : *target,
                                 .status = response->status});
  }
  return std::move(*response);
}

Expected<bool, FetchError> AcmeExchange::wait_as_told(const std::string& url,
                                                      const HttpResponse& response) {
  if (response.status != 429 && response.status != 503) return false;
  const std::string* const header = response.find("Retry-After");
  if (header == nullptr) return false;
  const UnixTime now = timer_.wall_clock();
  const auto wait = parse_retry_after(*header, now);
  if (!wait) return false;
  if (waits_ == most_waits || *wait >= deadline_ - timer_.now()) {
    FetchError error = unexpected(url, response);
    error.code = Code::must_wait;
    error.not_before = add(now, *wait);
    return Unexpected(std::move(error));
  }
  ++waits_;
  timer_.sleep_for(*wait);
  return true;
}

Expected<HttpResponse, FetchError> AcmeExchange::send(const HttpRequest& request) {
  for (;;) {
    auto response = send_once(request);
    if (!response) return response;
    const auto waited = wait_as_told(request.url, *response);
    if (!waited) return Unexpected(waited.error());
    if (!*waited) return response;
  }
}

Expected<std::string, FetchError> AcmeExchange::take_nonce(const std::string& new_nonce_url) {
  if (nonce_) return *std::exchange(nonce_, {});
  const auto response =
      send({.method = HttpMethod::head, .url = new_nonce_url, .deadline = deadline_});
  if (!response) return Unexpected(response.error());
  if (response->status != 200 && response->status != 204) {
    return Unexpected(unexpected(new_nonce_url, *response));
  }
  if (auto nonce = nonce_of(*response)) return *std::move(nonce);
  const std::string* const header = response->find("Replay-Nonce");
  return Unexpected(
      FetchError{.code = header == nullptr ? Code::nonce_missing : Code::nonce_malformed,
                 .url = new_nonce_url,
                 .text = header == nullptr ? "" : *header,
                 .status = response->status});
}

Expected<HttpResponse, FetchError> AcmeExchange::post(const std::string& url,
                                                      const std::string& new_nonce_url,
                                                      const Sign& sign) {
  for (int refusals = 0;;) {
    const auto nonce = take_nonce(new_nonce_url);
    if (!nonce) return Unexpected(nonce.error());
    const auto body = sign(*nonce);
    if (!body) {
      return Unexpected(FetchError{.code = Code::cannot_sign, .url = url, .key = body.error()});
    }
    auto response = send_once({.method = HttpMethod::post,
                               .url = url,
                               .deadline = deadline_,
                               .content_type = std::string(signed_content_type),
                               .body = *body});
    if (!response) return response;
    nonce_ = nonce_of(*response);
    if (is_bad_nonce(*response)) {
      if (refusals++ < most_nonce_refusals) continue;
      FetchError error = unexpected(url, *response);
      error.code = Code::nonce_refused;
      return Unexpected(std::move(error));
    }
    const auto waited = wait_as_told(url, *response);
    if (!waited) return Unexpected(waited.error());
    if (!*waited) return response;
  }
}

Expected<Directory, FetchError> AcmeExchange::fetch_directory(const std::string& url) {
  const auto response = send({.method = HttpMethod::get, .url = url, .deadline = deadline_});
  if (!response) return Unexpected(response.error());
  if (response->status != 200) return Unexpected(unexpected(url, *response));
  auto directory = parse_directory(response->body);
  if (!directory) {
    return Unexpected(FetchError{
        .code = Code::bad_content, .url = url, .status = 200, .content = directory.error()});
  }
  const std::string origin = origin_of(url);
  for (const std::string* member :
       std::array{&directory->new_nonce, &directory->new_account, &directory->new_order}) {
    if (origin_of(*member) == origin) continue;
    return Unexpected(
        FetchError{.code = Code::other_origin, .url = url, .text = *member, .status = 200});
  }
  return *std::move(directory);
}

}  // namespace persist::acme
