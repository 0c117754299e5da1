#include <fmt/compile.h>
#include <fmt/format.h>

#include "base/escape.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  const record::CaProfile& ca = *subject.ca;
  if (ca.offers != record::Offer::no && ca.offers != record::Offer::staging_only) return {};
  const std::string_view what = ca.offers == record::Offer::no
                                    ? "does not offer dns-persist-01"
                                    : "offers dns-persist-01 on its staging environment only";
  return {{.message = fmt::format(FMT_COMPILE("{} {}, as of {}: {}"), escape(ca.title), what,
                                  ca.as_of, escape(ca.evidence))}};
}

}  // namespace

extern const Rule method_not_offered{
    .id = "DP801",
    .name = "method-not-offered",
    .level = Level::warning,
    .title = "by what is known the CA does not offer the method",
    .rationale =
        "A right record is of no use while the CA does not offer dns-persist-01. What is known "
        "of a CA has a date and may be out of date.",
    .remedy = "Keep another method until the CA says that it offers this one.",
    .citation = "draft-ietf-acme-dns-persist-02, section 3",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"letsencrypt.org; "
                        "accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"},
                .spoil = use_lets_encrypt,
                .note = "The bad example is for Let's Encrypt."},
    .check = check,
    .about_ca = true,
};

}  // namespace persist::rules
