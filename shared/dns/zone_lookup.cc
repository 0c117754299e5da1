#include "dns/zone_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "dns/global_address.h"
#include "dns/message.h"

namespace persist::dns {
namespace {

/// Of each family; more would be the same server, or somebody's joke.
constexpr std::size_t most_addresses_of_server = 2;

bool is_in_zone(const Name& name, const Name& zone) {
  std::optional<Name> above = name;
  while (above && above->wire().size() > zone.wire().size()) above = above->parent();
  return above == zone;
}

ServerAddress address_of(const ResourceRecord& record) {
  ServerAddress server{.is_ipv6 = record.type == RrType::aaaa};
  std::copy(record.rdata.begin(), record.rdata.end(), server.address.begin());
  return server;
}

bool is_named(const std::vector<Name>& names, const Name& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

ZoneLookup::ZoneLookup(const Name& owner, RrType type, bool any_address)
    : type_(type), any_address_(any_address) {
  targets_.push_back({.owner = owner, .zone = owner});
  ask({.kind = Step::Kind::name_servers, .at = 0, .type = RrType::ns});
}

void ZoneLookup::ask(const Step& step) {
  if (steps_.size() == most_zone_queries) {
    return fail(step, fmt::format("it was not asked: {} queries for one name are the limit",
                                  most_zone_queries));
  }
  to_ask_.push_back(static_cast<std::uint32_t>(steps_.size()));
  steps_.push_back(step);
}

std::optional<Query> ZoneLookup::next() {
  if (to_ask_.empty()) return {};
  const std::uint32_t token = to_ask_.front();
  to_ask_.pop_front();
  ++under_way_;
  const Step& step = steps_[token];
  Query query{.owner = {}, .type = step.type, .token = token, .server = step.address};
  if (step.kind == Step::Kind::name_servers) query.owner = targets_[step.at].zone;
  if (step.kind == Step::Kind::address) query.owner = servers_[step.at].name;
  if (step.kind == Step::Kind::statement) query.owner = targets_[servers_[step.at].target].owner;
  return query;
}

void ZoneLookup::on_answer(std::uint32_t token, Expected<Answer, LookupError> answer) {
  --under_way_;
  const Step step = steps_[token];
  switch (step.kind) {
    case Step::Kind::name_servers:
      return on_name_servers(step.at, answer);
    case Step::Kind::address:
      return on_address(step, answer);
    case Step::Kind::statement:
      return on_statement(step, std::move(answer));
  }
}

/// A step that is not made, for a reason of ours.
void ZoneLookup::fail(const Step& step, const std::string& why) {
  if (step.kind != Step::Kind::address) return add_fault(step, why);
  Server& server = servers_[step.at];
  server.fault = why;
  if (--server.addresses_due == 0) ask_server(step.at);
}

void ZoneLookup::add_fault(const Step& step, std::string why) {
  Statement statement{.address = step.address, .fault = std::move(why)};
  if (step.kind != Step::Kind::name_servers) statement.server = servers_[step.at].name;
  report_.statements.push_back(std::move(statement));
}

// ---- the zone and its servers

void ZoneLookup::on_name_servers(std::size_t target, const Expected<Answer, LookupError>& answer) {
  const Step step{.kind = Step::Kind::name_servers, .at = target, .type = RrType::ns};
  const std::string owner = targets_[target].owner.to_text();
  if (!answer) {
    return add_fault(step, fmt::format("the name servers of {} could not be found: {}", owner,
                                       explain(answer.error())));
  }
  // A name that is an alias is no zone.
  if (answer->chain.empty() && !answer->rrset.empty()) return add_servers(target, *answer);
  const auto parent = targets_[target].zone.parent();
  if (!parent || *parent == Name()) {
    return add_fault(step, fmt::format("no zone above {} has name servers", owner));
  }
  targets_[target].zone = *parent;
  ask(step);
}

void ZoneLookup::add_servers(std::size_t target, const Answer& answer) {
  std::vector<Name> names;
  for (const ResourceRecord& record : answer.rrset) {
    if (auto name = Name::from_wire(record.rdata)) names.push_back(*std::move(name));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  const std::size_t room = most_zone_servers - servers_.size();
  if (names.size() > room) {
    report_.remarks.push_back(fmt::format(
        "of the {} name servers of {}, {} were not asked: {} are the limit", names.size(),
        targets_[target].zone.to_text(), names.size() - room, most_zone_servers));
    names.resize(room);
  }
  if (names.empty()) {
    return add_fault(
        {.kind = Step::Kind::name_servers, .at = target, .type = RrType::ns},
        fmt::format("no name server of {} was asked", targets_[target].zone.to_text()));
  }
  const std::size_t first = servers_.size();
  for (Name& name : names) servers_.push_back({.name = std::move(name), .target = target});
  for (std::size_t at = first; at < servers_.size(); ++at) {
    ask({.kind = Step::Kind::address, .at = at, .type = RrType::a});
    ask({.kind = Step::Kind::address, .at = at, .type = RrType::aaaa});
  }
}

void ZoneLookup::on_address(const Step& step, const Expected<Answer, LookupError>& answer) {
  Server& server = servers_[step.at];
  if (!answer) {
    server.fault = "its address could not be found: " + explain(answer.error());
  } else {
    std::vector<ServerAddress> addresses;
    for (const ResourceRecord& record : answer->rrset) addresses.push_back(address_of(record));
    std::sort(addresses.begin(), addresses.end());
    addresses.resize(std::min(addresses.size(), most_addresses_of_server));
    server.addresses.insert(server.addresses.end(), addresses.begin(), addresses.end());
  }
  if (--server.addresses_due == 0) ask_server(step.at);
}

void ZoneLookup::ask_server(std::size_t at) {
  Step step{.kind = Step::Kind::statement, .at = at, .type = type_};
  std::vector<ServerAddress> addresses = servers_[at].addresses;
  if (addresses.empty()) {
    const std::string& why = servers_[at].fault;
    return add_fault(step, why.empty() ? "it has no address" : why);
  }
  std::sort(addresses.begin(), addresses.end());
  for (const ServerAddress& address : addresses) {
    if (is_asked_as_another(at, address)) continue;
    step.address = address;
    if (any_address_ || is_global(address)) {
      ask(step);
    } else {
      add_fault(step, "it was not asked: the address is no public one (--allow-private-servers)");
    }
  }
}

/// An address is asked once. Of its names the first counts, whichever was found first.
bool ZoneLookup::is_asked_as_another(std::size_t at, const ServerAddress& address) {
  const auto asked = std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) {
    return step.address == address && servers_[step.at].target == servers_[at].target;
  });
  if (asked == steps_.end()) return false;
  const Name before = servers_[asked->at].name;
  if (servers_[at].name < before) {
    asked->at = at;
    for (Statement& statement : report_.statements) {
      if (statement.address == address && statement.server == before)
        statement.server = servers_[at].name;
    }
  }
  return true;
}

// ---- what the servers say

void ZoneLookup::on_statement(const Step& step, Expected<Answer, LookupError> answer) {
  if (!answer) {
    LookupError error = std::move(answer.error());
    if (error.code == LookupErrorCode::timeout) return add_fault(step, "it does not answer");
    if (error.code == LookupErrorCode::stopped)
      return add_fault(step, "it did not answer in time: " + error.detail);
    error.server.reset();  // the address stands in the statement
    return add_fault(step, explain(error, "server"));
  }
  if (follow(step, *answer)) return;
  const Target& target = targets_[servers_[step.at].target];
  answer->chain.insert(answer->chain.begin(), target.chain.begin(), target.chain.end());
  report_.statements.push_back(
      {.server = servers_[step.at].name, .address = step.address, .answer = *std::move(answer)});
}

/// True if the answer leads to another zone; its servers are asked then.
bool ZoneLookup::follow(const Step& step, const Answer& answer) {
  const Target& target = targets_[servers_[step.at].target];
  const auto outside = std::find_if_not(answer.chain.begin(), answer.chain.end(),
                                        [&](const Name& n) { return is_in_zone(n, target.zone); });
  if (outside == answer.chain.end() && !answer.leads_on) return false;
  // What is not in the zone may be below a zone cut.
  const auto end = outside == answer.chain.end() ? outside : std::next(outside);
  std::vector<Name> chain = target.chain;
  chain.insert(chain.end(), answer.chain.begin(), end);
  add_target(step, std::move(chain));
  return true;
}

void ZoneLookup::add_target(const Step& step, std::vector<Name> chain) {
  const Name owner = chain.back();
  const std::vector<Name> before(chain.begin(), std::prev(chain.end()));
  if (owner == targets_.front().owner || is_named(before, owner)) {
    return add_fault(step, "alias loop");
  }
  if (chain.size() > most_alias_steps) {
    return add_fault(step, "alias chain too long (more than 8 steps)");
  }
  const bool is_known = std::any_of(targets_.begin(), targets_.end(),
                                    [&](const Target& other) { return other.owner == owner; });
  if (is_known) return;  // another server led there
  targets_.push_back({.owner = owner, .chain = std::move(chain), .zone = owner});
  ask({.kind = Step::Kind::name_servers, .at = targets_.size() - 1, .type = RrType::ns});
}

ZoneReport ZoneLookup::take() {
  while (!to_ask_.empty()) {
    const Step step = steps_[to_ask_.front()];
    to_ask_.pop_front();
    fail(step, "it was not asked in time");
  }
  const auto key = [](const Statement& s) { return std::tie(s.server, s.address, s.fault); };
  std::sort(report_.statements.begin(), report_.statements.end(),
            [&](const Statement& a, const Statement& b) { return key(a) < key(b); });
  std::sort(report_.remarks.begin(), report_.remarks.end());
  return std::move(report_);
}

}  // namespace persist::dns
