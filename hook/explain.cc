#include <fmt/format.h>

#include <algorithm>

#include "app/verdict.h"
#include "base/ascii.h"
#include "base/escape.h"
#include "hook/command.h"
#include "record/issue_value.h"
#include "record/persist_until.h"
#include "report/reporter.h"
#include "rules/all_rules.h"
#include "survey/survey.h"

namespace persist::hook {
namespace {

/// Of pieces, and of findings.
constexpr std::size_t most_lines = 50;

/// The value of the first accounturi, however broken the rest is.
std::string accounturi_of(std::string_view value) {
  record::PieceReader pieces(value);
  while (const auto piece = pieces.next()) {
    if (equals_ignoring_case(piece->tag, record::accounturi_tag)) return std::string(piece->value);
  }
  return "";
}

/// The name under which a value is looked at when nobody says for which it is meant.
record::DomainName some_name() {
  return record::DomainName::parse("example.com").value();
}

/// The profile for whose eyes the value was written: the one asked for, else the one of its issuer
/// or its account, else the draft to the letter.
record::CaProfile profile_for(const Options& options, std::string_view issuer,
                              std::string_view accounturi) {
  if (auto asked = app::make_profile(options.common)) return *std::move(asked);
  if (const auto* known = record::find_profile_by_account(accounturi)) return *known;
  for (const record::CaProfile& profile : record::built_in_profiles()) {
    const auto& names = profile.issuer_domain_names;
    if (std::any_of(names.begin(), names.end(),
                    [&](const std::string& name) { return equals_ignoring_case(name, issuer); })) {
      return profile;
    }
  }
  record::CaProfile strict = *record::find_profile("strict-01");
  if (record::is_issuer_domain_name(issuer)) strict.issuer_domain_names = {to_lower(issuer)};
  return strict;
}

std::string describe_time(std::string_view value, UnixTime now) {
  const auto time = record::parse_persist_until(value);
  if (!time) return "persistUntil, but no whole number of seconds";
  const std::int64_t days = (time->seconds - now.seconds) / 86'400;
  if (time->seconds < now.seconds)
    return fmt::format("expired: the last good second was {}", to_rfc3339(*time));
  return fmt::format("good up to and including {} ({} days from now)", to_rfc3339(*time), days);
}

std::string describe_account(std::string_view value) {
  if (const auto* ca = record::find_profile_by_account(value))
    return "the account, at " + ca->title;
  if (contains(value, "sha-256/")) return "the account, hashed (draft -02)";
  return "the account URL (drafts -00 and -01) or hashed account (-02)";
}

std::string describe_piece(const record::Piece& piece, UnixTime now) {
  if (piece.text.empty()) return "an empty parameter: a needless semicolon";
  if (!piece.has_equals) return "no parameter: \"=\" is missing";
  if (equals_ignoring_case(piece.tag, record::accounturi_tag)) return describe_account(piece.value);
  if (equals_ignoring_case(piece.tag, record::policy_tag)) {
    return equals_ignoring_case(piece.value, record::wildcard_policy)
               ? "covers the wildcard name too"
               : "a policy without effect: only \"wildcard\" means something";
  }
  if (equals_ignoring_case(piece.tag, record::persist_until_tag))
    return describe_time(piece.value, now);
  return "an unknown tag: CAs ignore it";
}

std::string describe_issuer(std::string_view issuer) {
  if (issuer.empty()) return "no issuer-domain-name";
  for (const record::CaProfile& profile : record::built_in_profiles()) {
    const auto& names = profile.issuer_domain_names;
    if (std::find(names.begin(), names.end(), issuer) != names.end())
      return "the CA: " + profile.title;
  }
  return record::is_issuer_domain_name(issuer) ? "the CA's issuer-domain-name"
                                               : "no issuer-domain-name";
}

/// The account that the value itself names is taken for the right one: only the form is judged.
survey::Subject judged(const std::string& value, const record::CaProfile& ca,
                       const Options& options, UnixTime now) {
  app::AccountRequest request{.ca = &ca, .account = {.url = options.common.account_url}};
  if (request.account.url.empty()) request.account.url = accounturi_of(value);
  auto subject =
      app::make_subject({.name = some_name(), .wildcard = options.wildcard}, request, now);
  subject.warn_before = options.common.warn_before.value_or(subject.warn_before);
  subject.owner = record::validation_domain_name(some_name()).value();
  subject.answers = {{.validated_fqdn = some_name(),
                      .outcome = record::DnsOutcome::answered,
                      .rrset = {{.character_strings = {value}}}}};
  survey::judge(subject);
  return subject;
}

std::string annotated(const std::string& value, UnixTime now) {
  record::PieceReader pieces(value);
  std::string text =
      fmt::format("  {:<48}  {}\n", quote(pieces.issuer(), 120), describe_issuer(pieces.issuer()));
  std::size_t count = 0;
  while (const auto piece = pieces.next()) {
    if (++count > most_lines) continue;
    text += fmt::format("  {:<48}  {}\n", quote(piece->text, 120), describe_piece(*piece, now));
  }
  return count > most_lines ? text + fmt::format("  ... and {} more pieces\n", count - most_lines)
                            : text;
}

/// Rules about a name and its look-up have nothing to say of a pasted value.
bool is_about_value(const report::Diagnostic& finding) {
  return finding.span.has_value() || finding.rule.substr(0, 3) == "DP2";
}

}  // namespace

app::ExitStatus run_explain(const Options& options, const app::Environment& environment) {
  if (options.names.size() != 1) {
    print_error(environment, {"explain takes one VALUE", "put it in single quotes"});
    return app::ExitStatus::usage;
  }
  const std::string& value = options.names.front();
  const UnixTime now = options.common.now.value_or(environment.now);
  record::PieceReader pieces(value);
  const std::string issuer(pieces.issuer());
  const record::CaProfile ca = profile_for(options, issuer, accounturi_of(value));
  const survey::Subject subject = judged(value, ca, options, now);
  auto findings = rules::run_rules(rules::all_rules(), subject);
  std::erase_if(findings, [](const auto& finding) { return !is_about_value(finding); });
  const bool good = subject.evaluation.outcome == record::Outcome::authorized;
  if (options.format == OutputFormat::json) {
    const auto reporter = report::find_format("json")->make(environment.out, {});
    reporter->add(app::to_check_result(subject, findings));
    reporter->finish(
        {.checks = 1, .authorized = good ? 1U : 0U, .refused = good ? 0U : 1U, .now = now});
  } else {
    std::string text = fmt::format("as {} reads it:\n", ca.title) + annotated(value, now);
    for (const report::Diagnostic& finding : findings) {
      text += fmt::format("  {}: {} [{}]\n", report::to_text(finding.severity), finding.message,
                          finding.rule);
    }
    const std::string message = app::verdict_message(subject);
    text +=
        good ? fmt::format("well-formed ({})\n", message) : fmt::format("refused: {}\n", message);
    environment.out.write(text);
  }
  return good ? app::ExitStatus::ok : app::ExitStatus::refused;
}

}  // namespace persist::hook
