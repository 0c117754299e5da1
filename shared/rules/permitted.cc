#include "rules/permitted.h"

#include <algorithm>

#include "base/ascii.h"
#include "rules/account_fault.h"

namespace persist::rules {
namespace {

bool answers_to(const survey::Permitted& permitted, const Anatomy& record) {
  const auto& names = permitted.issuer_domain_names;
  return std::any_of(names.begin(), names.end(), [&](const record::DomainName& name) {
    return equals_ignoring_case(name.text(), record.issuer);
  });
}

bool may_name(const survey::Permitted& permitted, const Anatomy& record) {
  const record::Piece* const accounturi = record.find(record::accounturi_tag);
  if (accounturi == nullptr) return false;
  const auto& name = record.judgement->validated_fqdn;
  if (names_account(accounturi->value, permitted.account, permitted.account_hash_prefix, name))
    return true;
  const std::string& prefix = permitted.account_hash_prefix;
  return !permitted.account.keys_complete && !prefix.empty() &&
         accounturi->value.substr(0, prefix.size()) == prefix;
}

}  // namespace

bool says_who(const survey::Subject& subject) {
  return subject.entry != nullptr && !subject.permitted.empty();
}

bool permits_issuer(const survey::Subject& subject, const Anatomy& record) {
  return std::any_of(
      subject.permitted.begin(), subject.permitted.end(),
      [&](const survey::Permitted& permitted) { return answers_to(permitted, record); });
}

const survey::Permitted* find_permitted(const survey::Subject& subject, const Anatomy& record) {
  const auto at = std::find_if(
      subject.permitted.begin(), subject.permitted.end(), [&](const survey::Permitted& permitted) {
        return answers_to(permitted, record) && may_name(permitted, record);
      });
  return at == subject.permitted.end() ? nullptr : &*at;
}

bool has_own_check(const survey::Subject& subject, const Anatomy& record) {
  const auto& checked = subject.entry->accounts;
  return std::any_of(
      subject.permitted.begin(), subject.permitted.end(), [&](const survey::Permitted& permitted) {
        return answers_to(permitted, record) &&
               std::find(checked.begin(), checked.end(), permitted.label) != checked.end();
      });
}

bool is_alive(const survey::Subject& subject, const Anatomy& record) {
  const auto& read = record.judgement->record;
  return read && !read->issuer_domain_name.empty() &&
         (!read->persist_until || subject.now <= *read->persist_until);
}

}  // namespace persist::rules
