#include "rules/example_subjects.h"

#include <list>
#include <utility>

namespace persist::rules {

void use_dialect_02(Subject& subject) {
  subject.ca = record::find_profile("strict-02");
  subject.required.account = {.url = "https://ca.example/acct/123",
                              .thumbprints = {"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"},
                              .keys_complete = true};
  subject.required.account_hash_prefix = "https://ca.example/account-hash/";
  subject.required.hash_algs = {"sha-256"};
}

void use_dialect_02_with_two_keys(Subject& subject) {
  use_dialect_02(subject);
  subject.required.account.thumbprints.emplace_back("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
}

void use_lets_encrypt(Subject& subject) {
  subject.ca = record::find_profile("letsencrypt");
  subject.required.issuer_domain_names = {record::DomainName::parse("letsencrypt.org").value()};
  subject.required.account.url = "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890";
}

void list_plain_name(Subject& subject) {
  static const config::DomainEntry entry{
      .identifier = {.name = record::DomainName::parse("example.com").value()}};
  subject.entry = &entry;
  subject.permitted = permit({{.label = "main",
                               .issuer_domain_names = subject.required.issuer_domain_names,
                               .account = subject.required.account,
                               .account_hash_prefix = subject.required.account_hash_prefix,
                               .ca = subject.ca}});
}

std::span<const survey::Permitted> permit(std::vector<survey::Permitted> accounts) {
  static std::list<std::vector<survey::Permitted>> kept;
  return kept.emplace_back(std::move(accounts));
}

void ask_for_wildcard(Subject& subject) {
  subject.required.identifier.wildcard = true;
}

}  // namespace persist::rules
