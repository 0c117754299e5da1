#include <fmt/format.h>

#include "base/escape.h"
#include "rules/collect.h"
#include "rules/permitted.h"
#include "rules/record_end.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

void use_br_only(Subject& subject) {
  subject.ca = record::find_profile("br-only");
}

bool ignores_policy(const record::CaProfile* ca) {
  return ca != nullptr && !ca->reading.knows_policy;
}

/// The CA that takes the record and does not know policy; null if there is none.
const record::CaProfile* careless_ca(const Subject& subject, const Anatomy& record) {
  if (authorizes(record)) return ignores_policy(subject.ca) ? subject.ca : nullptr;
  const survey::Permitted* const permitted =
      is_alive(subject, record) ? find_permitted(subject, record) : nullptr;
  return permitted != nullptr && ignores_policy(permitted->ca) ? permitted->ca : nullptr;
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (subject.wants_wildcard() || subject.wildcard_listed) return {};
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    const record::CaProfile* const ca = careless_ca(subject, record);
    if (ca == nullptr) return {};
    return Finding{
        .message = fmt::format("{} ignores policy: this record lets it issue for *.{} too",
                               escape(ca->title), subject.required.identifier.name.text()),
        .span = record.whole()};
  });
}

}  // namespace

extern const Rule br_only_ignores_policy{
    .id = "DP407",
    .name = "br-only-ignores-policy",
    .level = Level::warning,
    .title = "the CA does not know policy: its record covers every name below",
    .rationale =
        "The Baseline Requirements know no policy parameter. A CA that implements their method "
        "alone may issue for the wildcard and for every name below from a record without "
        "policy=wildcard.",
    .remedy = "Use another CA for names whose sub-names belong to others.",
    .citation = "TLS Baseline Requirements 2.2.6, section 3.2.2.4.22",
    .effective = "2025-11-10",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .spoil = use_br_only,
                .note = "The bad example is read by a CA that has only the method of the Baseline "
                        "Requirements."},
    .check = check,
};

}  // namespace persist::rules
