#include "lint/subject_maker.h"

#include <fmt/format.h>

#include "app/owner_name.h"
#include "base/escape.h"

namespace persist::lint {

SubjectMaker::SubjectMaker(const Options& options, const config::Settings& settings, UnixTime now)
    : options_(options), settings_(settings), now_(now) {
}

SubjectMaker::Found SubjectMaker::find(const std::string& account_name) {
  if (const auto known = parties_.find(account_name); known != parties_.end())
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
  if (const auto known = parties_.find(""); known != parties_.end()) return &known->second;
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

const SubjectMaker::Party* SubjectMaker::keep(const std::string& account_name,
                                              app::AccountRequest request) {
  auto permitted = app::to_permitted(request);
  return &parties_.emplace(account_name, Party{std::move(request), std::move(permitted)})
              .first->second;
}

Expected<SubjectMaker::Parties, std::string> SubjectMaker::parties_of(
    const config::DomainEntry& entry) {
  if (const auto refusal = app::refuse_owner_name(entry.identifier)) {
    return Unexpected(refusal->message + "; " + refusal->hint);
  }
  Parties parties;
  const auto add = [](std::vector<const Party*>& to, const Found& party) {
    if (party) to.push_back(*party);
    return party ? std::nullopt : std::optional(party.error());
  };
  const auto& names = entry.accounts.empty() ? settings_.default_accounts : entry.accounts;
  for (const std::string& name : names) {
    if (auto problem = add(parties.required, find(name))) return Unexpected(*std::move(problem));
  }
  if (names.empty()) {
    if (auto problem = add(parties.required, from_flags())) return Unexpected(*std::move(problem));
  }
  for (const std::string& name : entry.also_permitted) {
    if (auto problem = add(parties.also_permitted, find(name)))
      return Unexpected(*std::move(problem));
  }
  return parties;
}

std::optional<std::string> SubjectMaker::find_problem(const config::DomainEntry& entry) {
  const auto parties = parties_of(entry);
  return parties ? std::nullopt : std::optional(parties.error());
}

Expected<std::vector<survey::Subject>, std::string> SubjectMaker::make(
    const config::DomainEntry& entry) {
  const auto parties = parties_of(entry);
  if (!parties) return Unexpected(parties.error());
  std::vector<survey::Permitted> permitted;
  permitted.reserve(parties->required.size() + parties->also_permitted.size());
  for (const auto* some : {&parties->required, &parties->also_permitted}) {
    for (const Party* party : *some) permitted.push_back(party->permitted);
  }
  std::vector<record::Identifier> identifiers{entry.identifier};
  if (entry.also_wildcard && !entry.identifier.wildcard) {
    identifiers.push_back({.name = entry.identifier.name, .wildcard = true});
  }
  std::vector<survey::Subject> subjects;
  subjects.reserve(identifiers.size() * parties->required.size());
  for (const record::Identifier& identifier : identifiers) {
    for (const Party* party : parties->required) {
      auto subject = app::make_subject(identifier, party->request, now_);
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
