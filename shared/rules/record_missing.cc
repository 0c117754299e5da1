#include <fmt/format.h>

#include "rules/rule.h"

namespace persist::rules {
namespace {

using config::EntryState;
using record::Reason;

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  const auto reason = subject.evaluation.reason;
  const bool is_missing = subject.evaluation.outcome == record::Outcome::refused &&
                          (reason == Reason::nxdomain || reason == Reason::no_record);
  const EntryState state = subject.entry == nullptr ? EntryState::active : subject.entry->state;
  if (!is_missing || state == EntryState::retired) return {};
  Finding finding{fmt::format("no TXT record at {} ({})", subject.owner->text(),
                              reason == Reason::nxdomain ? "the name does not exist"
                                                         : "the name exists, without TXT records")};
  if (state == EntryState::planned) finding.severity = report::Severity::notice;
  return {std::move(finding)};
}

}  // namespace

extern const Rule record_missing{
    .id = "DP101",
    .name = "record-missing",
    .level = Level::error,
    .title = "no TXT record at the name",
    .rationale =
        "The CA looks at this one name; without a record there every order fails. The list may "
        "say that the record is planned: this is then a notice.",
    .remedy = "Publish the record at _validation-persist in front of the name.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {},
                .note = "In the bad example the name does not exist."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
