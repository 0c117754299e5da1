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

/// What stands in a value where the CA and the account belong, however broken the rest is.
struct Value {
  std::string text;
  std::string issuer;
  std::string accounturi{};
};

Value take_apart(const std::string& text) {
  record::PieceReader pieces(text);
  Value value{.text = text, .issuer = std::string(pieces.issuer())};
  while (const auto piece = pieces.next()) {
    if (!equals_ignoring_case(piece->tag, record::accounturi_tag)) continue;
    value.accounturi = piece->value;
    break;
  }
  return value;
}

/// The name under which a value is looked at when nobody says for which it is meant.
record::DomainName some_name() {
  return record::DomainName::parse("example.com").value();
}

/// True if some option tells which CA is meant.
bool says_which_ca(const app::CommonOptions& options) {
  return !options.ca.empty() || !options.directory.empty() || !options.issuers.empty() ||
         record::find_profile_by_account(options.account_url) != nullptr;
}

/// The CA to which the value was written: that of its account or its issuer, else the draft to the
/// letter.
record::CaProfile guess_profile(const Value& value) {
  if (const auto* known = record::find_profile_by_account(value.accounturi)) return *known;
  for (const record::CaProfile& profile : record::built_in_profiles()) {
    const auto& names = profile.issuer_domain_names;
    if (std::any_of(names.begin(), names.end(), [&](const std::string& name) {
          return equals_ignoring_case(name, value.issuer);
        })) {
      return profile;
    }
  }
  return *record::find_profile("strict-01");
}

/// The CA for whose eyes the value is explained: the one asked for, else the one of the value
/// itself. Where the issuer-domain-names of the CA are not known, the value's own counts.
Expected<record::CaProfile, app::UsageError> profile_for(app::CommonOptions options,
                                                         const Value& value) {
  if (!says_which_ca(options)) options.ca = guess_profile(value).id;
  auto profile = app::make_nameless_profile(options);
  const auto own = record::DomainName::parse(value.issuer);
  if (profile && profile->issuer_domain_names.empty() && own)
    profile->issuer_domain_names.push_back(own->text());
  return profile;
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
survey::Subject judged(const Value& value, const record::CaProfile& ca, const Options& options,
                       UnixTime now) {
  app::AccountRequest request{.ca = &ca, .account = {.url = options.common.account_url}};
  if (request.account.url.empty()) request.account.url = value.accounturi;
  auto subject =
      app::make_subject({.name = some_name(), .wildcard = options.wildcard}, request, now);
  subject.warn_before = options.common.warn_before.value_or(subject.warn_before);
  subject.owner = record::validation_domain_name(some_name()).value();
  subject.answers = {{.validated_fqdn = some_name(),
                      .outcome = record::DnsOutcome::answered,
                      .rrset = {{.character_strings = {value.text}}}}};
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
  const Value value = take_apart(options.names.front());
  const UnixTime now = options.common.now.value_or(environment.now);
  const auto ca = profile_for(options.common, value);
  if (!ca) {
    print_error(environment, ca.error());
    return app::ExitStatus::usage;
  }
  const survey::Subject subject = judged(value, *ca, options, now);
  auto findings = rules::run_rules(rules::all_rules(), subject);
  std::erase_if(findings, [](const auto& finding) { return !is_about_value(finding); });
  const bool good = subject.evaluation.outcome == record::Outcome::authorized;
  if (options.format == OutputFormat::json) {
    const auto reporter = report::find_format("json")->make(environment.out, {});
    reporter->add(app::to_check_result(subject, findings));
    reporter->finish(
        {.checks = 1, .authorized = good ? 1U : 0U, .refused = good ? 0U : 1U, .now = now});
  } else {
    std::string text = fmt::format("as {} reads it:\n", ca->title) + annotated(value.text, now);
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
