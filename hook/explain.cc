#include <fmt/format.h>

#include "app/verdict.h"
#include "hook/annotation.h"
#include "hook/command.h"
#include "hook/pasted_value.h"
#include "report/reporter.h"
#include "rules/rule.h"

namespace persist::hook {
namespace {

using record::Outcome;

/// Rules about a name and its look-up have nothing to say of a pasted value.
bool is_about_value(const report::Diagnostic& finding) {
  return finding.span.has_value() || finding.rule.substr(0, 3) == "DP2";
}

/// A record that a CA would accept can still say what nobody means: an end in milliseconds.
app::ExitStatus to_status(Outcome outcome, const report::Summary& summary) {
  if (outcome == Outcome::refused || summary.errors > 0) return app::ExitStatus::refused;
  return outcome == Outcome::authorized ? app::ExitStatus::ok : app::ExitStatus::unknown;
}

std::string conclusion(const survey::Subject& subject, const report::Summary& summary) {
  const std::string message = app::verdict_message(subject);
  switch (subject.evaluation.outcome) {
    case Outcome::refused:
      return "refused: " + message;
    case Outcome::unknown:
      return "cannot tell: " + message;
    case Outcome::authorized:
      break;
  }
  if (summary.errors == 0) return fmt::format("well-formed ({})", message);
  return fmt::format("the CA would accept it in spite of {} ({})",
                     summary.errors == 1 ? "the error" : fmt::format("{} errors", summary.errors),
                     message);
}

std::string to_text(const PastedValue& value, const survey::Subject& subject,
                    const std::vector<report::Diagnostic>& findings,
                    const report::Summary& summary) {
  std::string text = fmt::format("as {} reads it:\n", subject.ca->title) +
                     annotate(value.text, *subject.ca, subject.now);
  for (const report::Diagnostic& finding : findings) {
    text += fmt::format("  {}: {} [{}]\n    hint: {}\n", report::to_text(finding.severity),
                        finding.message, finding.rule, finding.hint);
  }
  return text + conclusion(subject, summary) + "\n";
}

}  // namespace

app::ExitStatus run_explain(const Options& options, const app::Environment& environment) {
  if (options.names.size() != 1) {
    print_error(environment, {"explain takes one VALUE", "put it in single quotes"});
    return app::ExitStatus::usage;
  }
  const PastedValue value = take_apart(options.names.front());
  const UnixTime now = options.common.now.value_or(environment.now);
  const auto ca = profile_for(options.common, value);
  if (!ca) {
    print_error(environment, ca.error());
    return app::ExitStatus::usage;
  }
  const survey::Subject subject = judge(value, *ca, options, now);
  auto findings = rules::run_rules(subject);
  std::erase_if(findings, [](const auto& finding) { return !is_about_value(finding); });
  report::Summary summary{.now = now};
  report::count(summary, subject.evaluation.outcome, findings);
  if (options.format == OutputFormat::json) {
    const auto reporter = report::find_format("json")->make(environment.out, {});
    reporter->add(app::to_check_result(subject, findings));
    reporter->finish(summary);
  } else {
    environment.out.write(to_text(value, subject, findings, summary));
  }
  return to_status(subject.evaluation.outcome, summary);
}

}  // namespace persist::hook
