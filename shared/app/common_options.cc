#include "app/common_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/sha2.h"
#include "dns/system_servers.h"
#include "record/explain.h"

namespace persist::app {
namespace {

using Problem = std::optional<std::string>;

constexpr std::size_t most_issuers = 10;
constexpr std::size_t longest_bare_number = 10;

bool is_uri_text(std::string_view text) {
  return contains(text, ":") && std::all_of(text.begin(), text.end(), [](char c) {
           return c >= 0x21 && c <= 0x7E && c != ';';
         });
}

Problem take_uri(std::string_view value, std::string& into) {
  if (!is_uri_text(value)) return quote(value) + " is no absolute URL";
  into = value;
  return {};
}

Problem take_ca(std::string_view value, std::string& into) {
  if (record::find_profile(value) == nullptr) {
    std::string known;
    for (const record::CaProfile& profile : record::built_in_profiles()) {
      known += (known.empty() ? "" : ", ") + profile.id;
    }
    return fmt::format("unknown CA {} (known: {})", quote(value), known);
  }
  into = value;
  return {};
}

Problem take_directory(std::string_view value, std::string& into) {
  if (value.substr(0, 8) != "https://" || !is_uri_text(value)) {
    return quote(value) + " is no https:// URL";
  }
  into = value;
  return {};
}

Problem take_dialect(std::string_view value, std::optional<record::Dialect>& into) {
  if (value == "00" || value == "01")
    into = record::Dialect::draft_01;
  else if (value == "02")
    into = record::Dialect::draft_02;
  else
    return quote(value) + " is no dialect (00, 01 or 02)";
  return {};
}

Problem take_issuer(std::string_view value, std::vector<record::DomainName>& into) {
  auto name = record::DomainName::parse(value);
  if (!name) return record::explain(name.error(), value);
  if (into.size() == most_issuers) return "more than 10 issuers";
  into.push_back(*std::move(name));
  return {};
}

Problem take_thumbprint(std::string_view value, std::vector<std::string>& into) {
  const bool well_formed =
      value.size() == 43 && std::all_of(value.begin(), value.end(), [](char c) {
        return is_alphanumeric(c) || c == '-' || c == '_';
      });
  if (!well_formed) return quote(value) + " is no thumbprint (43 characters of base64url)";
  into.emplace_back(value);
  return {};
}

Problem take_hash_alg(std::string_view value, std::vector<std::string>& into) {
  if (digest_size_octets(value) == 0) return quote(value) + " is not sha-256, sha-384 or sha-512";
  into.emplace_back(value);
  return {};
}

Problem take_resolver(std::string_view value, std::vector<dns::ServerAddress>& into) {
  const auto address = dns::parse_server_address(value);
  if (!address) return quote(value) + " is no ADDRESS[:PORT]";
  into.push_back(*address);
  return {};
}

Problem take_now(std::string_view value, std::optional<UnixTime>& into) {
  into = parse_time(value);
  if (!into) return quote(value) + " is neither Unix seconds nor an RFC 3339 time";
  return {};
}

}  // namespace

std::optional<std::string> missing_unit(std::string_view text) {
  const bool plus = text.substr(0, 1) == "+";
  const std::string_view digits = text.substr(plus ? 1 : 0);
  if (digits.empty() || digits.size() > longest_bare_number ||
      !std::all_of(digits.begin(), digits.end(), is_digit)) {
    return {};
  }
  return fmt::format("{} has no unit: write {}d for days, or s, m, h, w", quote(text), text);
}

std::optional<std::string> parse_bounded(std::string_view text, std::chrono::seconds least,
                                         std::chrono::seconds most, std::chrono::seconds& result) {
  if (auto problem = missing_unit(text)) return problem;
  const auto duration = parse_duration(text);
  if (!duration || *duration < least || *duration > most) {
    return fmt::format("{} is no duration from {} to {} (90s, 15m, 30d)", quote(text),
                       persist::to_text(least), persist::to_text(most));
  }
  result = *duration;
  return {};
}

std::vector<OptionRow> common_option_rows(CommonOptions& o) {
  return {
      {"ca", "ID", "CA by name: letsencrypt, letsencrypt-staging, google, pebble, ...",
       [&o](std::string_view v) { return take_ca(v, o.ca); }},
      {"directory", "URL", "CA by its ACME directory",
       [&o](std::string_view v) { return take_directory(v, o.directory); }},
      {"server", "URL", "the same as --directory",
       [&o](std::string_view v) { return take_directory(v, o.directory); }, false, true, true, '\0',
       "directory"},
      {"dialect", "01|02", "account URL in clear (drafts -00, -01) or hashed (-02)",
       [&o](std::string_view v) { return take_dialect(v, o.dialect); }},
      {"issuer", "NAME", "issuer-domain-name of the CA",
       [&o](std::string_view v) { return take_issuer(v, o.issuers); }, true},
      {"account-url", "URL", "URL of the ACME account",
       [&o](std::string_view v) { return take_uri(v, o.account_url); }},
      {"thumbprint", "TEXT", "key thumbprint, the current key first; these are all the keys",
       [&o](std::string_view v) { return take_thumbprint(v, o.thumbprints); }, true},
      {"account-hash-prefix", "URL", "accountHashPrefix of the CA (dialect 02)",
       [&o](std::string_view v) { return take_uri(v, o.account_hash_prefix); }},
      {"hash-alg", "NAME", "hash algorithm that the CA takes (dialect 02)",
       [&o](std::string_view v) { return take_hash_alg(v, o.hash_algs); }, true},
      {"climb-parents", "", "the CA also looks at parent names for a wildcard record",
       [&o](std::string_view) {
         o.climb_parents = true;
         return Problem();
       },
       false, false},
      {"no-caa", "", "leave CAA out: the verdict is on the record alone",
       [&o](std::string_view) {
         o.no_caa = true;
         return Problem();
       }},
      {"resolver", "ADDR[:PORT]", "ask this resolver instead of those of /etc/resolv.conf",
       [&o](std::string_view v) { return take_resolver(v, o.resolvers); }, true},
      {"now", "TIME", "judge as at this time: Unix seconds or RFC 3339",
       [&o](std::string_view v) { return take_now(v, o.now); }, false, false, false},
      {"warn-before", "DURATION", "warn when the record ends within this time (default 30d)",
       [&o](std::string_view v) {
         return parse_bounded(v, std::chrono::seconds{0}, std::chrono::hours{24 * 3650},
                              o.warn_before.emplace());
       }},
  };
}

namespace {

/// A rule set without a directory stands for any CA.
bool may_be(const record::CaProfile& ca, const record::CaProfile& other) {
  return ca.directory_url.empty() || ca.directory_url == other.directory_url;
}

/// Of options that name different CAs of the table, one would count and nobody knows which.
std::optional<UsageError> find_contradiction(const CommonOptions& options) {
  const record::CaProfile* const of_directory =
      record::find_profile_by_directory(options.directory);
  const record::CaProfile* const named = record::find_profile(options.ca);
  if (named != nullptr && of_directory != nullptr && !may_be(*named, *of_directory)) {
    return UsageError{fmt::format("the CA {} contradicts the directory {}, which is that of {}",
                                  named->id, quote(options.directory), of_directory->id),
                      "give one of the two"};
  }
  const record::CaProfile* const ca = named == nullptr ? of_directory : named;
  if (ca == nullptr) return {};
  if (const auto* const other = find_other_ca(*ca, options.account_url)) {
    return UsageError{fmt::format("the CA {} contradicts the account {}, which is one of {}",
                                  ca->id, quote(options.account_url), other->id),
                      "give an account of this CA, or leave out the CA: the account tells it"};
  }
  return {};
}

Expected<record::CaProfile, UsageError> base_profile(const CommonOptions& options) {
  if (!options.ca.empty()) return *record::find_profile(options.ca);
  if (!options.directory.empty()) {
    if (const auto* known = record::find_profile_by_directory(options.directory)) return *known;
  } else if (const auto* known = record::find_profile_by_account(options.account_url)) {
    return *known;
  }
  if (options.issuers.empty()) {
    return Unexpected(UsageError{"which CA is not known",
                                 "give --ca, or --issuer and --dialect for a CA of your own"});
  }
  const auto dialect = options.dialect.value_or(record::Dialect::draft_01);
  record::CaProfile own =
      *record::find_profile(dialect == record::Dialect::draft_01 ? "strict-01" : "strict-02");
  own.dialect_is_certain = false;
  own.directory_url = options.directory;
  return own;
}

}  // namespace

const record::CaProfile* find_other_ca(const record::CaProfile& ca, std::string_view account_url) {
  const record::CaProfile* const owner = record::find_profile_by_account(account_url);
  return owner == nullptr || may_be(ca, *owner) ? nullptr : owner;
}

Expected<record::CaProfile, UsageError> make_nameless_profile(const CommonOptions& options) {
  if (auto contradiction = find_contradiction(options))
    return Unexpected(*std::move(contradiction));
  auto profile = base_profile(options);
  if (!profile) return profile;
  if (options.dialect) {
    profile->dialect = *options.dialect;
    profile->dialect_is_certain = true;
  }
  if (!options.issuers.empty()) {
    profile->issuer_domain_names.clear();
    for (const auto& name : options.issuers) profile->issuer_domain_names.push_back(name.text());
  }
  if (!options.account_hash_prefix.empty())
    profile->account_hash_prefix = options.account_hash_prefix;
  if (!options.hash_algs.empty()) profile->hash_algs = options.hash_algs;
  if (options.climb_parents) profile->climbs = true;
  if (options.no_caa) profile->reading.caa.is_checked = false;
  if (profile->dialect == record::Dialect::draft_02 && profile->account_hash_prefix.empty()) {
    return Unexpected(UsageError{"dialect 02 needs the CA's accountHashPrefix",
                                 "give it with --account-hash-prefix"});
  }
  return profile;
}

Expected<record::CaProfile, UsageError> make_profile(const CommonOptions& options) {
  auto profile = make_nameless_profile(options);
  if (!profile || !profile->issuer_domain_names.empty()) return profile;
  return Unexpected(
      UsageError{fmt::format("the issuer-domain-name of {} is not known", profile->id),
                 "give it with --issuer"});
}

Expected<std::vector<dns::ServerAddress>, UsageError> find_resolvers(
    const CommonOptions& options, const Environment& environment) {
  if (!options.resolvers.empty()) return options.resolvers;
  const std::string path = "/etc/resolv.conf";
  const auto text = environment.read_file(path);
  if (!text) return Unexpected(UsageError{text.error()});
  auto servers = dns::parse_resolv_conf(text->value_or(""));
  if (servers.empty()) {
    return Unexpected(UsageError{"no usable resolver: " + path + " has no nameserver line",
                                 "give one with --resolver"});
  }
  return servers;
}

}  // namespace persist::app
