#include "rules/hash_name.h"

#include <vector>

#include "record/persist_record.h"
#include "rules/account_fault.h"

namespace persist::rules {
namespace {

/// Names that people hash by mistake, in the order of likelihood.
std::vector<std::string> likely_names(const Subject& subject, const record::DomainName& at) {
  const record::DomainName& asked = subject.required.identifier.name;
  std::vector<std::string> names{asked.text(), "*." + asked.text(), "*." + at.text(),
                                 std::string(record::validation_label) + "." + at.text()};
  for (const dns::Name& target : subject.lookup.chain) {
    names.push_back(target.to_text());
    if (const auto parent = target.parent()) names.push_back(parent->to_text());
  }
  for (auto parent = at.parent(); parent; parent = parent->parent())
    names.push_back(parent->text());
  names.push_back("www." + at.text());
  std::string upper = at.text();
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  names.push_back(std::move(upper));
  names.push_back(at.text() + ".");
  names.push_back(at.text() + "\n");
  // A record copied from a sister domain.
  const std::string stem = at.text().substr(0, at.text().rfind('.'));
  for (const char* ending :
       {"com", "net", "org", "info", "biz", "eu", "io",    "dev", "app", "cloud", "de", "fr", "nl",
        "it",  "es",  "at",  "ch",   "pl",  "uk", "co.uk", "us",  "ca",  "jp",    "cn", "in"}) {
    names.push_back(stem + "." + ending);
  }
  return names;
}

}  // namespace

std::optional<std::string> name_in_hash(const Subject& subject, const Anatomy& record) {
  const record::Piece* const accounturi = only_accounturi(record);
  if (accounturi == nullptr) return {};
  const std::string_view hash = hash_part(accounturi->value, subject.required.account_hash_prefix);
  const std::string_view algorithm = hash.substr(0, hash.find('/'));
  const record::Account& account = subject.required.account;
  const record::DomainName& at = record.judgement->validated_fqdn;
  for (const std::string& name : likely_names(subject, at)) {
    if (name == at.text()) continue;
    for (const std::string& thumbprint : account.thumbprints) {
      if (record::account_hash(algorithm, name, thumbprint, account.url) == hash) return name;
    }
  }
  return {};
}

}  // namespace persist::rules
