#include "rules/rule.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "rules/all_rules.h"

namespace persist::rules {
namespace {

using record::Outcome;
using report::Severity;

Severity severity_of(Level level, bool decisive) {
  switch (level) {
    case Level::error:
      return Severity::error;
    case Level::warning:
      return Severity::warning;
    case Level::notice:
      return Severity::notice;
    case Level::unknown:
      return Severity::unknown;
    case Level::profile:
      return decisive ? Severity::error : Severity::warning;
  }
  return Severity::error;
}

/// True if the finding is about a record that does nothing, while another one authorises.
bool does_no_harm(const Finding& finding, const record::Evaluation& evaluation) {
  return evaluation.outcome == Outcome::authorized && finding.span &&
         evaluation.judgements[finding.span->record].reason.has_value();
}

/// A remedy as a hint: no capital, no full stop.
std::string to_hint(std::string_view remedy) {
  std::string hint(remedy.substr(0, remedy.size() - 1));
  hint[0] = to_lower(hint[0]);
  return hint;
}

/// Asks one rule after the other and collects what they say.
class Run {
 public:
  explicit Run(const Subject& subject)
      : subject_(subject),
        records_(dissect(subject)),
        relevance_(relevance_of(subject, records_)) {}

  const Relevance& relevance() const { return relevance_; }

  void ask(const Rule& rule) {
    for (Finding& finding : rule.check(subject_, records_)) take(rule, std::move(finding));
  }

  bool is_refusal_without_error() const {
    return subject_.evaluation.outcome == Outcome::refused &&
           std::none_of(found_.begin(), found_.end(), [](const report::Diagnostic& diagnostic) {
             return diagnostic.severity == Severity::error;
           });
  }

  std::vector<report::Diagnostic> finish() && { return std::move(found_); }

 private:
  void take(const Rule& rule, Finding finding) {
    Severity severity = finding.severity.value_or(severity_of(rule.level, finding.decisive));
    if (severity == Severity::error && does_no_harm(finding, subject_.evaluation)) {
      severity = Severity::warning;
    }
    found_.push_back({.location = subject_.entry == nullptr ? Location{} : subject_.entry->location,
                      .severity = severity,
                      .rule = rule.id,
                      .name = rule.name,
                      .message = std::move(finding.message),
                      .hint = finding.hint.empty() ? to_hint(rule.remedy) : std::move(finding.hint),
                      .span = finding.span,
                      .about_ca = rule.about_ca});
  }

  const Subject& subject_;
  std::vector<Anatomy> records_;
  Relevance relevance_;
  std::vector<report::Diagnostic> found_;
};

using Rules = std::vector<const Rule*>;

template <typename Belongs>
Rules select(const Belongs& belongs) {
  Rules selected;
  for (const Rule* rule : all_rules()) {
    if (belongs(*rule)) selected.push_back(rule);
  }
  return selected;
}

const Rules& fallback_rules() {
  static const Rules rules = select([](const Rule& rule) { return rule.is_fallback; });
  return rules;
}

/// All others that are asked there. Most subjects need few: a list of them spares the search.
const Rules& rules_for(const Relevance& relevance) {
  const auto make = [](bool all_plain, bool all_authorize) {
    return select([&](const Rule& rule) {
      return !rule.is_fallback && is_asked(rule, {all_plain, all_authorize});
    });
  };
  static const std::array rules{make(false, false), make(false, true), make(true, false),
                                make(true, true)};
  return rules[(relevance.all_plain ? 2U : 0U) + (relevance.all_authorize ? 1U : 0U)];
}

}  // namespace

std::string_view to_text(Level level) {
  switch (level) {
    case Level::error:
      return "error";
    case Level::warning:
      return "warning";
    case Level::notice:
      return "notice";
    case Level::unknown:
      return "unknown";
    case Level::profile:
      return "profile";
  }
  return "";
}

Relevance relevance_of(const Subject& subject, std::span<const Anatomy> records) {
  const auto every = [records](auto holds) {
    return std::all_of(records.begin(), records.end(), holds);
  };
  return {.all_plain = every([](const Anatomy& record) { return record.is_plain; }),
          .all_authorize = subject.evaluation.outcome == Outcome::authorized &&
                           every([](const Anatomy& record) { return !record.judgement->reason; })};
}

bool is_asked(const Rule& rule, const Relevance& relevance) {
  return !(rule.needs_odd_text && relevance.all_plain) &&
         !(rule.needs_refusal && relevance.all_authorize);
}

std::vector<report::Diagnostic> run_rules(const Subject& subject) {
  Run run(subject);
  for (const Rule* rule : rules_for(run.relevance())) run.ask(*rule);
  if (run.is_refusal_without_error()) {
    for (const Rule* rule : fallback_rules()) run.ask(*rule);
  }
  auto found = std::move(run).finish();
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.rule < b.rule; });
  return found;
}

const Rule* find_rule(std::string_view id_or_name) {
  for (const Rule* rule : all_rules()) {
    if (rule->id == id_or_name || rule->name == id_or_name) return rule;
  }
  return nullptr;
}

}  // namespace persist::rules
