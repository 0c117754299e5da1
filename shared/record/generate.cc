#include "record/generate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "record/issue_value.h"

namespace persist::record {
namespace {

constexpr std::size_t longest_string_octets = 255;
/// Nobody plans beyond the year 5138: such a number is a time in milliseconds, or has no calendar
/// date.
constexpr UnixTime looks_like_milliseconds{100'000'000'000};

bool may_stand_in_uri(char c) {
  return c >= 0x21 && c <= 0x7E && c != ';';
}

/// `scheme:rest`. Source: RFC 3986 section 3.1.
bool is_absolute_uri(std::string_view uri) {
  const auto colon = uri.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == uri.size()) return false;
  const std::string_view scheme = uri.substr(0, colon);
  return !is_digit(scheme[0]) && is_alphanumeric(scheme[0]) &&
         std::all_of(scheme.begin(), scheme.end(),
                     [](char c) { return is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; });
}

std::optional<GenerateError> check_uri(std::string_view uri, GenerateErrorCode code) {
  const auto offset = find_uri_fault(uri);
  if (!offset) return {};
  return GenerateError{code, *offset};
}

std::optional<GenerateError> check_time(std::optional<UnixTime> persist_until, UnixTime now) {
  if (!persist_until) return {};
  if (*persist_until <= now) return GenerateError{GenerateErrorCode::persist_until_past};
  if (*persist_until >= looks_like_milliseconds) {
    return GenerateError{GenerateErrorCode::persist_until_too_far};
  }
  return {};
}

Expected<std::string, GenerateError> make_accounturi(const Requirement& required,
                                                     const CaProfile& ca, const RecordWish& wish) {
  const Account& account = required.account;
  if (const auto error = check_uri(account.url, GenerateErrorCode::bad_accounturi)) {
    return Unexpected(*error);
  }
  if (ca.dialect == Dialect::draft_01) return account.url;
  const std::string& prefix = required.account_hash_prefix;
  if (const auto error = check_uri(prefix + "x", GenerateErrorCode::bad_hash_prefix)) {
    return Unexpected(*error);
  }
  if (account.thumbprints.empty())
    return Unexpected(GenerateError{GenerateErrorCode::no_thumbprint});
  const std::string_view name =
      wish.for_any_domain ? star_name : std::string_view(required.identifier.name.text());
  // sha-256 is mandatory on both sides, and nothing negotiates another.
  return prefix + account_hash("sha-256", name, account.thumbprints.front(), account.url).value();
}

/// The judgement of the CA and that of the draft to the letter.
std::optional<GenerateError> prove(const Publication& made, const Requirement& required,
                                   const CaProfile& ca, const RecordWish& wish, UnixTime now) {
  Requirement wanted = required;
  wanted.identifier.wildcard = wanted.identifier.wildcard || wish.wildcard;
  if (wanted.hash_algs.empty()) wanted.hash_algs = {"sha-256"};
  const std::vector<NameAnswer> answers{
      {.validated_fqdn = required.identifier.name,
       .outcome = DnsOutcome::answered,
       .rrset = {{.character_strings = to_character_strings(made.value)}}}};
  const CaProfile* strict =
      find_profile(ca.dialect == Dialect::draft_01 ? "strict-01" : "strict-02");
  for (const CaProfile* judge : {&ca, strict}) {
    const Evaluation evaluation = evaluate(answers, wanted, *judge, now);
    if (evaluation.outcome == Outcome::authorized) continue;
    return GenerateError{.code = GenerateErrorCode::not_authorized, .reason = evaluation.reason};
  }
  return {};
}

}  // namespace

std::optional<std::size_t> find_uri_fault(std::string_view uri) {
  const auto bad = std::find_if_not(uri.begin(), uri.end(), may_stand_in_uri);
  if (bad != uri.end()) return static_cast<std::size_t>(bad - uri.begin());
  if (!is_absolute_uri(uri)) return 0;
  return {};
}

std::string to_issue_value(const PersistRecord& record) {
  std::string value =
      fmt::format("{}; {}={}", record.issuer_domain_name, accounturi_tag, record.accounturi);
  if (record.allows_wildcard) value += fmt::format("; {}={}", policy_tag, wildcard_policy);
  if (record.persist_until) {
    value += fmt::format("; {}={}", persist_until_tag, record.persist_until->seconds);
  }
  return value;
}

std::vector<std::string> to_character_strings(std::string_view text) {
  std::vector<std::string> strings;
  do {
    strings.emplace_back(text.substr(0, longest_string_octets));
    text.remove_prefix(strings.back().size());
  } while (!text.empty());
  return strings;
}

std::string to_zone_strings(const std::vector<std::string>& character_strings) {
  std::string text;
  for (const std::string& part : character_strings) {
    if (!text.empty()) text += ' ';
    text += '"' + to_escaped_text(part) + '"';
  }
  return text;
}

std::string to_zone_line(const DomainName& owner, std::chrono::seconds ttl, std::string_view text) {
  return fmt::format("{}. {} IN TXT {}", owner.text(), ttl.count(),
                     to_zone_strings(to_character_strings(text)));
}

std::string explain(const GenerateError& error) {
  switch (error.code) {
    case GenerateErrorCode::name_too_long:
      return "the name leaves no room for _validation-persist. (at most 233 octets)";
    case GenerateErrorCode::no_issuer:
      return "the CA's issuer-domain-name is not known";
    case GenerateErrorCode::bad_issuer:
      return "the issuer-domain-name is not in the grammar of RFC 8659";
    case GenerateErrorCode::bad_accounturi:
      return fmt::format("the account URL is no absolute URI that can stand in a record (octet {})",
                         error.offset + 1);
    case GenerateErrorCode::bad_hash_prefix:
      return fmt::format(
          "the accountHashPrefix is no absolute URI that can stand in a record (octet {})",
          error.offset + 1);
    case GenerateErrorCode::no_thumbprint:
      return "dialect 02 hashes the account key: its thumbprint is needed";
    case GenerateErrorCode::persist_until_past:
      return "persistUntil is not in the future";
    case GenerateErrorCode::persist_until_too_far:
      return "persistUntil is too far away; it is given in seconds, not milliseconds";
    case GenerateErrorCode::not_authorized:
      return fmt::format("the CA would refuse the record ({})",
                         error.reason ? to_code(*error.reason) : "no reason");
  }
  return "";
}

Expected<Publication, GenerateError> generate(const Requirement& required, const CaProfile& ca,
                                              const RecordWish& wish, UnixTime now) {
  auto owner = validation_domain_name(required.identifier.name);
  if (!owner) return Unexpected(GenerateError{GenerateErrorCode::name_too_long});
  if (required.issuer_domain_names.empty()) {
    return Unexpected(GenerateError{GenerateErrorCode::no_issuer});
  }
  const std::string& issuer = required.issuer_domain_names.front().text();
  if (!is_issuer_domain_name(issuer))
    return Unexpected(GenerateError{GenerateErrorCode::bad_issuer});
  if (const auto error = check_time(wish.persist_until, now)) return Unexpected(*error);
  const auto accounturi = make_accounturi(required, ca, wish);
  if (!accounturi) return Unexpected(accounturi.error());
  Publication made{.owner = *std::move(owner),
                   .value = to_issue_value({.issuer_domain_name = issuer,
                                            .accounturi = *accounturi,
                                            .allows_wildcard = wish.wildcard,
                                            .persist_until = wish.persist_until})};
  if (const auto error = prove(made, required, ca, wish, now)) return Unexpected(*error);
  return made;
}

}  // namespace persist::record
