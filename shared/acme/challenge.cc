#include "acme/challenge.h"

#include <array>
#include <optional>
#include <utility>

#include "acme/json_value.h"
#include "record/generate.h"

namespace persist::acme {
namespace {

using Code = ProtocolErrorCode;
using record::Dialect;

constexpr std::string_view method = "dns-persist-01";
constexpr std::string_view accounturi_member = "accounturi";
constexpr std::array<std::pair<std::string_view, ChallengeStatus>, 4> statuses{{
    {"pending", ChallengeStatus::pending},
    {"processing", ChallengeStatus::processing},
    {"valid", ChallengeStatus::valid},
    {"invalid", ChallengeStatus::invalid},
}};

Unexpected<ProtocolError> fault(Code code, std::string_view member, std::string_view value = {}) {
  return Unexpected(
      ProtocolError{.code = code, .member = std::string(member), .value = std::string(value)});
}

Expected<ChallengeStatus, ProtocolError> read_status(const JsonValue& document) {
  const auto text = read_text(document, "status");
  if (!text) return Unexpected(text.error());
  for (const auto& [word, status] : statuses) {
    if (*text == word) return status;
  }
  return fault(Code::unknown_status, "status", *text);
}

Expected<std::string, ProtocolError> check_accounturi(std::string_view uri, std::string_view from) {
  if (record::find_uri_fault(uri)) return fault(Code::accounturi_not_expressible, from, uri);
  return std::string(uri);
}

Expected<std::string, ProtocolError> read_accounturi(const JsonValue& document) {
  const JsonValue* value = document.find(accounturi_member);
  if (value == nullptr) return fault(Code::accounturi_missing, accounturi_member);
  if (value->kind != JsonKind::text) return fault(Code::accounturi_wrong_type, accounturi_member);
  return check_accounturi(value->text, accounturi_member);
}

Expected<Offer, ChallengeError> offer_draft_01(const Challenge& challenge,
                                               std::string_view account_url) {
  if (!challenge.hyphenated_issuers) return Unexpected(challenge.hyphenated_issuers.error());
  Offer offer{.dialect = Dialect::draft_01, .issuer_domain_names = *challenge.hyphenated_issuers};
  auto accounturi = challenge.accounturi;
  if (!accounturi && accounturi.error().code == Code::accounturi_missing) {
    offer.notes.push_back(OfferNote::account_url_assumed);
    accounturi = check_accounturi(account_url, "the account URL");
  } else if (accounturi && *accounturi != account_url) {
    offer.notes.push_back(OfferNote::accounturi_differs);
  }
  if (!accounturi) return Unexpected(accounturi.error());
  offer.accounturi = *std::move(accounturi);
  return offer;
}

/// The names of the directory are among those of the challenge, and these among caaIdentities.
std::optional<ProtocolError> compare_names(const std::vector<record::DomainName>& issuers,
                                           const Directory& directory) {
  const auto& advertised = directory.issuer_domain_names;
  const auto* absent = advertised ? find_absent(*advertised, issuers) : nullptr;
  if (absent != nullptr) {
    return ProtocolError{.code = Code::directory_not_subset,
                         .member = std::string(camel_case_list),
                         .value = absent->text()};
  }
  const auto& identities = directory.caa_identities;
  absent = identities ? find_absent(issuers, *identities) : nullptr;
  if (absent == nullptr) return {};
  return ProtocolError{.code = Code::not_in_caaidentities,
                       .member = std::string(camel_case_list),
                       .value = absent->text()};
}

Expected<Offer, ChallengeError> offer_draft_02(const Challenge& challenge,
                                               const Directory& directory) {
  const IssuerList& issuers = challenge.camel_case_issuers;
  if (!issuers) return Unexpected(issuers.error());
  if (auto error = compare_names(*issuers, directory)) return Unexpected(*std::move(error));
  const auto& prefix = directory.account_hash_prefix;
  if (!prefix) return Unexpected(prefix.error());
  Offer offer{.dialect = Dialect::draft_02,
              .issuer_domain_names = *issuers,
              .account_hash_prefix = *prefix};
  if (challenge.accounturi) offer.notes.push_back(OfferNote::accounturi_ignored);
  return offer;
}

}  // namespace

Expected<Challenge, ChallengeError> parse_challenge(std::string_view json) {
  const auto document = parse_document(json);
  if (!document) return Unexpected(document.error());
  const auto type = read_text(*document, "type");
  if (!type) return Unexpected(type.error());
  if (*type != method) return fault(Code::not_dns_persist, "type", *type);
  auto url = read_https_url(*document, "url");
  if (!url) return Unexpected(url.error());
  const auto status = read_status(*document);
  if (!status) return Unexpected(status.error());
  return Challenge{.url = *std::move(url),
                   .status = *status,
                   .accounturi = read_accounturi(*document),
                   .hyphenated_issuers = read_issuer_list(*document, hyphenated_list),
                   .camel_case_issuers = read_issuer_list(*document, camel_case_list)};
}

std::string_view to_text(OfferNote note) {
  switch (note) {
    case OfferNote::account_url_assumed:
      return "the challenge gives no accounturi: publish the account URL";
    case OfferNote::accounturi_differs:
      return "accounturi differs from the account URL: publish what the challenge gives, and make "
             "sure that both are the same account";
    case OfferNote::accounturi_ignored:
      return "the challenge gives an accounturi, which draft -02 does not know: publish the hash";
  }
  return "";
}

Expected<Offer, ChallengeError> check_challenge(const Challenge& challenge,
                                                const Directory& directory,
                                                std::string_view account_url) {
  const bool is_draft_02 = is_present(challenge.camel_case_issuers) || speaks_draft_02(directory);
  return is_draft_02 ? offer_draft_02(challenge, directory)
                     : offer_draft_01(challenge, account_url);
}

}  // namespace persist::acme
