#include "survey/survey.h"

#include <algorithm>
#include <utility>

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

LookupFacts facts_of(const Expected<dns::Answer, dns::LookupError>& answer) {
  if (!answer) return {.error = answer.error()};
  return {.extended_error = answer->extended_error,
          .chain = answer->chain,
          .ttl = answer->ttl,
          // Over a network anybody may set the bit.
          .authenticated = answer->authenticated && answer->server.is_loopback()};
}

/// The next name upwards at which a climbing CA looks; a public CA stops at the registrable domain.
std::optional<record::DomainName> next_ancestor(const record::DomainName& name) {
  auto parent = name.parent();
  if (!parent || record::is_public_suffix(*parent)) return {};
  return parent;
}

bool wants_more(const Subject& subject) {
  return subject.required.climb && subject.evaluation.outcome == record::Outcome::refused;
}

}  // namespace

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

void judge(Subject& subject) {
  subject.evaluation =
      record::evaluate(subject.answers, subject.required, *subject.ca, subject.now);
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
  const auto owner = record::validation_domain_name(slot(token).asked);
  return dns::Query{.owner = dns::Name(owner.value()), .type = dns::RrType::txt, .token = token};
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
  slots_.push_back({.inquiry = *std::move(inquiry), .asked = std::move(name), .is_done = !owner});
  if (owner) ask(token);
  hand_out_finished();
  return true;
}

void Survey::ask(std::uint32_t token) {
  const auto [place, is_first] = under_way_.try_emplace(slot(token).asked.text(), token);
  if (is_first) {
    to_ask_.push_back(token);
  } else {
    slot(place->second).followers.push_back(token);
  }
}

void Survey::on_answer(std::uint32_t token, Expected<dns::Answer, dns::LookupError> answer) {
  under_way_.erase(slot(token).asked.text());
  const std::vector<std::uint32_t> followers = std::exchange(slot(token).followers, {});
  take(token, answer);
  for (const std::uint32_t follower : followers) take(follower, answer);
  hand_out_finished();
}

void Survey::take(std::uint32_t token, const Expected<dns::Answer, dns::LookupError>& answer) {
  Slot& mine = slot(token);
  const record::NameAnswer records = to_name_answer(mine.asked, answer);
  bool more = false;
  for (Subject& subject : mine.inquiry.subjects) {
    const bool is_first = subject.answers.empty();
    if (is_first) subject.lookup = facts_of(answer);
    if (!is_first && !wants_more(subject)) continue;
    subject.answers.push_back(records);
    judge(subject);
    more = more || wants_more(subject);
  }
  const auto ancestor = more ? next_ancestor(mine.asked) : std::nullopt;
  if (ancestor) {
    mine.asked = *ancestor;
    ask(token);
  } else {
    mine.is_done = true;
  }
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
