#include "app/verdict.h"

#include <fmt/format.h>

#include "app/views_text.h"
#include "record/caa_text.h"
#include "record/explain.h"
#include "record/generate.h"
#include "report/method_text.h"
#include "rules/caa_fault.h"

namespace persist::app {
namespace {

constexpr std::chrono::seconds proposed_ttl{3600};

std::vector<record::DomainName> to_names(const std::vector<std::string>& texts) {
  std::vector<record::DomainName> names;
  for (const std::string& text : texts) {
    // Profiles hold names that were read once already.
    if (auto name = record::DomainName::parse(text)) names.push_back(*std::move(name));
  }
  return names;
}

/// Empty unless the verdict would be told by the text of a record that has nothing to do with this
/// method: that may be anybody's secret, and logs are public.
std::string foreign_message(const survey::Subject& subject) {
  const auto& judgements = subject.evaluation.judgements;
  if (subject.evaluation.reason != record::Reason::issuer_mismatch || judgements.size() != 1)
    return "";
  if (report::is_of_this_method(judgements.front().found.text())) return "";
  const std::string issuers = record::names_of(subject.required.issuer_domain_names);
  return issuers.empty() ? "" : "the record is not for " + issuers;
}

std::vector<report::ServerResult> to_server_results(const survey::Subject& subject) {
  std::vector<report::ServerResult> results;
  for (const survey::View& view : subject.views) {
    results.push_back({.server = view.server,
                       .address = view.address,
                       .outcome = view.evaluation.outcome,
                       .message = view_message(subject, view)});
  }
  return results;
}

}  // namespace

survey::Subject make_subject(const record::Identifier& identifier, const AccountRequest& request,
                             UnixTime now) {
  return {.required = {.identifier = identifier,
                       .issuer_domain_names = to_names(request.ca->issuer_domain_names),
                       .account = request.account,
                       .account_hash_prefix = request.ca->account_hash_prefix,
                       .hash_algs = request.ca->hash_algs,
                       .climb = request.ca->climbs},
          .ca = request.ca,
          .now = now,
          .compromised_account = request.compromised,
          .account_label = request.label,
          .account_source = request.source,
          .asks_caa = request.ca->reading.caa.is_checked};
}

survey::Permitted to_permitted(const AccountRequest& request) {
  return {.label = request.label,
          .issuer_domain_names = to_names(request.ca->issuer_domain_names),
          .account = request.account,
          .account_hash_prefix = request.ca->account_hash_prefix,
          .ca = request.ca};
}

std::string verdict_message(const survey::Subject& subject) {
  if (subject.lookup.error) return dns::explain(*subject.lookup.error);
  if (std::string text = views_message(subject); !text.empty()) return text;
  if (subject.lacks_dnssec) return "DNSSEC did not validate the answer at a resolver of this host";
  if (std::string text = rules::caa_message(subject); !text.empty()) return text;
  const record::Evaluation& evaluation = subject.evaluation;
  const auto& reason = evaluation.reason;
  if (reason == record::Reason::dns_suspicious && subject.lookup.extended_error) {
    return fmt::format("the resolver itself calls its answer {}",
                       dns::to_name(*subject.lookup.extended_error));
  }
  if (std::string text = foreign_message(subject); !text.empty()) return text;
  std::string text = record::describe(
      evaluation, {.required = subject.required, .ca = *subject.ca, .now = subject.now});
  if (reason == record::Reason::nxdomain && !subject.lookup.chain.empty()) {
    text += fmt::format("; it is an alias of {}", subject.lookup.chain.back().to_text());
  }
  return text;
}

std::vector<std::string> lines_to_publish(const survey::Subject& subject) {
  if (subject.evaluation.outcome != record::Outcome::refused) return {};
  if (subject.caa) {
    const std::string line = record::to_zone_line(*subject.caa, subject.required, proposed_ttl);
    return line.empty() ? std::vector<std::string>() : std::vector{line};
  }
  const auto made = record::generate(
      subject.required, *subject.ca,
      {.wildcard = subject.wants_wildcard() || subject.wildcard_listed}, subject.now);
  if (!made) return {};
  const auto& chain = subject.lookup.chain;
  if (chain.empty()) return {record::to_zone_line(made->owner, proposed_ttl, made->value)};
  // Nothing can stand beside an alias.
  return {fmt::format("{}. {} IN TXT {}", chain.back().to_text(), proposed_ttl.count(),
                      record::to_zone_strings(record::to_character_strings(made->value)))};
}

report::CheckResult to_check_result(survey::Subject subject,
                                    std::vector<report::Diagnostic> findings,
                                    std::vector<std::string> publish) {
  std::string message = verdict_message(subject);
  std::vector<report::ServerResult> servers = to_server_results(subject);
  report::CheckResult result{.identifier = std::move(subject.required.identifier),
                             .owner = subject.owner ? subject.owner->text() : "",
                             .ca = subject.ca->id,
                             .dialect = subject.ca->dialect,
                             .account_label = std::move(subject.account_label),
                             .dnssec_validated = subject.lookup.authenticated,
                             .evaluation = std::move(subject.evaluation),
                             .caa = std::move(subject.caa),
                             .findings = std::move(findings),
                             .message = std::move(message),
                             .publish = std::move(publish),
                             .servers = std::move(servers),
                             .remarks = std::move(subject.remarks),
                             .now = subject.now};
  if (!subject.required.account.url.empty()) {
    result.account_url = std::move(subject.required.account.url);
    result.account_source = std::move(subject.account_source);
  }
  for (const dns::Name& name : subject.lookup.chain) result.alias_chain.push_back(name.to_text());
  if (subject.entry != nullptr) {
    result.labels = subject.entry->labels;
    result.location = subject.entry->location;
  }
  return result;
}

}  // namespace persist::app
