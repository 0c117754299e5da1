#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <utility>

#include "app/verdict.h"
#include "hook/block_text.h"
#include "hook/command.h"
#include "hook/request.h"
#include "report/reporter.h"
#include "rules/rule.h"
#include "survey/survey.h"

namespace persist::hook {
namespace {

app::ExitStatus to_status(record::Outcome outcome) {
  switch (outcome) {
    case record::Outcome::authorized:
      return app::ExitStatus::ok;
    case record::Outcome::refused:
      return app::ExitStatus::refused;
    case record::Outcome::unknown:
      return app::ExitStatus::unknown;
  }
  return app::ExitStatus::unknown;
}

/// The rules that say no more than the verdict itself; errors about CAA are the verdict.
bool restates_verdict(const report::Diagnostic& finding) {
  const bool is_about_caa = finding.name.substr(0, 4) == "caa-";
  return finding.severity == report::Severity::unknown || finding.name == "not-authorized" ||
         finding.name == "record-missing" ||
         (is_about_caa && finding.severity == report::Severity::error);
}

/// The rules that say of the only record what the verdict says already.
constexpr std::array<std::pair<record::Reason, std::string_view>, 10> same_as_verdict{
    {{record::Reason::name_too_long, "name-too-long"},
     {record::Reason::empty_parameter, "value-trailing-semicolon"},
     {record::Reason::empty_parameter, "value-empty-parameter"},
     {record::Reason::issuer_mismatch, "issuer-unknown"},
     {record::Reason::accounturi_missing, "accounturi-missing"},
     {record::Reason::accounturi_empty, "accounturi-empty"},
     {record::Reason::account_deactivated, "account-deactivated"},
     {record::Reason::accounturi_mismatch, "accounturi-other-account"},
     {record::Reason::policy_not_wildcard, "policy-wildcard-needed"},
     {record::Reason::expired, "persistuntil-expired"}}};

bool restates_reason(const report::Diagnostic& finding, const record::Evaluation& evaluation) {
  return evaluation.judgements.size() < 2 &&
         std::any_of(same_as_verdict.begin(), same_as_verdict.end(), [&](const auto& row) {
           return evaluation.reason == row.first && finding.name == row.second;
         });
}

/// What to do about the fault that a rule found behind the verdict.
std::string hint_of(const survey::Subject& subject,
                    const std::vector<report::Diagnostic>& findings) {
  if (subject.evaluation.outcome != record::Outcome::refused) return "";
  const auto fault = std::find_if(findings.begin(), findings.end(), [&](const auto& finding) {
    return finding.severity == report::Severity::error && !restates_verdict(finding) &&
           !restates_reason(finding, subject.evaluation);
  });
  return fault == findings.end() ? "" : fault->hint;
}

bool wants_wildcard(const std::vector<record::Identifier>& identifiers,
                    const record::DomainName& name) {
  return std::any_of(identifiers.begin(), identifiers.end(),
                     [&name](const record::Identifier& identifier) {
                       return identifier.wildcard && identifier.name == name;
                     });
}

/// Prints each check as it is judged, and remembers the worst.
class CheckPrinter {
 public:
  CheckPrinter(const Options& options, const app::Environment& environment)
      : options_(options), environment_(environment) {
    if (options.format == OutputFormat::json) {
      reporter_ = report::find_format("json")->make(environment.out, {});
    }
  }

  void print(const survey::Subject& subject) {
    const auto findings = rules::run_rules(subject);
    status_ = app::worse(status_, to_status(subject.evaluation.outcome));
    report::count(summary_, subject.evaluation.outcome, findings);
    const auto publish = app::lines_to_publish(subject);
    if (reporter_) {
      reporter_->add(app::to_check_result(
          subject, findings, account_is_proven(options_) ? publish : std::vector<std::string>()));
    }
    if (subject.evaluation.outcome != record::Outcome::authorized) {
      environment_.err.write(block_text(subject,
                                        {.notes = notes_of(subject, findings),
                                         .hint = hint_of(subject, findings),
                                         .publish = publish},
                                        options_));
    } else if (!reporter_ && !options_.quiet) {
      print_success(subject, findings);
    }
  }

  app::ExitStatus finish(std::size_t expected) {
    summary_.complete = summary_.checks == expected;
    summary_.now = options_.common.now.value_or(environment_.now);
    if (!summary_.complete) tell_incomplete(expected);
    if (reporter_) reporter_->finish(summary_);
    return status_;
  }

 private:
  void tell_incomplete(std::size_t expected) {
    status_ = app::worse(status_, app::ExitStatus::unknown);
    const bool is_stopped = environment_.stop != nullptr && *environment_.stop;
    summary_.problems.push_back(fmt::format("{} of {} names were not checked: {}",
                                            expected - summary_.checks, expected,
                                            is_stopped ? "interrupted" : "time limit reached"));
    environment_.err.write(fmt::format("persist-hook: error: {}\n", summary_.problems.back()));
  }

  /// Errors and warnings beside what the verdict itself already tells; what is about the CA once.
  std::vector<std::string> notes_of(const survey::Subject& subject,
                                    const std::vector<report::Diagnostic>& findings) {
    std::vector<std::string> notes;
    for (const report::Diagnostic& finding : findings) {
      if (restates_verdict(finding) || restates_reason(finding, subject.evaluation)) continue;
      if (finding.severity == report::Severity::notice && !options_.verbose) continue;
      if (finding.about_ca && !told_about_ca_.insert(finding.rule).second) continue;
      notes.push_back(fmt::format("{}: {} [{}]", report::to_text(finding.severity), finding.message,
                                  finding.rule));
    }
    return notes;
  }

  void print_success(const survey::Subject& subject,
                     const std::vector<report::Diagnostic>& findings) {
    environment_.out.write(fmt::format("{}: authorised at {} ({})\n",
                                       subject.required.identifier.text(), subject.ca->title,
                                       app::verdict_message(subject)));
    for (const std::string& note : notes_of(subject, findings)) {
      environment_.err.write(
          fmt::format("persist-hook: {}: {}\n", subject.required.identifier.text(), note));
    }
  }

  const Options& options_;
  const app::Environment& environment_;
  std::unique_ptr<report::Reporter> reporter_;
  report::Summary summary_{};
  std::set<std::string_view> told_about_ca_{};  ///< ids of rules
  app::ExitStatus status_ = app::ExitStatus::ok;
};

}  // namespace

app::ExitStatus run_check(const Options& options, const app::Environment& environment) {
  Request request;
  if (const auto problem = read_request(options, request)) {
    print_error(environment, *problem);
    return app::ExitStatus::usage;
  }
  const auto servers = app::find_resolvers(options.common, environment);
  if (!servers) {
    print_error(environment, servers.error());
    return app::ExitStatus::usage;
  }
  const UnixTime now = options.common.now.value_or(environment.now);
  CheckPrinter printer(options, environment);
  std::size_t next = 0;
  survey::Survey survey(
      [&]() -> std::optional<survey::Inquiry> {
        if (next == request.identifiers.size()) return {};
        const record::Identifier& identifier = request.identifiers[next++];
        auto subject = app::make_subject(identifier, request.account, now);
        subject.warn_before = options.common.warn_before.value_or(subject.warn_before);
        subject.wildcard_listed = wants_wildcard(request.identifiers, identifier.name);
        return survey::Inquiry{.name = identifier.name, .subjects = {std::move(subject)}};
      },
      [&](const survey::Inquiry& done) {
        for (const survey::Subject& subject : done.subjects) printer.print(subject);
      });
  const auto resolver = environment.make_resolver({.servers = *servers});
  resolver->run(survey, {.deadline = std::chrono::steady_clock::now() + options.timeout,
                         .stop = environment.stop});
  return printer.finish(request.identifiers.size());
}

}  // namespace persist::hook
