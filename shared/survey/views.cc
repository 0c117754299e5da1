#include "survey/views.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "survey/survey.h"

namespace persist::survey {
namespace {

View judged_view(const Subject& subject, const dns::Statement& statement,
                 const record::DomainName& validated_fqdn,
                 const std::vector<record::NameAnswer>& lower) {
  const Expected<dns::Answer, dns::LookupError> answer(*statement.answer);
  View view{.server = statement.server.to_text(), .lookup = facts_of(answer), .answers = lower};
  // A zone's server validates nothing.
  view.lookup.authenticated = false;
  view.answers.push_back(to_name_answer(validated_fqdn, answer));
  view.evaluation = record::evaluate(view.answers, subject.required, *subject.ca, subject.now);
  return view;
}

/// The view whose answers tell best why the outcome is what it is.
const View* find_typical(const std::vector<View>& views) {
  for (const auto outcome :
       {record::Outcome::refused, record::Outcome::unknown, record::Outcome::authorized}) {
    const auto found = std::find_if(views.begin(), views.end(), [outcome](const View& view) {
      return view.fault.empty() && view.evaluation.outcome == outcome;
    });
    if (found != views.end()) return &*found;
  }
  return nullptr;
}

}  // namespace

std::vector<View> views_of(const Subject& subject, const dns::ZoneReport& report,
                           const record::DomainName& validated_fqdn,
                           const std::vector<record::NameAnswer>& lower) {
  std::vector<View> views;
  for (const dns::Statement& statement : report.statements) {
    View view{.server = statement.server == dns::Name() ? "" : statement.server.to_text(),
              .fault = statement.fault};
    if (statement.answer) view = judged_view(subject, statement, validated_fqdn, lower);
    if (statement.address) view.address = dns::to_text(*statement.address);
    views.push_back(std::move(view));
  }
  return views;
}

View view_of(const Subject& seen, std::string server) {
  View view{.server = std::move(server),
            .lookup = seen.lookup,
            .answers = seen.answers,
            .caa = seen.caa,
            .caa_error = seen.caa_error,
            .evaluation = seen.evaluation,
            .lacks_dnssec = seen.lacks_dnssec};
  if (seen.lookup.error) view.fault = dns::explain(*seen.lookup.error);
  return view;
}

bool is_anyone_missing(const std::vector<View>& views) {
  std::set<std::string_view> heard;
  for (const View& view : views) {
    if (view.fault.empty()) heard.insert(view.server);
  }
  return std::any_of(views.begin(), views.end(),
                     [&heard](const View& view) { return heard.count(view.server) == 0; });
}

std::size_t count(const std::vector<View>& views, record::Outcome outcome) {
  return static_cast<std::size_t>(std::count_if(views.begin(), views.end(), [=](const View& view) {
    return view.fault.empty() && view.evaluation.outcome == outcome;
  }));
}

void judge_by(Subject& subject, std::vector<View> views, Agreement agreement) {
  const View* const typical = find_typical(views);
  subject.views_decide = true;
  if (typical == nullptr) {
    subject.answers.clear();
    subject.evaluation = {.outcome = record::Outcome::unknown};
    make_unknown(subject.evaluation);
  } else {
    subject.lookup = typical->lookup;
    subject.answers = typical->answers;
    subject.caa = typical->caa;
    subject.caa_error = typical->caa_error;
    subject.evaluation = typical->evaluation;
    subject.lacks_dnssec = typical->lacks_dnssec;
    const bool are_at_one =
        count(views, typical->evaluation.outcome) ==
        static_cast<std::size_t>(std::count_if(
            views.begin(), views.end(), [](const View& view) { return view.fault.empty(); }));
    const bool lacks_one = agreement == Agreement::of_all && is_anyone_missing(views);
    const bool is_open = typical->evaluation.outcome == record::Outcome::unknown;
    if ((!are_at_one && !is_open) || lacks_one) make_unknown(subject.evaluation);
  }
  subject.views = std::move(views);
}

void make_unknown(record::Evaluation& evaluation) {
  evaluation.outcome = record::Outcome::unknown;
  evaluation.reason = record::Reason::dns_failure;
  evaluation.error = record::AcmeError::dns;
}

void demand_dnssec(Subject& subject) {
  if (subject.lookup.authenticated || subject.answers.empty() || subject.lookup.error) return;
  subject.lacks_dnssec = true;
  make_unknown(subject.evaluation);
}

}  // namespace persist::survey
