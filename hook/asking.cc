#include "hook/asking.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "app/verdict.h"
#include "app/views_text.h"
#include "hook/confirmation.h"
#include "hook/wrong_places.h"
#include "survey/zone_survey.h"

namespace persist::hook {
namespace {

using survey::Inquiry;
using survey::Subject;

/// A server of the zone that is silent must not use up the time: the CA goes on to the next one,
/// too.
constexpr std::chrono::milliseconds try_timeout_of_zone{1500};
constexpr int tries_of_zone = 2;
/// What is looked for at wrong names is a courtesy.
constexpr std::chrono::milliseconds time_for_wrong_places{1500};

bool is_authorized(const Subject& subject) {
  return subject.evaluation.outcome == record::Outcome::authorized;
}

/// A record authorises, but the time is over before CAA could be asked.
void leave_open(Subject& subject) {
  subject.lookup.error =
      dns::LookupError{.code = dns::LookupErrorCode::stopped, .detail = "time limit reached"};
  survey::make_unknown(subject.evaluation);
}

}  // namespace

Asking::Asking(const Request& request, const Options& options, const app::Environment& environment,
               std::vector<dns::ServerAddress> resolvers, Clock::time_point deadline)
    : request_(request),
      options_(options),
      environment_(environment),
      resolvers_(std::move(resolvers)),
      deadline_(deadline) {
}

std::size_t Asking::size() const {
  return request_.identifiers.size() + request_.open_identifiers.size();
}

std::vector<Inquiry> Asking::answer() {
  if (options_.compare) return ask_each_resolver();
  if (options_.authoritative) return ask_zones();
  auto judged = ask_resolvers(inquiries(), resolvers_, deadline_);
  if (options_.is_called && !options_.require_dnssec && has_time()) confirm(judged);
  if (!may_be_misplaced(judged) || !has_time()) return judged;
  const auto resolver = environment_.make_resolver({.servers = resolvers_,
                                                    .try_timeout = time_for_wrong_places,
                                                    .tries = 1,
                                                    .late_pass = false});
  find_misplaced(judged, *resolver,
                 {.deadline = std::min(deadline_, Clock::now() + time_for_wrong_places),
                  .stop = environment_.stop});
  return judged;
}

std::vector<Inquiry> Asking::ask_every_server() {
  std::vector<Inquiry> judged = inquiries();
  judge_by_zones(judged, survey::Agreement::of_all);
  return judged;
}

// ---- the names

Subject Asking::subject_of(const record::Identifier& identifier) const {
  auto subject = app::make_subject(identifier, request_.account,
                                   options_.common.now.value_or(environment_.now));
  subject.warn_before = options_.common.warn_before.value_or(subject.warn_before);
  const auto& listed = request_.identifiers;
  subject.wildcard_listed =
      std::any_of(listed.begin(), listed.end(), [&identifier](const record::Identifier& other) {
        return other.wildcard && other.name == identifier.name;
      });
  return subject;
}

/// One for each name; one whose wildcard may be meant has two subjects.
std::vector<Inquiry> Asking::inquiries() const {
  std::vector<Inquiry> all;
  for (const record::Identifier& identifier : request_.identifiers)
    all.push_back({.name = identifier.name, .subjects = {subject_of(identifier)}});
  for (const record::Identifier& identifier : request_.open_identifiers) {
    all.push_back({.name = identifier.name,
                   .subjects = {subject_of({.name = identifier.name}),
                                subject_of({.name = identifier.name, .wildcard = true})}});
  }
  return all;
}

// ---- the resolvers

std::vector<Inquiry> Asking::ask_resolvers(std::vector<Inquiry> inquiries,
                                           const std::vector<dns::ServerAddress>& resolvers,
                                           Clock::time_point deadline) const {
  std::vector<Inquiry> judged;
  std::size_t next = 0;
  survey::Survey survey(
      [&]() -> std::optional<Inquiry> {
        if (next == inquiries.size()) return {};
        return std::move(inquiries[next++]);
      },
      [&](Inquiry done) { judged.push_back(std::move(done)); });
  const auto resolver = environment_.make_resolver({.servers = resolvers});
  resolver->run(survey, {.deadline = deadline, .stop = environment_.stop});
  if (!options_.require_dnssec) return judged;
  for (Inquiry& inquiry : judged) {
    for (Subject& subject : inquiry.subjects) survey::demand_dnssec(subject);
  }
  return judged;
}

/// One after the other, each with its share of the time that is left.
std::vector<Inquiry> Asking::ask_each_resolver() const {
  std::vector<Inquiry> all = inquiries();
  std::vector<std::vector<Inquiry>> seen;
  for (std::size_t i = 0; i < resolvers_.size(); ++i) {
    const auto share = (deadline_ - Clock::now()) / static_cast<int>(resolvers_.size() - i);
    seen.push_back(ask_resolvers(inquiries(), {resolvers_[i]}, Clock::now() + share));
    // A name that one of them was not asked about is not checked.
    while (all.size() > seen.back().size()) all.pop_back();
  }
  for (std::size_t name = 0; name < all.size(); ++name) {
    for (std::size_t at = 0; at < all[name].subjects.size(); ++at) {
      Subject& subject = all[name].subjects[at];
      std::vector<survey::View> views;
      for (std::size_t i = 0; i < resolvers_.size(); ++i) {
        const Subject& judged = seen[i][name].subjects[at];
        subject.owner = judged.owner;
        views.push_back(survey::view_of(judged, "resolver " + dns::to_text(resolvers_[i])));
      }
      subject.viewers = survey::Viewers::resolvers;
      survey::judge_by(subject, std::move(views), survey::Agreement::of_all);
    }
  }
  return all;
}

// ---- the zone's own servers

void Asking::judge_by_zones(std::vector<Inquiry>& inquiries, survey::Agreement agreement) const {
  const auto resolver = environment_.make_resolver({.servers = resolvers_,
                                                    .try_timeout = try_timeout_of_zone,
                                                    .tries = tries_of_zone,
                                                    .late_pass = false});
  survey::judge_by_zones(inquiries,
                         {.resolver = *resolver,
                          .limits = {.deadline = deadline_, .stop = environment_.stop},
                          .any_address = options_.allow_private_servers},
                         agreement);
}

std::vector<Inquiry> Asking::ask_zones() const {
  std::vector<Inquiry> judged = inquiries();
  judge_by_zones(judged, survey::Agreement::of_those_that_answer);
  ask_caa(judged);
  return judged;
}

/// CAA of what is authorised so far, from the resolvers.
void Asking::ask_caa(std::vector<Inquiry>& inquiries) const {
  std::vector<Inquiry*> open;
  std::vector<Inquiry> again;
  for (Inquiry& inquiry : inquiries) {
    const auto& subjects = inquiry.subjects;
    if (std::any_of(subjects.begin(), subjects.end(), [](const Subject& subject) {
          return subject.asks_caa && is_authorized(subject);
        })) {
      open.push_back(&inquiry);
      again.push_back({.name = inquiry.name, .subjects = subjects});
    }
  }
  if (open.empty()) return;
  std::vector<Inquiry> judged = ask_resolvers(std::move(again), resolvers_, deadline_);
  for (std::size_t i = 0; i < judged.size(); ++i) open[i]->subjects = std::move(judged[i].subjects);
  for (std::size_t i = judged.size(); i < open.size(); ++i) {
    for (Subject& subject : open[i]->subjects) {
      if (is_authorized(subject)) leave_open(subject);
    }
  }
}

/// A negative or an old answer in the cache of a resolver must not block a name that is repaired.
void Asking::confirm(std::vector<Inquiry>& inquiries) const {
  std::vector<Subject*> refused;
  std::vector<Inquiry> again;
  for (Inquiry& inquiry : inquiries) {
    for (Subject& subject : inquiry.subjects) {
      if (!may_be_out_of_date(subject)) continue;
      refused.push_back(&subject);
      again.push_back(
          {.name = inquiry.name, .subjects = {subject_of(subject.required.identifier)}});
    }
  }
  if (refused.empty()) return;
  judge_by_zones(again, survey::Agreement::of_those_that_answer);
  std::vector<bool> were_authorized(again.size());
  std::transform(again.begin(), again.end(), were_authorized.begin(),
                 [](const Inquiry& inquiry) { return is_authorized(inquiry.subjects.front()); });
  ask_caa(again);
  for (std::size_t i = 0; i < refused.size(); ++i) {
    Subject& zone = again[i].subjects.front();
    if (were_authorized[i]) {
      overrule(*refused[i], std::move(zone));
    } else {
      remark_confirmation(*refused[i], std::move(zone));
    }
  }
}

bool Asking::has_time() const {
  const bool is_stopped = environment_.stop != nullptr && *environment_.stop;
  return !is_stopped && Clock::now() < deadline_;
}

}  // namespace persist::hook
