#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "record/persist_record.h"
#include "report/method_text.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

/// A longer set is no accident of splitting, and pairs are tried one by one.
constexpr std::size_t most_records = 16;

/// The record names the CA and stops there.
bool ends_after_issuer(const Anatomy& record) {
  return record.is_ours &&
         std::all_of(record.pieces.begin(), record.pieces.end(),
                     [](const record::Piece& piece) { return piece.text.empty(); });
}

/// The record has a parameter where the issuer should stand.
bool begins_with_parameter(const Anatomy& record) {
  const std::size_t equals = record.issuer.find('=');
  if (equals != std::string_view::npos) return !meant_tag(record.issuer.substr(0, equals)).empty();
  return record.issuer.empty() && record.find(record::accounturi_tag) != nullptr;
}

/// The second half of a value may be no text of this method by itself; then it is not told from a
/// foreign record that happens to fit.
std::string shown(const Anatomy& record) {
  return report::is_of_this_method(record.text)
             ? quote(record.text)
             : fmt::format("one of {} octets", record.text.size());
}

bool belong_together(const Subject& subject, const Anatomy& first, const Anatomy& second) {
  if (ends_after_issuer(first) && begins_with_parameter(second)) return true;
  const auto& reason = first.judgement->reason;
  return first.is_ours && reason && second.judgement->reason &&
         !reason_of(subject, first, std::string(first.text) + std::string(second.text));
}

std::optional<Finding> find_second(const Subject& subject, std::span<const Anatomy> records,
                                   const Anatomy& first) {
  for (const Anatomy& second : records) {
    if (&first == &second || !belong_together(subject, first, second)) continue;
    return Finding{.message = fmt::format("the value seems to be cut in two records: {} and {}",
                                          shown(first), shown(second)),
                   .span = first.whole()};
  }
  return {};
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  if (records.size() > most_records) return {};
  std::vector<Finding> findings;
  for (const Anatomy& first : records) {
    if (auto finding = find_second(subject, records, first))
      findings.push_back(*std::move(finding));
  }
  return findings;
}

}  // namespace

extern const Rule value_split_across_rrs{
    .id = "DP213",
    .name = "value-split-across-rrs",
    .level = Level::error,
    .title = "one value is cut in two records",
    .rationale =
        "The character-strings of one TXT record are joined, those of two records never. Some DNS "
        "panels store "
        "the second string of a long value as a second record.",
    .remedy = "Publish one record with several strings.",
    .citation = "draft-ietf-acme-dns-persist-02, section 9.1; RFC 1035, section 3.3.14",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example;", " accounturi=https://ca.example/acct/1"}},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
