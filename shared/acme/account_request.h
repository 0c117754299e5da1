#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "acme/account_key.h"
#include "acme/fetch_error.h"
#include "acme/http_client.h"
#include "acme/timer.h"
#include "record/account_binding.h"

namespace persist::acme {

enum class AccountOutcome {
  found,           ///< `account_url` and `status` are set
  does_not_exist,  ///< no account at this server has the key
  not_usable,      ///< the server refuses what the key signs, as for an account that was closed
};

/// What a server says of the account of a key: an answer, whatever it is.
struct AccountAnswer {
  AccountOutcome outcome;
  std::string directory_url;
  std::string thumbprint;                         ///< of the key that was asked for
  std::string account_url{};                      ///< `Location`; the value for `accounturi`
  std::optional<record::AccountStatus> status{};  ///< valid, deactivated, revoked
  std::optional<Problem> problem{};               ///< where the server refused
  bool operator==(const AccountAnswer&) const = default;
};

/// True if the account can be used: found, and valid.
bool is_usable(const AccountAnswer& answer);

/// One line for people, no capital, no full stop, text from outside escaped.
std::string explain(const AccountAnswer& answer);

struct AccountQuestion {
  std::string directory_url;
  std::chrono::steady_clock::time_point deadline;  ///< for all requests together
};

/// Asks a server which account has the key, and in what state it is; creates none.
///
/// Directory, nonce, one newAccount with `onlyReturnExisting`, one POST-as-GET of the account.
/// Errors: all of FetchErrorCode. Source: RFC 8555 sections 7.1.2, 7.3.1, 7.3.3 and 7.3.6.
Expected<AccountAnswer, FetchError> look_up_account(HttpClient& http, Timer& timer,
                                                    const AccountKey& key,
                                                    const AccountQuestion& question);

/// Says what is wrong if an account URL cannot belong to the server of a directory: they are on
/// different hosts, as staging and production are. Empty if nothing is.
std::optional<std::string> find_origin_mismatch(std::string_view account_url,
                                                std::string_view directory_url);

}  // namespace persist::acme
