#include "lint/subject_maker.h"

#include <fmt/format.h>

#include "app/owner_name.h"
#include "base/escape.h"

namespace persist::lint {

SubjectMaker::SubjectMaker(const Options& options, const config::Settings& settings, UnixTime now)
    : options_(options), settings_(settings), now_(now) {
}

SubjectMaker::Request SubjectMaker::find(const std::string& account_name) {
  if (const auto known = requests_.find(account_name); known != requests_.end())
    return &known->second;
  const config::NamedAccount& account = settings_.accounts.at(account_name);
  const record::CaProfile* ca = settings_.find_ca(account.ca);
  if (ca == nullptr) return Unexpected(fmt::format("account {} has no CA", quote(account_name)));
  if (const auto* const other = app::find_other_ca(*ca, account.account.url)) {
    return Unexpected(fmt::format("account {} is one of {}, but its ca is {}", quote(account_name),
                                  other->id, ca->id));
  }
  if (ca->issuer_domain_names.empty()) {
    return Unexpected(
        fmt::format("the issuer-domain-name of {} is not known: declare the CA under cas", ca->id));
  }
  if (ca->dialect == record::Dialect::draft_02 && account.account.thumbprints.empty()) {
    return Unexpected(fmt::format("account {} needs thumbprints: its CA hashes the account key",
                                  quote(account_name)));
  }
  app::AccountRequest request{.ca = ca,
                              .account = account.account,
                              .label = account_name,
                              .source = "list",
                              .compromised = account.compromised};
  return &requests_.emplace(account_name, std::move(request)).first->second;
}

SubjectMaker::Request SubjectMaker::from_flags() {
  if (const auto known = requests_.find(""); known != requests_.end()) return &known->second;
  if (options_.common.account_url.empty()) {
    return Unexpected(std::string(
        "no account: give one in the list (defaults or account), or with --account-url"));
  }
  auto profile = app::make_profile(options_.common);
  if (!profile) return Unexpected(profile.error().message + "; " + profile.error().hint);
  flag_profile_ = *std::move(profile);
  app::AccountRequest request{.ca = &*flag_profile_,
                              .account = {.url = options_.common.account_url,
                                          .thumbprints = options_.common.thumbprints,
                                          .keys_complete = !options_.common.thumbprints.empty()},
                              .source = "flag"};
  return &requests_.emplace("", std::move(request)).first->second;
}

Expected<std::vector<const app::AccountRequest*>, std::string> SubjectMaker::wanted(
    const config::DomainEntry& entry) {
  const auto& names = entry.accounts.empty() ? settings_.default_accounts : entry.accounts;
  std::vector<const app::AccountRequest*> requests;
  for (const std::string& name : names) {
    const auto request = find(name);
    if (!request) return Unexpected(request.error());
    requests.push_back(*request);
  }
  if (!requests.empty()) return requests;
  const auto request = from_flags();
  if (!request) return Unexpected(request.error());
  return std::vector{*request};
}

std::optional<std::string> SubjectMaker::find_problem(const config::DomainEntry& entry) {
  if (const auto refusal = app::refuse_owner_name(entry.identifier)) {
    return refusal->message + "; " + refusal->hint;
  }
  if (const auto requests = wanted(entry); !requests) return requests.error();
  for (const std::string& name : entry.also_permitted) {
    if (const auto request = find(name); !request) return request.error();
  }
  return {};
}

Expected<std::vector<survey::Subject>, std::string> SubjectMaker::make(
    const config::DomainEntry& entry) {
  if (auto problem = find_problem(entry)) return Unexpected(*std::move(problem));
  const auto requests = wanted(entry);
  std::vector<survey::Permitted> permitted;
  for (const app::AccountRequest* request : *requests)
    permitted.push_back(app::to_permitted(*request));
  for (const std::string& name : entry.also_permitted)
    permitted.push_back(app::to_permitted(**find(name)));
  std::vector<record::Identifier> identifiers{entry.identifier};
  if (entry.also_wildcard && !entry.identifier.wildcard) {
    identifiers.push_back({.name = entry.identifier.name, .wildcard = true});
  }
  std::vector<survey::Subject> subjects;
  for (const record::Identifier& identifier : identifiers) {
    for (const app::AccountRequest* request : *requests) {
      auto subject = app::make_subject(identifier, *request, now_);
      subject.warn_before = options_.common.warn_before.value_or(settings_.warn_before);
      subject.asks_caa = subject.asks_caa && !options_.common.no_caa;
      subject.settings = &settings_;
      subject.permitted = permitted;
      subjects.push_back(std::move(subject));
    }
  }
  return subjects;
}

}  // namespace persist::lint
