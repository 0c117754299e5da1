#include "record/explain.h"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/unix_time.h"
#include "record/issue_value.h"

namespace persist::record {
namespace {

struct ReasonText {
  Reason reason;
  std::string_view sentence;  ///< what is wrong, without the values
  std::string_view remedy;
  std::string_view boulder;  ///< part of Boulder's error detail
  std::string_view pebble;   ///< part of Pebble's, where it differs
};

constexpr std::array<ReasonText, 30> texts{{
    {Reason::identifier_not_dns, "addresses cannot be validated by this method",
     "use another challenge type for IP addresses", "", ""},
    {Reason::name_too_long, "the name leaves no room for the label _validation-persist",
     "use another challenge type: a name over 233 octets cannot use this method",
     "server failure at resolver looking up", "dns: domain name exceeded 255 wire-format octets"},
    {Reason::dns_failure, "DNS gave no trustworthy answer",
     "try again; if it lasts, ask the name servers of the zone and check DNSSEC",
     "Retrieving TXT records for DNS-PERSIST-01 challenge: DNS problem",
     "Error retrieving TXT records for DNS-PERSIST-01 challenge"},
    {Reason::dns_suspicious, "the resolver itself calls its answer stale, filtered or forged",
     "ask another resolver, or the name servers of the zone", "", ""},
    {Reason::nxdomain, "the record is missing: the name does not exist (NXDOMAIN)",
     "publish the record", "NXDOMAIN looking up TXT",
     "Error retrieving TXT records for DNS-PERSIST-01 challenge"},
    {Reason::no_record, "the record is missing: the name exists, but has no TXT record",
     "publish the record", "No TXT record", "No TXT records found for DNS-PERSIST-01 challenge"},
    {Reason::issuer_mismatch, "it is not for this CA",
     "publish a record that begins with the CA's issuer-domain-name", "No valid TXT record",
     "No valid TXT record found for DNS-PERSIST-01 challenge"},
    {Reason::bad_issuer, "its issuer-domain-name is not well formed",
     "write the issuer-domain-name in lower case, without a final dot", "", ""},
    {Reason::empty_parameter, "it has an empty parameter",
     "remove the needless semicolon: none stands behind the last parameter, and no two in a row",
     "empty parameter or trailing semicolon", ""},
    {Reason::missing_equals, "it has a parameter without \"=\"",
     "write every parameter as tag=value", "should be tag=value pair", ""},
    {Reason::empty_tag, "it has a parameter without a tag", "write every parameter as tag=value",
     "empty tag", ""},
    {Reason::bad_tag, "it has a tag with an octet that no tag may have",
     "write tags with letters, digits and inner hyphens only", "", ""},
    {Reason::bad_value, "it has a value with an octet that no value may have",
     "remove blanks and everything that is not printable ASCII from the value", "malformed value",
     ""},
    {Reason::duplicate_parameter, "it has the same parameter twice", "keep one of the two",
     "duplicate parameter", ""},
    {Reason::accounturi_missing, "it has no accounturi", "add accounturi=<account URL>",
     "missing mandatory accounturi", "missing mandatory accountURI"},
    {Reason::accounturi_empty, "its accounturi is empty",
     "write the account URL behind accounturi=", "empty value provided for mandatory accounturi",
     ""},
    {Reason::persist_until_malformed, "its persistUntil is no whole number of seconds",
     "write persistUntil as Unix seconds, for example 1798761600",
     "malformed persistUntil timestamp", ""},
    {Reason::hash_prefix, "its accounturi does not begin with the CA's accountHashPrefix",
     "publish the hashed form that this CA wants", "", ""},
    {Reason::hash_alg, "its hash algorithm is not one that the CA takes", "use sha-256", "", ""},
    {Reason::hash_format, "its hash is not well formed",
     "generate the record again: prefix, algorithm, slash and 43 characters of base64url", "", ""},
    {Reason::account_deactivated, "the account is not valid any more",
     "use a valid account and publish its record", "Account has been deactivated", ""},
    {Reason::accounturi_mismatch, "it names another account",
     "publish the record for the account that asks, with its URL copied exactly",
     "accounturi mismatch", ""},
    {Reason::hash_mismatch, "its hash fits no known key of the account and this name",
     "generate the record again for this name and the current account key", "", ""},
    {Reason::policy_not_wildcard,
     "it lacks policy=wildcard, so it does not cover the wildcard name",
     "add policy=wildcard, or do not ask for the wildcard name", "policy mismatch", ""},
    {Reason::expired, "it has expired",
     "publish the record with a later persistUntil, or without one", "is after persistUntil", ""},
    {Reason::subdomain_not_authorized, "no record at a parent name authorises this one",
     "publish a record at the name itself, or policy=wildcard at the parent", "No TXT record", ""},
    {Reason::caa_forbids, "the CAA records do not permit this CA",
     "add a CAA record with the property issue for this CA, and remove critical ones that it does "
     "not know",
     "prevents issuance", ""},
    {Reason::caa_validationmethods, "the CAA records do not permit dns-persist-01",
     "add dns-persist-01 to validationmethods in the CAA record", "prevents issuance", ""},
    {Reason::caa_accounturi, "the CAA records do not permit this account",
     "write the account URL behind accounturi in the CAA record", "prevents issuance", ""},
    {Reason::caa_issuewild, "the CAA records do not permit this CA for wildcard names",
     "add a CAA record with the property issuewild for this CA", "prevents issuance", ""},
}};

constexpr bool rows_follow_the_enum() {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (static_cast<std::size_t>(texts[i].reason) != i) return false;
  }
  return true;
}
static_assert(rows_follow_the_enum());

const ReasonText& text_of(Reason reason) {
  return texts[static_cast<std::size_t>(reason)];
}

/// True if the CA sees escapes where other octets stand; people are shown the octets.
bool sees_escapes(const Judgement& judgement, const CaProfile& ca) {
  return ca.reading.text == JudgedText::escaped && needs_escape(judgement.found.text());
}

std::string issuer_of(const Judgement& judgement, const CaProfile& ca) {
  if (sees_escapes(judgement, ca)) {
    const std::string octets = judgement.found.text();
    return std::string(PieceReader(octets).issuer());
  }
  return judgement.record ? judgement.record->issuer_domain_name
                          : judgement.record.error().issuer_domain_name;
}

/// Of a record that can be read.
std::string accounturi_of(const Judgement& judgement, const CaProfile& ca) {
  if (!sees_escapes(judgement, ca)) return judgement.record->accounturi;
  const std::string octets = judgement.found.text();
  PieceReader pieces(octets);
  while (const auto piece = pieces.next()) {
    if (equals_ignoring_case(piece->tag, accounturi_tag)) return std::string(piece->value);
  }
  return judgement.record->accounturi;
}

std::string describe_issuer(const Judgement& judgement, const Circumstances& on) {
  const std::string issuer = issuer_of(judgement, on.ca);
  const std::string wanted = names_of(on.required.issuer_domain_names);
  if (issuer.empty())
    return wanted.empty()
               ? "it names no CA"
               : fmt::format("it names no CA: {} is expected before the first semicolon", wanted);
  const std::string found = quote_as_ascii(issuer, 80);
  return wanted.empty() ? fmt::format("its issuer {} is no domain name", found)
                        : fmt::format("its issuer is {}, not {}", found, wanted);
}

std::string describe_account(const Judgement& judgement, const Circumstances& on) {
  const std::string found = accounturi_of(judgement, on.ca);
  const std::string& wanted = on.required.account.url;
  const auto at = std::mismatch(found.begin(), found.end(), wanted.begin(), wanted.end()).first;
  return fmt::format("its account is {}, not {} (they differ from octet {} on)", quote(found),
                     quote(wanted), at - found.begin() + 1);
}

std::string describe_expiry(const Judgement& judgement, const Circumstances& on) {
  const auto until = judgement.record->persist_until.value_or(UnixTime{});
  return fmt::format("it expired: persistUntil={} was {}, now it is {}", until.seconds,
                     to_rfc3339(until), to_rfc3339(on.now));
}

std::string success(const PersistRecord& record) {
  return fmt::format(FMT_COMPILE("wildcard: {}; until: {}"), record.allows_wildcard ? "yes" : "no",
                     record.persist_until ? to_rfc3339(*record.persist_until) : "never");
}

std::string describe_refusal(Reason reason, const Judgement& judgement, const Circumstances& on) {
  switch (reason) {
    case Reason::issuer_mismatch:
      return describe_issuer(judgement, on);
    case Reason::accounturi_mismatch:
      return describe_account(judgement, on);
    case Reason::expired:
      return describe_expiry(judgement, on);
    default:
      break;
  }
  std::string text(text_of(reason).sentence);
  const bool has_place = !judgement.record && reason != Reason::accounturi_missing;
  if (has_place) text += fmt::format(" (octet {})", judgement.record.error().offset + 1);
  return text;
}

/// What is said of one record, as a sentence of its own.
std::string about_the_record(const std::string& text) {
  if (text.starts_with("it ")) return "the record " + text.substr(3);
  if (text.starts_with("its ")) return "the record's " + text.substr(4);
  return text;
}

/// Of several records, what decides.
std::string about_several(const Evaluation& evaluation, const Judgement& decisive,
                          const Circumstances& on) {
  const auto& judgements = evaluation.judgements;
  if (decisive.reason == Reason::issuer_mismatch) {
    return fmt::format("none of {} records is for {}", judgements.size(),
                       names_of(on.required.issuer_domain_names));
  }
  const auto ours = std::count_if(judgements.begin(), judgements.end(), [](const Judgement& other) {
    return other.reason != Reason::issuer_mismatch;
  });
  return fmt::format("none of {} records authorises; {} for this CA: {}", judgements.size(),
                     ours == 1 ? "the one" : fmt::format("one of {}", ours),
                     describe(decisive, on));
}

std::string_view sentence(NameErrorCode code) {
  switch (code) {
    case NameErrorCode::empty:
      return "it is empty";
    case NameErrorCode::too_long:
      return "it has more than 253 octets";
    case NameErrorCode::empty_label:
      return "it has an empty label";
    case NameErrorCode::label_too_long:
      return "it has a label of more than 63 octets";
    case NameErrorCode::bad_character:
      return "it has a character that no host name may have";
    case NameErrorCode::hyphen_at_edge:
      return "it has a label that begins or ends with a hyphen";
    case NameErrorCode::misplaced_star:
      return "a star may only be the whole first label (*.example.com)";
    case NameErrorCode::ip_address:
      return "addresses cannot be validated by this method";
    case NameErrorCode::not_idna:
      return "it is not an internationalised domain name (IDNA 2008)";
  }
  return "";
}

}  // namespace

std::string names_of(const std::vector<DomainName>& names) {
  std::string list;
  for (const DomainName& name : names) list += (list.empty() ? "" : " or ") + name.text();
  return list;
}

std::string explain(const NameError& error, std::string_view text) {
  const bool at_place =
      error.code == NameErrorCode::bad_character || error.code == NameErrorCode::empty_label ||
      error.code == NameErrorCode::label_too_long || error.code == NameErrorCode::hyphen_at_edge;
  return fmt::format("{} is no domain name: {}{}", quote(text, 300), sentence(error.code),
                     at_place ? fmt::format(" (octet {})", error.offset + 1) : "");
}

std::string describe(const Judgement& judgement, const Circumstances& circumstances) {
  if (judgement.reason) return describe_refusal(*judgement.reason, judgement, circumstances);
  return "it authorises (" + success(*judgement.record) + ")";
}

std::string describe(const Evaluation& evaluation, const Circumstances& circumstances) {
  for (const Judgement& judgement : evaluation.judgements) {
    if (evaluation.outcome == Outcome::authorized && !judgement.reason) {
      return success(*judgement.record);
    }
  }
  const Reason reason = evaluation.reason.value_or(Reason::dns_failure);
  std::string text;
  const bool unknown = evaluation.outcome == Outcome::unknown;
  const auto same = [&](const Judgement& judgement) {
    return judgement.reason == reason && judgement.open == unknown;
  };
  const auto decisive =
      std::find_if(evaluation.judgements.begin(), evaluation.judgements.end(), same);
  if (evaluation.judgements.size() == 1 && decisive != evaluation.judgements.end()) {
    text = about_the_record(describe(*decisive, circumstances));
  } else if (decisive != evaluation.judgements.end()) {
    text = about_several(evaluation, *decisive, circumstances);
  } else {
    text = text_of(reason).sentence;
  }
  if (!unknown || decisive == evaluation.judgements.end()) return text;
  return text + (reason == Reason::hash_mismatch
                     ? "; an earlier key of the account may fit"
                     : "; it names the account in the other dialect, and the CA may have moved on");
}

std::string_view remedy(Reason reason) {
  return text_of(reason).remedy;
}

std::string_view words_of_ca(Reason reason, const CaProfile& ca) {
  const ReasonText& text = text_of(reason);
  if (ca.wording == Wording::boulder) return text.boulder;
  if (ca.wording == Wording::none) return "";
  return text.pebble.empty() ? text.boulder : text.pebble;
}

}  // namespace persist::record
