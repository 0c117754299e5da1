#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace persist::rules {

/// Why an accounturi is not the one that the CA wants; one fault at most, so that one mistake gives
/// one finding.
enum class AccountFault {
  none,               ///< nothing, or damage that other rules speak of
  other_account,      ///< of any CA, or a hash that fits no key of the account
  other_environment,  ///< staging for production, or the reverse
  number_only,        ///< the last part of the account URL
  directory_url,
  thumbprint,
  legacy_acmev1,  ///< `/acme/reg/N`
  not_canonical,  ///< the right one, spelt differently
  clear_text,     ///< the account URL where a hash is wanted
  hashed,         ///< a hash where the account URL is wanted
  hash_format,
  hash_alg,
  hash_wrong_domain,  ///< made with another name
};
/// What is wrong with the accounturi of a record that looks meant for us but does not authorise.
AccountFault find_fault_of_account(const Subject& subject, const Anatomy& record);

/// What the CA wants to see in a record at the place of `record`: the account URL, or the hash made
/// with the current key, or `prefix + hash` in words where the key is not known.
std::string expected_accounturi(const Subject& subject, const Anatomy& record);

/// The same between quotation marks; `the account URL` in words where no account is known.
std::string quoted_accounturi(const Subject& subject, const Anatomy& record);

/// `accounturi is a key thumbprint "...", expected "..."` for each record with `fault`; `what` is
/// `a key thumbprint`.
std::vector<Finding> find_account_fault(const Subject& subject, std::span<const Anatomy> records,
                                        AccountFault fault, std::string_view what);

/// Where `found` and `expected` first differ.
std::size_t first_difference(std::string_view found, std::string_view expected);

/// The hash in an accounturi of dialect 02: what follows `prefix`, or without that the last two
/// segments.
std::string_view hash_part(std::string_view accounturi, std::string_view prefix);

/// True if `accounturi` names `account` in either dialect.
bool names_account(std::string_view accounturi, const record::Account& account,
                   std::string_view account_hash_prefix, const record::DomainName& validated_fqdn);

/// The only accounturi of the record; null if it has none, or more than one.
const record::Piece* only_accounturi(const Anatomy& record);

}  // namespace persist::rules
