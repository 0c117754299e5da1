#include "survey/survey.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "dns/message.h"
#include "record/identifier.h"
#include "record/public_suffix.h"

namespace persist::survey {
namespace {

record::DnsOutcome outcome_of(const dns::Answer& answer) {
  if (answer.extended_error && dns::is_suspicious(*answer.extended_error)) {
    return record::DnsOutcome::suspicious;
  }
  if (answer.rcode == dns::Rcode::nxdomain) return record::DnsOutcome::nxdomain;
  return answer.rrset.empty() ? record::DnsOutcome::nodata : record::DnsOutcome::answered;
}

bool wants_more(const Subject& subject) {
  return subject.required.climb && subject.evaluation.outcome == record::Outcome::refused;
}

bool wants_caa(const Subject& subject) {
  return subject.asks_caa && subject.evaluation.outcome == record::Outcome::authorized;
}

bool is_top_level(const record::DomainName& name) {
  return !contains(name.text(), ".");
}

/// An answer that CAA can be judged by, be it that there is no record.
bool is_sound(const record::CaaAnswer& answer) {
  return answer.outcome != record::DnsOutcome::failed &&
         answer.outcome != record::DnsOutcome::suspicious;
}

}  // namespace

LookupFacts facts_of(const Expected<dns::Answer, dns::LookupError>& answer) {
  if (!answer) return {.error = answer.error()};
  return {.extended_error = answer->extended_error,
          .chain = answer->chain,
          .ttl = answer->ttl,
          // Over a network anybody may set the bit.
          .authenticated = answer->authenticated && answer->server.is_loopback()};
}

std::optional<record::DomainName> next_ancestor(const Subject& subject,
                                                const record::DomainName& asked) {
  if (!subject.required.climb || subject.evaluation.outcome != record::Outcome::refused) return {};
  auto parent = asked.parent();
  if (!parent || record::is_public_suffix(*parent)) return {};
  return parent;
}

record::NameAnswer to_name_answer(const record::DomainName& validated_fqdn,
                                  const Expected<dns::Answer, dns::LookupError>& answer) {
  record::NameAnswer result{.validated_fqdn = validated_fqdn,
                            .outcome = record::DnsOutcome::failed};
  if (!answer) return result;
  result.outcome = outcome_of(*answer);
  for (const dns::ResourceRecord& rr : answer->rrset) {
    if (auto txt = dns::txt_of(rr)) result.rrset.push_back(*std::move(txt));
  }
  std::sort(result.rrset.begin(), result.rrset.end(),
            [](const auto& a, const auto& b) { return a.character_strings < b.character_strings; });
  return result;
}

record::CaaAnswer to_caa_answer(const record::DomainName& name,
                                const Expected<dns::Answer, dns::LookupError>& answer) {
  record::CaaAnswer result{.name = name, .outcome = record::DnsOutcome::failed};
  if (!answer) return result;
  for (const dns::ResourceRecord& rr : answer->rrset) {
    auto caa = record::parse_caa(rr.rdata);
    if (!caa) return {.name = name, .outcome = record::DnsOutcome::failed};
    result.rrset.push_back(*std::move(caa));
  }
  result.outcome = outcome_of(*answer);
  std::sort(result.rrset.begin(), result.rrset.end());
  return result;
}

void judge(Subject& subject) {
  subject.evaluation =
      record::evaluate(subject.answers, subject.required, *subject.ca, subject.now);
}

void judge_caa(Subject& subject) {
  subject.caa = record::judge_caa(subject.caa_answers, subject.required, *subject.ca, subject.now);
  subject.evaluation = record::with_caa(std::move(subject.evaluation), *subject.caa);
}

Survey::Survey(std::function<std::optional<Inquiry>()> source, std::function<void(Inquiry)> done,
               std::size_t most_open)
    : source_(std::move(source)), done_(std::move(done)), most_open_(most_open) {
}

std::optional<dns::Query> Survey::next_query() {
  while (to_ask_.empty()) {
    if (!admit_next()) return {};
  }
  const std::uint32_t token = to_ask_.front();
  to_ask_.pop_front();
  const Slot& mine = slot(token);
  if (mine.type == dns::RrType::caa) {
    return dns::Query{.owner = dns::Name(mine.asked), .type = mine.type, .token = token};
  }
  const auto owner = record::validation_domain_name(mine.asked);
  return dns::Query{.owner = dns::Name(owner.value()), .type = mine.type, .token = token};
}

bool Survey::admit_next() {
  if (source_is_empty_ || slots_.size() >= most_open_) return false;
  auto inquiry = source_();
  if (!inquiry) {
    source_is_empty_ = true;
    return false;
  }
  const auto token = static_cast<std::uint32_t>(first_token_ + slots_.size());
  const auto owner = record::validation_domain_name(inquiry->name);
  for (Subject& subject : inquiry->subjects) {
    if (owner) subject.owner = *owner;
    if (!owner) judge(subject);
  }
  record::DomainName name = inquiry->name;
  const bool is_answered = !inquiry->subjects.empty() && !inquiry->subjects.front().answers.empty();
  slots_.push_back({.inquiry = *std::move(inquiry), .asked = std::move(name), .is_done = !owner});
  if (owner && is_answered) begin_caa(token);
  if (owner && !is_answered) ask(token);
  hand_out_finished();
  return true;
}

void Survey::ask(std::uint32_t token) {
  const Slot& mine = slot(token);
  const auto [place, is_first] = under_way(mine.type).try_emplace(mine.asked.text(), token);
  if (is_first) {
    to_ask_.push_back(token);
  } else {
    slot(place->second).followers.push_back(token);
  }
}

void Survey::ask_caa(std::uint32_t token) {
  const auto known = top_levels_.find(slot(token).asked.text());
  if (known == top_levels_.end()) return ask(token);
  take_caa(token, known->second, {});
}

void Survey::on_answer(std::uint32_t token, Expected<dns::Answer, dns::LookupError> answer) {
  deliver(token, answer);
  // The run ends: what waits for its turn will not be asked any more.
  const bool ends = !answer && answer.error().code == dns::LookupErrorCode::stopped;
  while (ends && !to_ask_.empty()) {
    const std::uint32_t waiting = to_ask_.front();
    to_ask_.pop_front();
    deliver(waiting, answer);
  }
  hand_out_finished();
}

void Survey::deliver(std::uint32_t token, const Expected<dns::Answer, dns::LookupError>& answer) {
  under_way(slot(token).type).erase(slot(token).asked.text());
  const std::vector<std::uint32_t> followers = std::exchange(slot(token).followers, {});
  take(token, answer);
  for (const std::uint32_t follower : followers) take(follower, answer);
}

void Survey::take(std::uint32_t token, const Expected<dns::Answer, dns::LookupError>& answer) {
  const Slot& mine = slot(token);
  if (mine.type == dns::RrType::txt) return take_txt(token, answer);
  const auto caa = to_caa_answer(mine.asked, answer);
  if (is_sound(caa) && is_top_level(caa.name)) top_levels_.insert_or_assign(caa.name.text(), caa);
  take_caa(token, caa, answer ? std::nullopt : std::optional(answer.error()));
}

void Survey::take_txt(std::uint32_t token, const Expected<dns::Answer, dns::LookupError>& answer) {
  Slot& mine = slot(token);
  record::NameAnswer records = to_name_answer(mine.asked, answer);
  std::optional<record::DomainName> ancestor;
  auto& subjects = mine.inquiry.subjects;
  for (Subject& subject : subjects) {
    const bool is_first = subject.answers.empty();
    if (is_first) subject.lookup = facts_of(answer);
    if (!is_first && !wants_more(subject)) continue;
    if (!is_first)
      subject.lookup.authenticated = subject.lookup.authenticated && facts_of(answer).authenticated;
    const bool is_last = &subject == &subjects.back();
    // NOLINTNEXTLINE(bugprone-use-after-move): the last one takes it
    subject.answers.push_back(is_last ? std::move(records) : records);
    judge(subject);
    if (!ancestor) ancestor = next_ancestor(subject, mine.asked);
  }
  if (!ancestor) return begin_caa(token);
  mine.asked = *ancestor;
  ask(token);
}

void Survey::begin_caa(std::uint32_t token) {
  Slot& mine = slot(token);
  const auto& subjects = mine.inquiry.subjects;
  if (std::none_of(subjects.begin(), subjects.end(), wants_caa)) {
    mine.is_done = true;
    return;
  }
  mine.type = dns::RrType::caa;
  mine.asked = mine.inquiry.name;
  ask_caa(token);
}

/// The first set upwards counts; nothing above an answer that is missing can make up for it.
void Survey::take_caa(std::uint32_t token, const record::CaaAnswer& answer,
                      const std::optional<dns::LookupError>& error) {
  Slot& mine = slot(token);
  const bool is_last = !answer.rrset.empty() || !is_sound(answer);
  const auto parent = is_last ? std::nullopt : mine.asked.parent();
  for (Subject& subject : mine.inquiry.subjects) {
    if (!wants_caa(subject)) continue;
    subject.caa_answers.push_back(answer);
    subject.caa_error = error;
    if (!parent) judge_caa(subject);
  }
  mine.is_done = !parent;
  if (!parent) return;
  mine.asked = *parent;
  ask_caa(token);
}

void Survey::hand_out_finished() {
  while (!slots_.empty() && slots_.front().is_done) {
    Inquiry finished = std::move(slots_.front().inquiry);
    slots_.pop_front();
    ++first_token_;
    done_(std::move(finished));
  }
}

}  // namespace persist::survey
