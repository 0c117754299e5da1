#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "hook/again.h"
#include "hook/command.h"
#include "hook/request.h"
#include "publish/writer.h"
#include "record/explain.h"
#include "record/generate_caa.h"
#include "record/public_suffix.h"

namespace persist::hook {
namespace {

using Proposals = std::vector<publish::Proposal>;

std::optional<UnixTime> to_time(const std::optional<RecordEnd>& end, UnixTime now) {
  if (!end) return {};
  if (const auto* const time = std::get_if<UnixTime>(&*end)) return *time;
  return add(now, std::get<std::chrono::seconds>(*end));
}

/// One name has one record for itself and its wildcard.
struct Wanted {
  record::DomainName name;
  record::CaaScope scope;
};

std::vector<Wanted> by_name(const std::vector<record::Identifier>& identifiers) {
  std::vector<Wanted> names;
  for (const record::Identifier& identifier : identifiers) {
    auto same = std::find_if(names.begin(), names.end(),
                             [&](const Wanted& wanted) { return wanted.name == identifier.name; });
    if (same == names.end())
      same = names.insert(same, {identifier.name, {.name = false, .wildcard = false}});
    (identifier.wildcard ? same->scope.wildcard : same->scope.name) = true;
  }
  return names;
}

/// The profile once for each dialect that is asked for.
std::vector<record::CaProfile> profiles_of(const Request& request, const Options& options) {
  std::vector<record::CaProfile> profiles{request.ca};
  if (options.both_dialects) {
    profiles[0].dialect = record::Dialect::draft_01;
    profiles.push_back(request.ca);
    profiles[1].dialect = record::Dialect::draft_02;
  }
  return profiles;
}

/// What checks the record once it is published.
std::string check_command(survey::Subject subject, const Wanted& wanted, Options options) {
  for (const char* name : {"any-domain", "persist-until", "ttl", "with-caa", "zone"})
    options.given.erase(name);
  if (options.both_dialects)
    options.given["dialect"].values = {std::string(record::to_text(subject.ca->dialect))};
  subject.required.identifier.wildcard = !wanted.scope.name;
  subject.wildcard_listed = wanted.scope.wildcard;
  return again_command(subject, options);
}

Expected<record::DomainName, app::UsageError> zone_of(const record::DomainName& name,
                                                      const Options& options) {
  if (options.zone.empty()) return record::registrable_domain(name).value_or(name);
  auto zone = record::DomainName::parse(options.zone);
  if (!zone) return Unexpected(app::UsageError{record::explain(zone.error(), options.zone)});
  if (name.is_same_or_below(*zone)) return *std::move(zone);
  return Unexpected(
      app::UsageError{fmt::format("{} does not lie in the zone {}", name.text(), zone->text())});
}

/// Adds what one profile wants; empty if that can be made.
std::optional<record::GenerateError> add_records(const record::CaProfile& ca, const Wanted& wanted,
                                                 app::AccountRequest account,
                                                 const Options& options, UnixTime now,
                                                 publish::Proposal& proposal) {
  account.ca = &ca;
  const auto subject = app::make_subject({.name = wanted.name}, account, now);
  auto made = record::generate(subject.required, ca,
                               {.wildcard = wanted.scope.wildcard,
                                .persist_until = to_time(options.persist_until, now),
                                .for_any_domain = options.for_any_domain},
                               now);
  if (!made) return made.error();
  proposal.owner = made->owner;
  proposal.records.push_back({.value = std::move(made->value),
                              .ca = ca.id,
                              .dialect = ca.dialect,
                              .check_command = check_command(subject, wanted, options)});
  if (!options.with_caa) return {};
  auto caa = record::generate_caa(subject.required, ca, wanted.scope, now);
  if (!caa) return caa.error();
  proposal.caa = *std::move(caa);  // the same in both dialects
  return {};
}

Expected<publish::Proposal, app::UsageError> propose(const Wanted& wanted, const Request& request,
                                                     const Options& options, UnixTime now) {
  auto zone = zone_of(wanted.name, options);
  if (!zone) return Unexpected(zone.error());
  publish::Proposal proposal{.name = wanted.name,
                             .wildcard = wanted.scope.wildcard,
                             .owner = wanted.name,
                             .zone = *std::move(zone),
                             .ttl = options.ttl};
  for (const record::CaProfile& ca : profiles_of(request, options)) {
    if (const auto error = add_records(ca, wanted, request.account, options, now, proposal)) {
      return Unexpected(
          app::UsageError{fmt::format("{}: {}", wanted.name.text(), record::explain(*error))});
    }
  }
  return proposal;
}

/// Names of one zone behind each other, else in the order in which they were given.
void gather_zones(Proposals& proposals) {
  for (auto at = proposals.begin(); at != proposals.end();) {
    const record::DomainName zone = at->zone;
    at = std::stable_partition(at, proposals.end(), [&](const publish::Proposal& proposal) {
      return proposal.zone == zone;
    });
  }
}

Expected<Proposals, app::UsageError> propose_all(const Request& request, const Options& options,
                                                 UnixTime now) {
  const publish::Format& format = *publish::find_format(options.record_format);
  Proposals proposals;
  for (const Wanted& wanted : by_name(request.identifiers)) {
    auto proposal = propose(wanted, request, options, now);
    if (!proposal) return Unexpected(proposal.error());
    const auto why = format.refuse != nullptr ? format.refuse(*proposal) : std::nullopt;
    if (why) return Unexpected(app::UsageError{fmt::format("{}: {}", wanted.name.text(), *why)});
    proposals.push_back(*std::move(proposal));
  }
  gather_zones(proposals);
  return proposals;
}

}  // namespace

app::ExitStatus run_record(const Options& options, const app::Environment& environment) {
  Request request;
  if (const auto problem = read_request(options, request)) {
    print_error(environment, *problem);
    return app::ExitStatus::usage;
  }
  const UnixTime now = options.common.now.value_or(environment.now);
  const auto proposals = propose_all(request, options, now);
  if (!proposals) {
    print_error(environment, proposals.error());
    return app::ExitStatus::usage;
  }
  const auto writer = publish::find_format(options.record_format)->make(environment.out);
  writer->begin();
  for (const publish::Proposal& proposal : *proposals) writer->add(proposal);
  writer->end();
  return app::ExitStatus::ok;
}

}  // namespace persist::hook
