#pragma once

#include <string>
#include <vector>

#include "app/verdict.h"
#include "base/expected.h"
#include "hook/cli.h"
#include "record/ca_profile.h"
#include "record/identifier.h"

namespace persist::hook {

/// The CA, the account and the identifiers that a call is about. Not movable: the account request
/// points to the profile.
struct Request {
  Request() = default;
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  record::CaProfile ca{};
  app::AccountRequest account{};
  std::vector<record::Identifier> identifiers{};
  std::vector<record::Identifier> open_identifiers{};  ///< they, or their wildcard names, or both
};

/// `flag`, `variable`, `settings file` or the client that told it; empty where no account is given.
std::string source_of_account(const Options& options);

/// False if only a variable names the account, or a client's file that others may write: whoever
/// may do that could have somebody else's account authorised, so nothing to publish is proposed.
bool account_is_proven(const Options& options);

/// Reads the names: `--wildcard` adds the wildcard name beside a plain one, `--no-wildcard` refuses
/// one.
Expected<std::vector<record::Identifier>, app::UsageError> read_identifiers(const Options& options);

/// Fills `request`; empty if all is there, else what is missing.
std::optional<app::UsageError> read_request(const Options& options, Request& request);

}  // namespace persist::hook
