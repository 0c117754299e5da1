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
      : evidence_(evidence), calls_(calls), host_(host), findings_(evidence.findings) {}

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

  /// True if a call stops the orders of a client's certificate; an empty one stands for all.
  static bool gates(const JudgedCall& call, const std::string& client,
                    const std::string& certificate, bool before_order) {
    const CallSite& site = call.site;
    return call.standing == Standing::holds && site.client == client &&
           (site.certificate.empty() || site.certificate == certificate) &&
           (!before_order || site.slot->time == SlotTime::before_order);
  }

  /// True if another call stops the same orders. One in front of a client does not stop those of a
  /// run beside it.
  bool is_covered(std::size_t index, bool before_order = false) const {
    const CallSite& site = calls_[index].site;
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      if (i == index || !gates(calls_[i], site.client, site.certificate, before_order)) continue;
      if (calls_[i].site.slot != &in_front_slot || !has_run_beside(site.client)) return true;
    }
    return false;
  }

  bool has_run_beside(const std::string& client) const {
    const auto& starts = evidence_.starts;
    return std::any_of(starts.begin(), starts.end(), [&](const StartSite& site) {
      return site.start.client == client && is_ungated(site);
    });
  }

  bool is_ungated(const StartSite& site) const {
    return !site.start.is_gated && !(site.only_without_systemd && has_systemd());
  }

  static std::string title_of(const CallSite& site) {
    const std::string client = site.client.empty() ? "no client" : site.client;
    if (site.slot == nullptr) return "a call in front of no client";
    if (site.slot == &in_front_slot) return "the call in front of " + escape(client);
    return fmt::format("{}: {}", escape(client), site.slot->title);
  }

  void add_call(std::size_t index) {
    const CallSite& site = calls_[index].site;
    const bool covered = is_covered(index);
    const Severity level = covered ? Severity::warning : Severity::error;
    const std::string rest = covered ? "another call stops the order" : "fails open";
    switch (calls_[index].standing) {
      case Standing::holds:
        if (site.slot->time == SlotTime::before_challenge && !is_covered(index, true)) {
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
    const auto is_about = [&](const JudgedCall& call) {
      return call.site.client == certificate.client &&
             (call.site.certificate.empty() || call.site.certificate == certificate.name) &&
             call.standing != Standing::gates_nothing;
    };
    // What a call is worth that does not hold was told.
    if (std::any_of(calls_.begin(), calls_.end(), is_about)) return;
    const std::string name =
        certificate.name.empty() ? "it" : "the certificate " + quote(certificate.name);
    add(not_gated, certificate.place,
        fmt::format("no call of persist-hook stops the orders of {} ({})", name,
                    certificate.client));
  }

  /// A start that goes round a gate in front of another one.
  void add_start(const StartSite& site) {
    if (!is_ungated(site)) return;
    const std::string& client = site.start.client;
    bool has_front = false;
    for (const JudgedCall& call : calls_) {
      if (!gates(call, client, "", true)) continue;
      if (call.site.slot != &in_front_slot) return;
      has_front = true;
    }
    if (!has_front) return;
    for (const Certificate& certificate : evidence_.certificates) {
      if (certificate.client != client || is_gated_itself(certificate)) continue;
      return add_beside(site);
    }
    const auto& all = evidence_.certificates;
    if (std::none_of(all.begin(), all.end(), [&](const auto& c) { return c.client == client; })) {
      add_beside(site);
    }
  }

  void add_beside(const StartSite& site) {
    add(run_beside_gate, site.place,
        fmt::format("{} is started here without persist-hook, which is in front of it elsewhere",
                    site.start.client));
  }

  bool is_gated_itself(const Certificate& certificate) const {
    return std::any_of(calls_.begin(), calls_.end(), [&](const JudgedCall& call) {
      return call.site.slot != &in_front_slot &&
             gates(call, certificate.client, certificate.name, true);
    });
  }

  bool has_systemd() const {
    return host_.has("/usr/lib/systemd/systemd") || host_.has("/lib/systemd/systemd");
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
};

}  // namespace

std::vector<Finding> make_findings(const Evidence& evidence, const std::vector<JudgedCall>& calls,
                                   Host& host) {
  return Findings(evidence, calls, host).make();
}

}  // namespace persist::hook::doctor
