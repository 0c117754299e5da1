#include "lint/subject_maker.h"

#include <fmt/format.h>

#include "app/owner_name.h"
#include "base/escape.h"

namespace persist::lint {

SubjectMaker::SubjectMaker(const Options& options, const config::Settings& settings, UnixTime now)
    : options_(options), settings_(settings), now_(now) {
}

SubjectMaker::Found SubjectMaker::find(const std::string& account_name) {
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
  return keep(account_name, {.ca = ca,
                             .account = account.account,
                             .label = account_name,
                             .source = "list",
                             .compromised = account.compromised});
}

SubjectMaker::Found SubjectMaker::from_flags() {
  if (const auto known = requests_.find(""); known != requests_.end()) return &known->second;
  if (options_.common.account_url.empty()) {
    return Unexpected(std::string(
        "no account: give one in the list (defaults or account), or with --account-url"));
  }
  auto profile = app::make_profile(options_.common);
  if (!profile) return Unexpected(profile.error().message + "; " + profile.error().hint);
  flag_profile_ = *std::move(profile);
  return keep("", {.ca = &*flag_profile_,
                   .account = {.url = options_.common.account_url,
                               .thumbprints = options_.common.thumbprints,
                               .keys_complete = !options_.common.thumbprints.empty()},
                   .source = "flag"});
}

const app::AccountRequest* SubjectMaker::keep(const std::string& account_name,
                                              app::AccountRequest request) {
  return &requests_.emplace(account_name, std::move(request)).first->second;
}

survey::Subject SubjectMaker::make_subject(const record::Identifier& identifier,
                                           const app::AccountRequest& request) const {
  auto subject = app::make_subject(identifier, request, now_);
  subject.warn_before = options_.common.warn_before.value_or(settings_.warn_before);
  subject.asks_caa = subject.asks_caa && !options_.common.no_caa;
  subject.settings = &settings_;
  return subject;
}

Expected<SubjectMaker::Parties, std::string> SubjectMaker::find_parties(
    const config::DomainEntry& entry) {
  Parties parties;
  const auto require = [&](const Found& request) {
    if (!request) return std::optional(request.error());
    parties.required.push_back(make_subject(entry.identifier, **request));
    parties.permitted.push_back(app::to_permitted(**request));
    return std::optional<std::string>();
  };
  const auto& names = entry.accounts.empty() ? settings_.default_accounts : entry.accounts;
  for (const std::string& name : names) {
    if (auto problem = require(find(name))) return Unexpected(*std::move(problem));
  }
  if (names.empty()) {
    if (auto problem = require(from_flags())) return Unexpected(*std::move(problem));
  }
  for (const std::string& name : entry.also_permitted) {
    const Found request = find(name);
    if (!request) return Unexpected(request.error());
    parties.permitted.push_back(app::to_permitted(**request));
  }
  return parties;
}

Expected<const SubjectMaker::Parties*, std::string> SubjectMaker::parties_of(
    const config::DomainEntry& entry) {
  if (const auto refusal = app::refuse_owner_name(entry.identifier)) {
    return Unexpected(refusal->message + "; " + refusal->hint);
  }
  const AccountNames names(entry.accounts, entry.also_permitted);
  if (const auto known = parties_.find(names); known != parties_.end()) return &known->second;
  auto parties = find_parties(entry);
  if (!parties) return Unexpected(parties.error());
  return &parties_.emplace(names, *std::move(parties)).first->second;
}

std::optional<std::string> SubjectMaker::find_problem(const config::DomainEntry& entry) {
  const auto parties = parties_of(entry);
  return parties ? std::nullopt : std::optional(parties.error());
}

Expected<std::vector<survey::Subject>, std::string> SubjectMaker::make(
    const config::DomainEntry& entry) {
  const auto parties = parties_of(entry);
  if (!parties) return Unexpected(parties.error());
  std::vector<survey::Subject> subjects;
  const auto add = [&](const record::Identifier& identifier) {
    for (const survey::Subject& prepared : (*parties)->required) {
      survey::Subject& subject = subjects.emplace_back(prepared);
      subject.required.identifier = identifier;
      subject.permitted = (*parties)->permitted;
    }
  };
  const bool adds_wildcard = entry.also_wildcard && !entry.identifier.wildcard;
  subjects.reserve((adds_wildcard ? 2 : 1) * (*parties)->required.size());
  add(entry.identifier);
  if (adds_wildcard) add({.name = entry.identifier.name, .wildcard = true});
  return subjects;
}

}  // namespace persist::lint
