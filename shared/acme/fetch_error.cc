#include "acme/fetch_error.h"

#include <fmt/format.h>

#include <string_view>

#include "base/escape.h"

namespace persist::acme {
namespace {

using Code = FetchErrorCode;

/// {url}, {text}, {status}, {transport}, {problem}, {content}, {key} and {time} are filled in.
std::string_view sentence(Code code) {
  switch (code) {
    case Code::no_answer:
      return "{transport}";
    case Code::redirected:
      return "{url} sends on to {text} (HTTP {status}), which is not followed";
    case Code::unexpected_status:
      return "{url} answers with HTTP {status} and {text}";
    case Code::refused:
      return "{url} refuses with HTTP {status}: {problem}";
    case Code::bad_content:
      return "{url} gives no answer that can be read: {content}";
    case Code::other_origin:
      return "{url} leads to another host, {text}";
    case Code::nonce_missing:
      return "{url} gives no Replay-Nonce, or more than one";
    case Code::nonce_malformed:
      return "{url} gives the Replay-Nonce {text}, which is none";
    case Code::nonce_refused:
      return "{url} refuses every nonce that the server itself gave";
    case Code::must_wait:
      return "{url} answers with HTTP {status} and wants to be asked again at {time}";
    case Code::location_missing:
      return "{url} gives no Location, or more than one";
    case Code::location_malformed:
      return "{url} gives the account URL {text}, which is no https:// URL of at most 2048 octets";
    case Code::location_elsewhere:
      return "{url} gives the account URL {text}, which is on another host";
    case Code::account_created:
      return "{url} says that it made an account (HTTP 201), which it was asked not to do";
    case Code::unknown_status:
      return "{url} gives the account the status {text}, which RFC 8555 does not know";
    case Code::cannot_sign:
      return "the request to {url} cannot be signed: {key}";
  }
  return "";
}

}  // namespace

std::string explain(const FetchError& error) {
  constexpr std::size_t longest_text = 200;
  const auto text_of = [](const auto& part) { return part ? explain(*part) : std::string(); };
  return fmt::format(
      fmt::runtime(sentence(error.code)), fmt::arg("url", escape(error.url)),
      fmt::arg("text", quote(error.text, longest_text)), fmt::arg("status", error.status),
      fmt::arg("transport", text_of(error.transport)), fmt::arg("problem", text_of(error.problem)),
      fmt::arg("content", text_of(error.content)), fmt::arg("key", text_of(error.key)),
      fmt::arg("time", error.not_before ? to_rfc3339(*error.not_before) : std::string()));
}

}  // namespace persist::acme
