#include "hook/check_printer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/verdict.h"
#include "app/views_text.h"
#include "hook/block_text.h"
#include "hook/request.h"
#include "rules/rule.h"
#include "survey/views.h"

namespace persist::hook {
namespace {

constexpr std::string_view say_which =
    "say which is wanted: --wildcard or --no-wildcard (PERSIST_HOOK_WILDCARD=true, "
    "PERSIST_HOOK_NO_WILDCARD=true)";

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

/// What to do where several servers say different things, or nobody has validated what one says.
std::string hint_of_unknown(const survey::Subject& subject) {
  if (subject.lacks_dnssec)
    return "ask a resolver on this host that validates (--resolver 127.0.0.1), and sign the zone";
  const auto& views = subject.views;
  if (survey::count(views, record::Outcome::authorized) == 0 ||
      survey::count(views, record::Outcome::refused) == 0)
    return "";
  return subject.viewers == survey::Viewers::zone_servers
             ? "bring every name server of the zone up to date: persist-hook wait tells when it is"
             : "wait until the older answer has left the cache; --authoritative tells what the "
               "zone serves";
}

/// What to do about the fault that a rule found behind the verdict.
std::string hint_of(const survey::Subject& subject,
                    const std::vector<report::Diagnostic>& findings) {
  if (subject.evaluation.outcome == record::Outcome::unknown) return hint_of_unknown(subject);
  if (subject.evaluation.outcome != record::Outcome::refused) return "";
  const auto fault = std::find_if(findings.begin(), findings.end(), [&](const auto& finding) {
    return finding.severity == report::Severity::error && !restates_verdict(finding) &&
           !restates_reason(finding, subject.evaluation);
  });
  return fault == findings.end() ? "" : fault->hint;
}

}  // namespace

CheckPrinter::CheckPrinter(const Options& options, const app::Environment& environment)
    : options_(options), environment_(environment) {
  if (options.format == OutputFormat::json) {
    reporter_ = report::find_format("json")->make(environment.out, {});
  }
}

void CheckPrinter::print(const survey::Subject& subject) {
  const auto findings = rules::run_rules(subject);
  status_ = app::worse(status_, to_status(subject.evaluation.outcome));
  report::count(summary_, subject.evaluation.outcome, findings);
  if (reporter_) {
    reporter_->add(app::to_check_result(
        subject, findings,
        account_is_proven(options_) ? app::lines_to_publish(subject) : std::vector<std::string>()));
  }
  if (subject.evaluation.outcome != record::Outcome::authorized) {
    print_block(subject, findings, "");
  } else if (!reporter_ && !options_.quiet) {
    print_success(subject, findings);
  }
}

void CheckPrinter::print_open(const survey::Subject& plain, const survey::Subject& wildcard) {
  const record::Outcome outcome = plain.evaluation.outcome;
  if (outcome != record::Outcome::authorized) return print(plain);
  if (wildcard.evaluation.outcome != record::Outcome::refused) return print(wildcard);
  const auto findings = rules::run_rules(wildcard);
  status_ = app::worse(status_, app::ExitStatus::unknown);
  report::count(summary_, record::Outcome::unknown, findings);
  survey::Subject open = wildcard;
  open.evaluation.outcome = record::Outcome::unknown;
  print_block(open, findings,
              fmt::format("{} is authorised, {} is not ({}), and nothing tells which is ordered",
                          plain.required.identifier.text(), wildcard.required.identifier.text(),
                          app::verdict_message(wildcard)));
}

app::ExitStatus CheckPrinter::finish(std::size_t expected) {
  summary_.complete = summary_.checks == expected;
  summary_.now = options_.common.now.value_or(environment_.now);
  if (!summary_.complete) tell_incomplete(expected);
  if (reporter_) reporter_->finish(summary_);
  return status_;
}

void CheckPrinter::print_block(const survey::Subject& subject,
                               const std::vector<report::Diagnostic>& findings,
                               const std::string& message) {
  environment_.err.write(
      block_text(subject,
                 {.notes = notes_of(subject, findings),
                  .hint = message.empty() ? hint_of(subject, findings) : std::string(say_which),
                  .publish = app::lines_to_publish(subject),
                  .message = message},
                 options_));
}

void CheckPrinter::print_success(const survey::Subject& subject,
                                 const std::vector<report::Diagnostic>& findings) {
  const bool tells_dnssec = options_.require_dnssec || options_.verbose;
  const std::string dnssec = !tells_dnssec                  ? ""
                             : subject.lookup.authenticated ? "; dnssec: validated"
                                                            : "; dnssec: unverified";
  const std::string line =
      fmt::format("{}: authorised at {} ({}{})\n", subject.required.identifier.text(),
                  subject.ca->title, app::verdict_message(subject), dnssec);
  if (!options_.is_called) environment_.out.write(line);
  if (options_.is_called && options_.verbose) environment_.err.write("persist-hook: " + line);
  std::vector<std::string> notes = notes_of(subject, findings);
  for (const survey::View& view : subject.views) {
    if (view.fault.empty()) continue;
    notes.push_back("warning: " + app::view_text(subject, view));
  }
  const std::string block = find_stumbling_block(options_.native, options_.native_end, subject);
  if (!block.empty()) notes.push_back("warning: " + block);
  for (const std::string& note : notes) {
    environment_.err.write(
        fmt::format("persist-hook: {}: {}\n", subject.required.identifier.text(), note));
  }
}

void CheckPrinter::tell_incomplete(std::size_t expected) {
  status_ = app::worse(status_, app::ExitStatus::unknown);
  const bool is_stopped = environment_.stop != nullptr && *environment_.stop;
  summary_.problems.push_back(fmt::format("{} of {} names were not checked: {}",
                                          expected - summary_.checks, expected,
                                          is_stopped ? "interrupted" : "time limit reached"));
  environment_.err.write(fmt::format("persist-hook: error: {}\n", summary_.problems.back()));
}

std::vector<std::string> CheckPrinter::notes_of(const survey::Subject& subject,
                                                const std::vector<report::Diagnostic>& findings) {
  std::vector<std::string> notes;
  for (const report::Diagnostic& finding : findings) {
    if (restates_verdict(finding) || restates_reason(finding, subject.evaluation)) continue;
    if (finding.severity == report::Severity::notice && !options_.verbose) continue;
    if (finding.about_ca && !told_about_ca_.insert(finding.rule).second) continue;
    notes.push_back(fmt::format("{}: {} [{}]", report::to_text(finding.severity), finding.message,
                                finding.rule));
  }
  notes.insert(notes.end(), subject.remarks.begin(), subject.remarks.end());
  return notes;
}

}  // namespace persist::hook
