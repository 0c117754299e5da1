#include <fmt/format.h>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/permitted.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::string message(const Subject& subject, const Anatomy& record,
                    const survey::Permitted* permitted) {
  const std::string_view found = record.find(record::accounturi_tag)->value;
  const record::Account& account = subject.required.account;
  if (subject.ca->dialect == record::Dialect::draft_02) {
    return fmt::format(
        "the hash in accounturi is not one of account {}: it fits none of the known keys ({}), "
        "neither "
        "with the name {} nor with *",
        quote(account.url), account.thumbprints.size(), record.judgement->validated_fqdn.text());
  }
  const std::string label = permitted == nullptr || permitted->label.empty()
                                ? ""
                                : fmt::format(" ({} of the list)", escape(permitted->label));
  return fmt::format("accounturi is another account, {}{}, expected {}", quote(found), label,
                     quote(account.url));
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  const bool authorized = subject.evaluation.outcome == record::Outcome::authorized;
  // Beside a record that authorises, a list decides who else may stand there.
  if (authorized && says_who(subject)) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.account_fault != AccountFault::other_account) return {};
    const survey::Permitted* const permitted = find_permitted(subject, record);
    if (authorized && permitted != nullptr) return {};
    Finding finding{.message = message(subject, record, permitted),
                    .span = record.value_span(*record.find(record::accounturi_tag))};
    // Nobody said who else may have a record.
    if (authorized) finding.severity = report::Severity::notice;
    return finding;
  });
}

}  // namespace

extern const Rule accounturi_other_account{
    .id = "DP310",
    .name = "accounturi-other-account",
    .level = Level::error,
    .title = "the record names another account",
    .rationale =
        "A record authorises the one account that it names, compared octet by octet. The account "
        "of this check is another one.",
    .remedy = "Publish a record that names this account, beside or in place of this one.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3, and 9.3.1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/9"}},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
