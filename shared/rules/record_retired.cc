#include <fmt/format.h>
#include <algorithm>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/permitted.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

void retire(Subject& subject) {
  static const config::DomainEntry entry{
      .identifier = {.name = record::DomainName::parse("example.com").value()},
      .state = config::EntryState::retired};
  subject.entry = &entry;
}

std::vector<Finding> find_retired(const Subject& subject, std::span<const Anatomy> records) {
  if (subject.entry == nullptr || subject.entry->state != config::EntryState::retired) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (!record.looks_meant_for_us && !is_alive(subject, record)) return {};
    return Finding{
        .message = fmt::format("{} is retired, but a record for {} remains",
                               subject.required.identifier.text(), quote_as_ascii(record.issuer)),
        .span = record.whole()};
  });
}

/// True if the record names the account that is checked.
bool names_required(const Subject& subject, const Anatomy& record, std::string_view accounturi) {
  return subject.compromised_account &&
         names_account(accounturi, subject.required.account, subject.required.account_hash_prefix,
                       record.judgement->validated_fqdn);
}

/// True if the list calls an account compromised that the record names.
bool names_compromised(const Subject& subject, const Anatomy& record) {
  const record::Piece* const piece = record.find(record::accounturi_tag);
  if (piece == nullptr || piece->value.empty()) return false;
  if (names_required(subject, record, piece->value)) return true;
  if (subject.settings == nullptr) return false;
  const auto& accounts = subject.settings->accounts;
  return std::any_of(accounts.begin(), accounts.end(), [&](const auto& row) {
    const config::NamedAccount& named = row.second;
    if (!named.compromised) return false;
    const record::CaProfile* const ca = subject.settings->find_ca(named.ca);
    return names_account(piece->value, named.account, ca == nullptr ? "" : ca->account_hash_prefix,
                         record.judgement->validated_fqdn);
  });
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  std::vector<Finding> findings = find_retired(subject, records);
  for (const Anatomy& record : records) {
    if (!names_compromised(subject, record)) continue;
    // No span: this stays an error where another record authorises.
    findings.push_back(
        {.message = fmt::format("a record names account {}, which the list calls compromised",
                                quote(record.find(record::accounturi_tag)->value))});
  }
  return findings;
}

}  // namespace

extern const Rule record_retired{
    .id = "DP334",
    .name = "record-retired",
    .level = Level::error,
    .title = "a record remains that the list wants gone",
    .rationale =
        "A record goes on to authorise its account as long as it stands. The list says that the "
        "name is retired, or that the account is compromised.",
    .remedy = "Remove the record, and deactivate the account if it is compromised.",
    .citation = "draft-ietf-acme-dns-persist-02, section 7.11; RFC 8555, section 7.3.6",
    .example = {.good = {},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .arrange = retire,
                .note = "The list says state: retired."},
    .check = check,
};

}  // namespace persist::rules
