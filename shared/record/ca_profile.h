#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/reading_rules.h"

namespace persist::record {

/// Which rule set gives accounturi its meaning.
enum class Dialect {
  draft_01,  ///< drafts -00 and -01: the account URL in clear
  draft_02,  ///< draft -02: a hash over domain, account key and account URL
};
std::string_view to_text(Dialect dialect);  ///< `01` or `02`

/// ACME error types that a refused validation ends in. Source: RFC 8555 section 6.7, RFC 8657
/// section 4.
enum class AcmeError { unauthorized, malformed, dns, caa };
std::string_view to_text(AcmeError error);  ///< `unauthorized`, ...

/// Whether a CA offers dns-persist-01, by what is known.
enum class Offer { yes, no, staging_only, unknown };
std::string_view to_text(Offer offer);

/// Whose words an error text of the CA is given in.
enum class Wording { none, boulder, pebble };

/// What is known of one CA: a row of data. Nothing outside this table asks which CA it is.
struct CaProfile {
  std::string id;
  std::string title;
  std::string directory_url{};
  std::vector<std::string> issuer_domain_names{};
  Dialect dialect = Dialect::draft_01;
  bool dialect_is_certain =
      false;  ///< a strict rule set, or said by the owner: not guessed from a table
  std::string account_url_prefix{};  ///< begin of its account URLs; empty if not known
  std::string sister{};              ///< id of the same CA's other environment
  Offer offers = Offer::unknown;
  bool climbs = false;  ///< looks at parents for a wildcard record
  AcmeError nxdomain_error = AcmeError::dns;
  AcmeError lookup_error = AcmeError::dns;
  AcmeError long_name_error = AcmeError::malformed;
  ReadingRules reading{};
  Wording wording = Wording::none;
  std::string account_hash_prefix{};  ///< dialect 02
  std::vector<std::string> hash_algs = {"sha-256"};
  std::string evidence{};  ///< what the row rests on
  std::string as_of{};     ///< date of the evidence, `2026-11-22`
};

/// Built-in profiles, in a fixed order.
const std::vector<CaProfile>& built_in_profiles();

/// True if `issuer` in a record is `name` to a CA that reads by `rules`.
bool is_same_issuer(std::string_view issuer, std::string_view name, const ReadingRules& rules);

/// True if the CA takes a record with this issuer for its own.
bool answers_to(const CaProfile& ca, std::string_view issuer);

/// By id; null if there is none.
const CaProfile* find_profile(std::string_view id);

/// The built-in CA that runs the directory at `url`; null if there is none.
const CaProfile* find_profile_by_directory(std::string_view url);

/// The built-in CA whose account URLs begin like `account_url`; null if there is none.
const CaProfile* find_profile_by_account(std::string_view account_url);

}  // namespace persist::record
