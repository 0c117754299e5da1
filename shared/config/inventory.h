#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/location.h"
#include "base/unix_time.h"
#include "record/account_binding.h"
#include "record/ca_profile.h"
#include "record/identifier.h"

namespace persist::config {

/// An account that the list declares under a name of its own.
struct NamedAccount {
  std::string name;
  std::string ca;  ///< id of a built-in profile or of one declared in the list
  record::Account account;
  bool compromised = false;  ///< any record that still names it is an error
  Location location{};
};

/// Everything that stands before `domains`.
struct Settings {
  std::string default_ca{};
  std::vector<std::string> default_accounts{};
  std::chrono::seconds warn_before{30 * 86'400};
  std::map<std::string, record::CaProfile> cas{};  ///< declared in the list, by id
  std::map<std::string, NamedAccount> accounts{};  ///< by name
  std::vector<std::string>
      alias_targets{};  ///< names, or `.suffix`: name-cname is silent for these

  /// By id: declared in the list, else built in; null if there is none.
  const record::CaProfile* find_ca(const std::string& id) const;
};

enum class EntryState {
  active,
  planned,  ///< a missing record is a notice
  retired,  ///< a record that remains is an error
};

/// What the owner wants of persistUntil.
struct PersistUntilWish {
  enum class Kind { any, required, forbidden, at_most } kind = Kind::any;
  std::chrono::seconds at_most{};  ///< for at_most: from now
};

/// A finding that the owner accepts, for a time.
struct Ignore {
  std::string rule;                 ///< id, `DP402`, or name
  std::optional<UnixTime> until{};  ///< the last second that it covers; a date covers its whole day
  std::string reason{};
  Location location{};
};

/// One entry of `domains`.
struct DomainEntry {
  record::Identifier identifier;
  bool also_wildcard = false;  ///< `wildcard: true` beside a plain name: both are wanted
  std::vector<std::string>
      accounts{};  ///< names of accounts, every one must be authorised; empty: the defaults
  std::vector<std::string> also_permitted{};
  EntryState state = EntryState::active;
  PersistUntilWish persist_until{};
  std::optional<UnixTime> next_renewal{};
  std::optional<std::chrono::seconds> renew_every{};
  std::map<std::string, std::string> labels{};
  std::vector<Ignore> ignores{};
  bool written_as_ulabel = false;  ///< the list has non-ASCII characters here
  Location location{};             ///< of the name
};

}  // namespace persist::config
