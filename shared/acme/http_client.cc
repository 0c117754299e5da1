#include "acme/http_client.h"

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/escape.h"

namespace persist::acme {
namespace {

using Code = HttpErrorCode;

std::string_view sentence(Code code) {
  switch (code) {
    case Code::bad_url:
      return "it is no https:// URL with a host and without a user name";
    case Code::bad_ca_file:
      return "the file of trusted CAs cannot be read";
    case Code::host_not_found:
      return "its host is not found";
    case Code::cannot_connect:
      return "no connection";
    case Code::tls_unknown_ca:
      return "its certificate leads to no CA that is trusted here";
    case Code::tls_self_signed:
      return "its certificate is signed by itself, not by a CA that is trusted here";
    case Code::tls_expired:
      return "its certificate has expired, or the clock here is fast";
    case Code::tls_not_yet:
      return "its certificate is not valid yet, or the clock here is slow";
    case Code::tls_wrong_name:
      return "its certificate is for another host";
    case Code::tls_failed:
      return "TLS failed";
    case Code::timed_out:
      return "no complete answer in time";
    case Code::body_too_large:
      return "its answer is too large";
    case Code::header_too_large:
      return "the headers of its answer are too large";
    case Code::broken_answer:
      return "its answer is no HTTP, or ended early";
  }
  return "";
}

}  // namespace

const std::string* HttpResponse::find(std::string_view name) const {
  const std::string* found = nullptr;
  for (const HttpHeader& header : headers) {
    if (!equals_ignoring_case(header.name, name)) continue;
    if (found != nullptr) return nullptr;
    found = &header.value;
  }
  return found;
}

std::string explain(const HttpError& error) {
  constexpr std::size_t longest_detail = 200;
  return fmt::format(
      "{}: {}{}", escape(error.url), sentence(error.code),
      error.detail.empty() ? "" : fmt::format(" ({})", escape(error.detail, longest_detail)));
}

}  // namespace persist::acme
