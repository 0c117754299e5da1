#include "record/ca_profile.h"

#include <algorithm>

#include "base/ascii.h"

namespace persist::record {
namespace {

/// Boulder takes the bit that many took for the critical one, and compares octet by octet. It reads
/// a list of methods up to its own, and its DNS library lets RDATA end after any field.
CaaRules boulder_caa_rules() {
  return {.critical_bits = 0x80 | 0x01,
          .known_tags = {"issue", "issuewild", "iodef", "issuemail", "issuevmc"},
          .folds_issuer_case = false,
          .folds_parameter_tags = false,
          .tags_are_labels = false,
          .reads_whole_lists = false,
          .takes_short_rdata = true,
          .needs_top_level = true};
}

/// Boulder, as Let's Encrypt runs it: what its DNS library hands over is escaped text, Go's integer
/// parser takes a sign, Go's clock wraps, and Go's zero time means "no limit".
ReadingRules boulder_rules() {
  return {.text = JudgedText::escaped,
          .issuer_final_dot = FinalDot::accepted,
          .empty_rest_is_parameter = true,
          .checks_tags = false,
          .persist_until = {.allows_plus = true,
                            .wraps_above = 9'223'371'974'719'179'007,
                            .means_no_limit = -62'135'596'800},
          .caa = boulder_caa_rules()};
}

/// Pebble behind `-dnsserver`: the issuer is compared octet by octet, no tag may repeat.
ReadingRules pebble_rules() {
  return {.text = JudgedText::escaped,
          .folds_issuer_case = false,
          .issuer_final_dot = FinalDot::other_issuer,
          .empty_rest_is_parameter = true,
          .checks_tags = false,
          .refuses_duplicate_unknown = true,
          .persist_until = {.allows_plus = true, .wraps_above = 9'223'371'974'719'179'007},
          .caa = {.is_checked = false}};
}

/// A CA that implements only method 22 of the Baseline Requirements, modelled on DigiCert's open
/// library.
ReadingRules br_only_rules() {
  return {.white_space = WhiteSpace::java,
          .strips_outer_quotes = true,
          .empty_rest_is_parameter = true,
          .folds_tag_case = false,
          .knows_policy = false,
          .persist_until = {.allows_plus = true, .least = 0, .greatest = 31'556'889'864'403'199},
          .caa = {.honours_parameters_from = caa_parameters_day}};
}

CaProfile lets_encrypt(std::string id, std::string title, const std::string& host,
                       std::string sister, Offer offers, std::string evidence) {
  const std::string origin = "https://" + host;
  return {.id = std::move(id),
          .title = std::move(title),
          .directory_url = origin + "/directory",
          .issuer_domain_names = {"letsencrypt.org"},
          .account_url_prefix = origin + "/acme/acct/",
          .sister = std::move(sister),
          .offers = offers,
          .long_name_error = AcmeError::dns,
          .reading = boulder_rules(),
          .wording = Wording::boulder,
          .evidence = std::move(evidence),
          .as_of = "2026-11-21"};
}

std::vector<CaProfile> make_profiles() {
  return {
      lets_encrypt("letsencrypt", "Let's Encrypt", "acme-v02.api.letsencrypt.org",
                   "letsencrypt-staging", Offer::staging_only,
                   "on staging since April 2026; no evidence of production use"),
      lets_encrypt("letsencrypt-staging", "Let's Encrypt (staging)",
                   "acme-staging-v02.api.letsencrypt.org", "letsencrypt", Offer::yes,
                   "issued by an independent end-to-end test on 2026-08-25"),
      {.id = "google",
       .title = "Google Trust Services",
       .directory_url = "https://dv.acme-v02.api.pki.goog/directory",
       .issuer_domain_names = {"pki.goog"},
       .account_url_prefix = "https://dv.acme-v02.api.pki.goog/account/",
       .offers = Offer::yes,
       .evidence = "its release notes of September 2026; how it reads odd records is not known",
       .as_of = "2026-11-21"},
      {.id = "pebble",
       .title = "Pebble (test CA)",
       .directory_url = "https://localhost:14000/dir",
       .issuer_domain_names = {"pebble.letsencrypt.org"},
       .account_url_prefix = "https://localhost:14000/my-account/",
       .offers = Offer::yes,
       .nxdomain_error = AcmeError::unauthorized,
       .lookup_error = AcmeError::unauthorized,
       .long_name_error = AcmeError::unauthorized,
       .reading = pebble_rules(),
       .wording = Wording::pebble,
       .evidence = "version 2.10.1 with -dnsserver, run",
       .as_of = "2026-11-22"},
      {.id = "strict-01",
       .title = "the draft to the letter, account URL in clear (-00, -01)",
       .dialect_is_certain = true,
       .evidence = "draft-ietf-acme-dns-persist-01",
       .as_of = "2026-03-24"},
      {.id = "strict-02",
       .title = "the draft to the letter, hashed account (-02)",
       .dialect = Dialect::draft_02,
       .dialect_is_certain = true,
       .evidence = "draft-ietf-acme-dns-persist-02",
       .as_of = "2026-09-20"},
      {.id = "br-only",
       .title = "a CA with method 22 of the Baseline Requirements alone",
       .dialect_is_certain = true,
       .reading = br_only_rules(),
       .evidence = "TLS Baseline Requirements 2.2.6 section 3.2.2.4.22; DigiCert's open library",
       .as_of = "2026-06-26"},
  };
}

const CaProfile* find_if(bool (*matches)(const CaProfile&, std::string_view),
                         std::string_view key) {
  for (const CaProfile& profile : built_in_profiles()) {
    if (matches(profile, key)) return &profile;
  }
  return nullptr;
}

}  // namespace

std::string_view to_text(Dialect dialect) {
  return dialect == Dialect::draft_01 ? "01" : "02";
}

std::string_view to_text(AcmeError error) {
  switch (error) {
    case AcmeError::unauthorized:
      return "unauthorized";
    case AcmeError::malformed:
      return "malformed";
    case AcmeError::dns:
      return "dns";
    case AcmeError::caa:
      return "caa";
  }
  return "";
}

std::string_view to_text(Offer offer) {
  switch (offer) {
    case Offer::yes:
      return "yes";
    case Offer::no:
      return "no";
    case Offer::staging_only:
      return "staging";
    case Offer::unknown:
      return "unknown";
  }
  return "";
}

const std::vector<CaProfile>& built_in_profiles() {
  static const std::vector<CaProfile> profiles = make_profiles();
  return profiles;
}

bool is_same_issuer(std::string_view issuer, std::string_view name, const ReadingRules& rules) {
  const bool forgets_dot = rules.issuer_final_dot != FinalDot::other_issuer;
  if (forgets_dot && !issuer.empty() && issuer.back() == '.') issuer.remove_suffix(1);
  return rules.folds_issuer_case ? equals_ignoring_case(name, issuer) : name == issuer;
}

bool answers_to(const CaProfile& ca, std::string_view issuer) {
  const auto& names = ca.issuer_domain_names;
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return is_same_issuer(issuer, name, ca.reading);
  });
}

const CaProfile* find_profile(std::string_view id) {
  return find_if([](const CaProfile& p, std::string_view key) { return p.id == key; }, id);
}

const CaProfile* find_profile_by_directory(std::string_view url) {
  return find_if(
      [](const CaProfile& p, std::string_view key) {
        return !p.directory_url.empty() && p.directory_url == key;
      },
      url);
}

const CaProfile* find_profile_by_account(std::string_view account_url) {
  return find_if(
      [](const CaProfile& p, std::string_view key) {
        return !p.account_url_prefix.empty() &&
               key.substr(0, p.account_url_prefix.size()) == p.account_url_prefix;
      },
      account_url);
}

}  // namespace persist::record
