#include <fmt/format.h>

#include "base/escape.h"
#include "rules/caa_fault.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

using record::Reason;

/// A record that would authorise if something held that cannot be seen from here.
std::optional<Finding> find_open_record(const Subject& subject, std::span<const Anatomy> records) {
  for (const Anatomy& record : records) {
    if (!record.judgement->open) continue;
    if (record.judgement->reason == Reason::hash_mismatch) {
      return Finding{
          .message =
              "the hash fits none of the keys that are known here; it may have been made "
              "with another key of the account",
          .span = record.whole(),
          .hint = "name every key that the account ever had"};
    }
    return Finding{
        .message = fmt::format(
            "the record names the account in the form of the other dialect; {} was known to "
            "use dialect {} on {}, and may have moved on",
            escape(subject.ca->title), to_text(subject.ca->dialect), subject.ca->as_of),
        .span = record.whole(),
        .hint = "say which dialect the CA uses"};
  }
  return {};
}

Finding describe_lookup(const Subject& subject) {
  const survey::LookupFacts& lookup = subject.lookup;
  if (subject.lacks_dnssec) return {"no resolver of this host has validated the answer"};
  if (subject.views_decide) return {"the servers that were asked one by one give no one answer"};
  if (lookup.error) return {dns::explain(*lookup.error)};
  if (std::string text = caa_message(subject); !text.empty()) return {text};
  if (subject.evaluation.reason == Reason::dns_suspicious && lookup.extended_error) {
    const auto& extended = *lookup.extended_error;
    return {fmt::format("the resolver itself calls its answer {}{}", dns::to_name(extended),
                        extended.text.empty() ? "" : ": " + quote(extended.text))};
  }
  const bool is_own =
      subject.answers.empty() || subject.answers.front().outcome == record::DnsOutcome::failed;
  return {is_own ? "no answer is there for this name" : "a name above gave no trustworthy answer"};
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (subject.evaluation.outcome != record::Outcome::unknown) return {};
  if (auto finding = find_open_record(subject, records)) return {*std::move(finding)};
  return {describe_lookup(subject)};
}

void fail_lookup(Subject& subject) {
  subject.lookup.error =
      dns::LookupError{.code = dns::LookupErrorCode::rcode, .rcode = dns::Rcode::servfail};
}

}  // namespace

extern const Rule lookup_failed{
    .id = "DP102",
    .name = "lookup-failed",
    .level = Level::unknown,
    .title = "no trustworthy answer, so nothing can be said",
    .rationale =
        "A failed look-up proves neither that the record is there nor that it is missing. It is "
        "reported as unknown and never counted as a finding.",
    .remedy = "Look at the resolver and at the name servers of the zone, then run the check again.",
    .citation = "draft-ietf-acme-dns-persist-02, section 9.3.1; RFC 8914, section 4",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .spoil = fail_lookup,
                .note = "In the bad example the resolver answers SERVFAIL."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
