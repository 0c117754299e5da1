#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/ca_profile.h"
#include "record/domain_name.h"

namespace persist::record {

enum class AccountStatus { valid, deactivated, revoked };

/// An account at a CA.
struct Account {
  std::string url;  ///< as in `Location`. Source: RFC 8555 section 7.3
  AccountStatus status = AccountStatus::valid;
  std::vector<std::string> thumbprints{};  ///< RFC 7638, SHA-256, base64url; current key first
  bool keys_complete = false;              ///< no key but these ever belonged to the account
  bool operator==(const Account&) const = default;
};

/// The name that every CA must accept in place of the domain: the record then fits any domain.
/// Source: draft-ietf-acme-dns-persist-02 section 4.1 item 3.
inline constexpr std::string_view star_name = "*";

/// `hash_alg "/" base64url(H(length of name | name | thumbprint | account URL))`: what follows the
/// accountHashPrefix in dialect 02. Empty for an algorithm that we do not know and for a name over
/// 255 octets. Source: draft-ietf-acme-dns-persist-02 section 4.1 item 3.
std::optional<std::string> account_hash(std::string_view hash_alg, std::string_view name,
                                        std::string_view thumbprint, std::string_view account_url);

/// The octets that are hashed there.
std::string account_hash_preimage(std::string_view name, std::string_view thumbprint,
                                  std::string_view account_url);

/// Why text is not a well-formed hash (`sha-256/<43 characters>`) under a CA that takes
/// `hash_algs`.
enum class HashFault { none, algorithm, format };
HashFault check_hash(std::string_view hash, const std::vector<std::string>& hash_algs);

/// Which of an account's keys and names a hash was made with.
struct HashMatch {
  std::size_t key = 0;  ///< 0: the current key
  bool star = false;    ///< made with the name `*`
};
/// Finds the key and name that `hash` fits; the current key is tried first, each with the name and
/// `*`.
std::optional<HashMatch> match_hash(std::string_view hash, const Account& account,
                                    const DomainName& validated_fqdn);

}  // namespace persist::record
