#include "survey/zone_survey.h"

#include <map>
#include <utility>

#include "record/identifier.h"

namespace persist::survey {
namespace {

/// An inquiry at one of its names: its own, or a parent of it.
struct Level {
  Inquiry* inquiry;
  record::DomainName asked;
  bool is_first = true;
};

std::vector<Level> first_levels(std::vector<Inquiry>& inquiries) {
  std::vector<Level> levels;
  for (Inquiry& inquiry : inquiries) {
    const auto owner = record::validation_domain_name(inquiry.name);
    for (Subject& subject : inquiry.subjects) {
      if (owner) subject.owner = *owner;
      if (!owner) judge(subject);
    }
    if (owner) levels.push_back({.inquiry = &inquiry, .asked = inquiry.name});
  }
  return levels;
}

/// The level above, where a subject needs it.
std::optional<Level> judge_level(const Level& level, const dns::ZoneReport& report,
                                 Agreement agreement) {
  std::optional<Level> above;
  for (Subject& subject : level.inquiry->subjects) {
    if (!level.is_first && !next_ancestor(subject, level.inquiry->name)) continue;
    const auto lower =
        level.is_first ? std::vector<record::NameAnswer>() : std::exchange(subject.answers, {});
    judge_by(subject, views_of(subject, report, level.asked, lower), agreement);
    subject.remarks.insert(subject.remarks.end(), report.remarks.begin(), report.remarks.end());
    if (const auto ancestor = next_ancestor(subject, level.asked))
      above = Level{.inquiry = level.inquiry, .asked = *ancestor, .is_first = false};
  }
  return above;
}

}  // namespace

std::size_t ZoneSurvey::add(const dns::Name& owner) {
  const std::size_t place = lookups_.size();
  lookups_.emplace_back(owner, dns::RrType::txt, any_address_);
  waiting_.push_back(place);
  return place;
}

std::optional<dns::Query> ZoneSurvey::next_query() {
  while (!waiting_.empty()) {
    const std::size_t place = waiting_.front();
    if (auto query = lookups_[place].next()) {
      query->token += static_cast<std::uint32_t>(place * dns::most_zone_queries);
      return query;
    }
    waiting_.pop_front();
  }
  return {};
}

void ZoneSurvey::on_answer(std::uint32_t token, Expected<dns::Answer, dns::LookupError> answer) {
  const std::size_t place = token / dns::most_zone_queries;
  lookups_[place].on_answer(token % dns::most_zone_queries, std::move(answer));
  waiting_.push_back(place);
}

std::vector<dns::ZoneReport> ZoneSurvey::take() {
  std::vector<dns::ZoneReport> reports;
  for (dns::ZoneLookup& lookup : lookups_) reports.push_back(lookup.take());
  return reports;
}

void judge_by_zones(std::vector<Inquiry>& inquiries, const ZoneAccess& access,
                    Agreement agreement) {
  std::vector<Level> levels = first_levels(inquiries);
  while (!levels.empty()) {
    ZoneSurvey survey(access.any_address);
    std::map<std::string, std::size_t> places;
    for (const Level& level : levels) {
      if (places.count(level.asked.text()) > 0) continue;
      const auto owner = record::validation_domain_name(level.asked);
      places.emplace(level.asked.text(), survey.add(dns::Name(owner.value())));
    }
    access.resolver.run(survey, access.limits);
    const auto reports = survey.take();
    std::vector<Level> above;
    for (const Level& level : levels) {
      if (auto next = judge_level(level, reports[places[level.asked.text()]], agreement))
        above.push_back(*std::move(next));
    }
    levels = std::move(above);
  }
}

}  // namespace persist::survey
