#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/rule.h"

namespace persist::rules {
namespace {

using record::Outcome;

/// Software whose reading of records is known.
struct Reader {
  std::string_view name;
  std::string_view profile;
};
constexpr std::array<Reader, 4> readers{
    {{"the draft to the letter", "strict-01"},
     {"Let's Encrypt's software", "letsencrypt"},
     {"Pebble", "pebble"},
     {"a CA with method 22 of the Baseline Requirements alone", "br-only"}}};

record::Evaluation judge_as(const Subject& subject, const Reader& reader) {
  record::CaProfile other = *subject.ca;
  other.reading = record::find_profile(reader.profile)->reading;
  // Whether a CA knows policy at all is another question than how it reads the text.
  other.reading.knows_policy = subject.ca->reading.knows_policy;
  return record::evaluate(subject.answers, subject.required, other, subject.now);
}

std::string describe(const Reader& reader, const record::Evaluation& evaluation) {
  if (evaluation.outcome == Outcome::authorized)
    return fmt::format("{} would accept it", reader.name);
  return fmt::format("{} would refuse it ({})", reader.name, record::to_code(*evaluation.reason));
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  if (!subject.owner) return {};
  // By its records: what CAA says is no matter of reading them.
  const auto& judgements = subject.evaluation.judgements;
  const bool authorized = std::any_of(judgements.begin(), judgements.end(),
                                      [](const auto& judgement) { return !judgement.reason; });
  std::string others;
  for (const Reader& reader : readers) {
    const record::Evaluation evaluation = judge_as(subject, reader);
    if ((evaluation.outcome == Outcome::authorized) == authorized) continue;
    others += (others.empty() ? "" : ", ") + describe(reader, evaluation);
  }
  if (others.empty()) return {};
  return {{fmt::format("{} here, but {}", authorized ? "authorised" : "not authorised", others)}};
}

}  // namespace

extern const Rule portability{
    .id = "DP803",
    .name = "portability",
    .level = Level::notice,
    .title = "other software reads the record differently",
    .rationale =
        "Where the text is odd, known CAs disagree: one takes a tab for white space, a capital "
        "letter or final dot in "
        "the issuer, or a number with a sign, and another does not. Such a record works until the "
        "CA or its "
        "software changes.",
    .remedy = "Write the record in its canonical form.",
    .citation =
        "draft-ietf-acme-dns-persist-02, sections 4.1 and 9.2; Boulder, va/dns_persist.go; Pebble, "
        "va/va.go",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"CA.example; accounturi=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
