// What is told of calls, certificates, starts and programs, once all of them are known.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/ascii.h"
#include "base/escape.h"
#include "hook/callers/other_command_line.h"
#include "hook/doctor/abilities.h"
#include "hook/doctor/judge.h"

namespace persist::hook::doctor {
namespace {

using report::Severity;

/// The worst comes first; what is not known may be worse than a warning.
int rank(Severity level) {
  switch (level) {
    case Severity::error:
      return 0;
    case Severity::unknown:
      return 1;
    case Severity::warning:
      return 2;
    case Severity::notice:
      return 3;
  }
  return 3;
}

/// A client as `install` names it, by what its reader calls it.
std::string client_of_account(const std::string& name) {
  if (name == "mod_md") return "mod-md";
  return name.substr(0, name.find(' '));
}

class Findings {
 public:
  Findings(const Evidence& evidence, const std::vector<JudgedCall>& calls, Host& host)
      : evidence_(evidence), calls_(calls), host_(host), findings_(evidence.findings) {
    has_systemd_ = host.has("/usr/lib/systemd/systemd") || host.has("/lib/systemd/systemd");
    gather();
  }

  std::vector<Finding> make() {
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      add_call(i);
      add_then(calls_[i].site);
    }
    for (const Certificate& certificate : evidence_.certificates) add_certificate(certificate);
    for (const StartSite& site : evidence_.starts) add_start(site);
    for (const DnsCredentials& found : evidence_.credentials) add_credentials(found);
    for (const InstalledProgram& program : evidence_.programs) add_program(program);
    add_clients_without_gate();
    for (const clients::FileFault& fault : host_.faults()) {
      add(unreadable, {.file = fault.path}, fault.why);
    }
    if (evidence_.programs.empty() && evidence_.accounts.empty() && calls_.empty() &&
        evidence_.starts.empty() && evidence_.certificates.empty()) {
      add(nothing_found, {},
          "no ACME client and no call of persist-hook was found: nothing is judged");
    }
    order();
    return std::move(findings_);
  }

 private:
  void add(const FindingKind& kind, Location place, std::string message) {
    findings_.push_back(make_finding(kind, std::move(place), std::move(message)));
  }
  void add(const FindingKind& kind, Location place, std::string message, Severity level) {
    add(kind, std::move(place), std::move(message));
    findings_.back().level = level;
  }

  /// Each thing is told once.
  void order() {
    std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
      return rank(a.level) < rank(b.level);
    });
    std::set<std::pair<std::string, std::string>> told;
    std::erase_if(findings_, [&told](const Finding& finding) {
      const std::string place = fmt::format("{}:{}", finding.place.file, finding.place.line);
      return !told.emplace(place, fmt::format("{} {}", finding.kind->id, finding.message)).second;
    });
  }

  using Key = std::pair<std::string, std::string>;  ///< client, certificate; none: all of them

  /// What the calls are worth together, gathered once: there may be a hundred thousand.
  void gather() {
    for (const StartSite& site : evidence_.starts) {
      if (is_ungated(site)) run_beside_.insert(site.start.client);
    }
    for (const JudgedCall& call : calls_) {
      const CallSite& site = call.site;
      const Key key(site.client, site.certificate);
      if (call.standing != Standing::gates_nothing) called_.insert(key);
      if (call.standing != Standing::holds) continue;
      const bool is_in_front = site.slot == &in_front_slot;
      if (is_in_front) fronts_.insert(site.client);
      // One in front of a client does not stop the orders of a run beside it.
      if (is_in_front && run_beside_.count(site.client) > 0) continue;
      held_.insert(key);
      if (site.slot->time == SlotTime::before_order) held_before_order_.insert(key);
    }
    for (const Certificate& certificate : evidence_.certificates) {
      const bool is_held = has(held_before_order_, certificate.client, certificate.name);
      (is_held ? clients_held_ : clients_open_).insert(certificate.client);
    }
  }

  static bool has(const std::set<Key>& keys, const std::string& client,
                  const std::string& certificate) {
    return keys.count({client, ""}) > 0 || keys.count({client, certificate}) > 0;
  }

  /// True if a call that holds stops the same orders.
  bool is_covered(const CallSite& site, bool before_order = false) const {
    return has(before_order ? held_before_order_ : held_, site.client, site.certificate);
  }

  bool is_ungated(const StartSite& site) const {
    return !site.start.is_gated && !(site.only_without_systemd && has_systemd_);
  }

  static std::string title_of(const CallSite& site) {
    const std::string client = site.client.empty() ? "no client" : site.client;
    if (site.slot == nullptr) return "a call in front of no client";
    if (site.slot == &in_front_slot) return "the call in front of " + escape(client);
    return fmt::format("{}: {}", escape(client), site.slot->title);
  }

  void add_call(std::size_t index) {
    const CallSite& site = calls_[index].site;
    const bool covered = is_covered(site);
    const Severity level = covered ? Severity::warning : Severity::error;
    const std::string rest = covered ? "another call stops the order" : "fails open";
    switch (calls_[index].standing) {
      case Standing::holds:
        if (site.slot->time == SlotTime::before_challenge && !is_covered(site, true)) {
          add(only_fresh_challenges, site.place,
              fmt::format("{} does not block {}", title_of(site), site.slot->does_not_block));
        }
        return;
      case Standing::ignored:
        return add(
            failure_ignored, site.place,
            fmt::format("{} cannot stop it, its failure is ignored: {}", title_of(site), rest),
            level);
      case Standing::not_aborted:
        return add(abort_none, site.place,
                   fmt::format("{} does not stop certbot, which goes on regardless: {}",
                               title_of(site), rest),
                   level);
      case Standing::only_warned:
        return add(only_warns, site.place,
                   fmt::format("{} only warns of a refusal: {}", title_of(site), rest), level);
      case Standing::other_names:
        return add(wrong_certificate, site.place,
                   fmt::format("it is in the renewal file of {} and checks {}: {}",
                               quote(site.certificate),
                               quote(*last_value_of(site.call.arguments, {"--cert-name"})), rest),
                   level);
      case Standing::too_late:
        if (!covered) {
          add(after_the_order, site.place,
              fmt::format("{} blocks nothing, the certificate is there already: fails open",
                          title_of(site)));
        }
        return;
      case Standing::gone:
        return add_gone(site, covered);
      case Standing::gates_nothing:
        return;
      case Standing::cannot_tell:
        return add(unclear_call, site.place,
                   fmt::format("cannot tell whether {} blocks", title_of(site)),
                   covered ? Severity::notice : Severity::unknown);
    }
  }

  /// What happens then, by client and slot.
  void add_gone(const CallSite& site, bool covered) {
    const std::string what =
        fmt::format("{} is not there, or cannot be executed", quote(site.call.program));
    if (site.slot == nullptr) {
      return add(hook_gone, site.place, what + ": the line fails, nothing is gated by it",
                 Severity::warning);
    }
    const bool passes = site.slot == &in_front_slot && site.call.effect == Effect::passes;
    const bool is_unknown = site.slot == &in_front_slot && site.call.effect == Effect::cannot_tell;
    const WhenGone when = passes       ? WhenGone::goes_on
                          : is_unknown ? WhenGone::not_known
                                       : site.slot->when_gone;
    std::string then = "fails closed, no certificate is renewed";
    Severity level = Severity::error;
    if (when == WhenGone::goes_on) {
      then = covered ? "it is passed over, another call stops the order" : "fails open";
      if (covered) level = Severity::warning;
    }
    if (when == WhenGone::not_known) then = "cannot tell whether that fails open";
    add(hook_gone, site.place, fmt::format("{} ({}): {}", what, title_of(site), then), level);
  }

  void add_then(const CallSite& site) {
    const auto then = last_value_of(site.call.arguments, {"--then"});
    if (!then || then->empty() || then->front() != '/' || host_.has_program(*then)) return;
    add(then_gone, site.place,
        fmt::format("--then {} is not there, or cannot be executed: nothing is published after a "
                    "good check",
                    quote(*then)));
  }

  void add_certificate(const Certificate& certificate) {
    // What a call is worth that does not hold was told.
    if (has(called_, certificate.client, certificate.name)) return;
    const std::string name =
        certificate.name.empty() ? "it" : "the certificate " + quote(certificate.name);
    add(not_gated, certificate.place,
        fmt::format("no call of persist-hook stops the orders of {} ({})", name,
                    certificate.client));
  }

  /// A start that goes round a gate in front of another one.
  void add_start(const StartSite& site) {
    const std::string& client = site.start.client;
    if (!is_ungated(site) || fronts_.count(client) == 0) return;
    if (held_before_order_.count({client, ""}) > 0) return;
    if (clients_held_.count(client) > 0 && clients_open_.count(client) == 0) return;
    add(run_beside_gate, site.place,
        fmt::format("{} is started here without persist-hook, which is in front of it elsewhere",
                    client));
  }

  void add_credentials(const DnsCredentials& found) {
    const std::string what = escape(found.what);
    constexpr unsigned readable_by_all = 0004;
    if ((found.mode & readable_by_all) != 0) {
      add(credentials_readable, found.place,
          fmt::format("secrets for DNS ({}) may be read by everybody (mode {:04o})", what,
                      found.mode));
    }
    if (!found.is_needed) {
      add(credentials_not_needed, found.place,
          fmt::format("{} has secrets for DNS ({}), but no certificate that needs them",
                      found.client, what));
    }
  }

  void add_program(const InstalledProgram& program) {
    const Location place{.file = program.path};
    const ClientAbility* const known = find_ability(program.client);
    const Ability ability = ability_of(program.client, program.version);
    if (known == nullptr || ability == Ability::yes) return;
    const std::string version =
        program.version ? escape(*program.version) : std::string("of an unknown version");
    if (ability == Ability::no) {
      return add(no_native_method, place,
                 fmt::format("{} {} cannot use dns-persist-01 itself (as of {})", program.client,
                             version, known->as_of));
    }
    add(version_not_known, place,
        fmt::format("cannot tell whether {} {} can use dns-persist-01 itself (as of {})",
                    program.client, version, known->as_of));
  }

  void add_clients_without_gate() {
    std::set<std::string> present;
    for (const InstalledProgram& program : evidence_.programs) present.insert(program.client);
    for (const auto& account : evidence_.accounts)
      present.insert(client_of_account(account.client));
    for (const JudgedCall& call : calls_) present.erase(call.site.client);
    for (const Certificate& certificate : evidence_.certificates) present.erase(certificate.client);
    for (const std::string& client : present) {
      add(no_gate, {},
          fmt::format("{} is here, and nothing that could be read calls persist-hook "
                      "for it",
                      client));
    }
  }

  const Evidence& evidence_;
  const std::vector<JudgedCall>& calls_;
  Host& host_;
  std::vector<Finding> findings_;
  bool has_systemd_ = false;
  std::set<std::string> run_beside_;  ///< clients that are started without us somewhere
  std::set<std::string> fronts_;      ///< clients with a call in front that holds
  std::set<std::string> clients_held_, clients_open_;  ///< with a certificate that is, is not, held
  std::set<Key> called_;                               ///< some call is about it
  std::set<Key> held_;                                 ///< some call stops its orders
  std::set<Key> held_before_order_;
};

}  // namespace

std::vector<Finding> make_findings(const Evidence& evidence, const std::vector<JudgedCall>& calls,
                                   Host& host) {
  return Findings(evidence, calls, host).make();
}

}  // namespace persist::hook::doctor
