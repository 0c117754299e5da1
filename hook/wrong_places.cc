#include "hook/wrong_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/escape.h"
#include "dns/message.h"
#include "record/identifier.h"
#include "record/public_suffix.h"
#include "report/method_text.h"

namespace persist::hook {
namespace {

using survey::Inquiry;
using survey::Subject;

constexpr std::size_t most_names = 10;
constexpr std::array<std::string_view, 6> wrong_labels{
    "_acme-challenge",   "_validation_persist",    "validation-persist",
    "_validate-persist", "_validation-persistent", "_validation-name"};

bool is_missing(const Subject& subject) {
  return subject.evaluation.outcome == record::Outcome::refused && !subject.answers.empty() &&
         subject.evaluation.judgements.empty() && subject.owner;
}

bool lacks_record(const Inquiry& inquiry) {
  return std::any_of(inquiry.subjects.begin(), inquiry.subjects.end(), is_missing);
}

bool holds_record(const dns::Answer& answer) {
  return std::any_of(answer.rrset.begin(), answer.rrset.end(), [](const auto& rr) {
    const auto txt = dns::txt_of(rr);
    return txt && report::is_of_this_method(txt->text());
  });
}

/// Asks for TXT at every wrong name of several subjects.
class WrongPlaces final : public dns::Conversation {
 public:
  void add(Inquiry& inquiry) {
    std::vector<dns::Name> owners = wrong_owners(inquiry.name);
    places_.reserve(places_.size() + owners.size());
    for (dns::Name& owner : owners)
      places_.push_back({.inquiry = &inquiry, .owner = std::move(owner)});
  }

  std::optional<dns::Query> next_query() override {
    if (next_ == places_.size()) return {};
    const auto token = static_cast<std::uint32_t>(next_++);
    return dns::Query{.owner = places_[token].owner, .type = dns::RrType::txt, .token = token};
  }
  void on_answer(std::uint32_t token, Expected<dns::Answer, dns::LookupError> answer) override {
    places_[token].is_found = answer && holds_record(*answer);
  }

  /// In the order of the names, whatever that of the answers.
  void remark() const {
    for (const Place& place : places_) {
      if (!place.is_found) continue;
      for (Subject& subject : place.inquiry->subjects) {
        if (!is_missing(subject)) continue;
        subject.remarks.push_back(
            fmt::format("a record for this method stands at {}, where it is not looked for: it "
                        "belongs to {}",
                        escape(place.owner.to_text()), subject.owner->text()));
      }
    }
  }

 private:
  struct Place {
    Inquiry* inquiry;
    dns::Name owner;
    bool is_found = false;
  };

  std::vector<Place> places_{};
  std::size_t next_ = 0;
};

}  // namespace

std::vector<dns::Name> wrong_owners(const record::DomainName& name) {
  const std::string& d = name.text();
  const std::string label(record::validation_label);
  std::vector<std::string> texts;
  texts.reserve(wrong_labels.size() + 7);
  for (const std::string_view wrong : wrong_labels) texts.push_back(std::string(wrong) + "." + d);
  texts.push_back(d);
  texts.push_back(fmt::format("{}.{}.{}", label, d, d));
  texts.push_back(fmt::format("{}.*.{}", label, d));
  if (d.substr(0, 4) != "www.") texts.push_back(fmt::format("{}.www.{}", label, d));
  const auto parent = name.parent();
  if (parent && !record::is_public_suffix(*parent)) {
    const std::string first = d.substr(0, d.find('.'));
    texts.push_back(fmt::format("{}.{}.{}", label, d, parent->text()));
    texts.push_back(fmt::format("{}.{}.{}", first, label, parent->text()));
    texts.push_back(fmt::format("{}.{}", label, parent->text()));
  }
  std::vector<dns::Name> owners;
  for (const std::string& text : texts) {
    // One that is too long for DNS holds no record.
    if (auto owner = dns::Name::parse(text)) owners.push_back(*std::move(owner));
  }
  return owners;
}

bool may_be_misplaced(const std::vector<Inquiry>& inquiries) {
  return std::any_of(inquiries.begin(), inquiries.end(), lacks_record);
}

void find_misplaced(std::vector<Inquiry>& inquiries, dns::Resolver& resolver,
                    const dns::Limits& limits) {
  WrongPlaces places;
  std::size_t names = 0;
  for (Inquiry& inquiry : inquiries) {
    if (lacks_record(inquiry) && ++names <= most_names) places.add(inquiry);
  }
  resolver.run(places, limits);
  places.remark();
}

}  // namespace persist::hook
