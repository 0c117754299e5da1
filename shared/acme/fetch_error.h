#pragma once

#include <optional>
#include <string>

#include "acme/http_client.h"
#include "acme/key_error.h"
#include "acme/problem.h"
#include "acme/protocol_error.h"
#include "base/unix_time.h"

namespace persist::acme {

/// Why a server could not be asked. None of these says anything of the account.
enum class FetchErrorCode {
  no_answer,           ///< `transport` says why
  redirected,          ///< `text` is the target; it is not followed
  unexpected_status,   ///< `text` is the body
  refused,             ///< with a problem document
  bad_content,         ///< `content` says what is wrong with the body
  other_origin,        ///< a URL in the directory leads to another host, `text`
  nonce_missing,       ///< no Replay-Nonce, or several
  nonce_malformed,     ///< `text` is no nonce
  nonce_refused,       ///< every new nonce was refused too
  must_wait,           ///< the server wants to be asked again after the deadline, or too often
  location_missing,    ///< no Location, or several
  location_malformed,  ///< `text` is no https:// URL of at most 2048 octets
  location_elsewhere,  ///< `text` has another origin than the directory
  account_created,     ///< the server says that it made an account, which it was asked not to do
  unknown_status,      ///< `text` is no status of an account
  cannot_sign,         ///< `key` says why
};

struct FetchError {
  FetchErrorCode code;
  std::string url;     ///< that was asked
  std::string text{};  ///< from the server, as it stands
  int status = 0;      ///< of HTTP, where there is one
  std::optional<HttpError> transport{};
  std::optional<Problem> problem{};
  std::optional<ProtocolError> content{};
  std::optional<KeyError> key{};
  std::optional<UnixTime> not_before{};  ///< when the server wants to be asked again
  bool operator==(const FetchError&) const = default;
};

/// One line for people, no capital, no full stop, text from outside escaped and cut.
std::string explain(const FetchError& error);

}  // namespace persist::acme
