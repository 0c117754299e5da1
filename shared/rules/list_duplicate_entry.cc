#include <fmt/format.h>

#include "base/escape.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

constexpr std::size_t earlier_line = 7;

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  // An entry may stand for two identifiers and several accounts; the repetition is told once.
  if (!subject.listed_before || !subject.is_first_of_entry) return {};
  return {
      {.message = fmt::format("{} is listed already at {}:{}", subject.entry->identifier.text(),
                              escape(subject.listed_before->file), subject.listed_before->line)}};
}

}  // namespace

extern const Rule list_duplicate_entry;
const Rule list_duplicate_entry{
    .id = "DP001",
    .name = "list-duplicate-entry",
    .level = Level::warning,
    .title = "the same identifier is listed twice",
    .rationale =
        "Two entries for one identifier drift apart: the next change is made in one of them only, "
        "and "
        "the reports contradict each other.",
    .remedy = "Merge the two entries; several accounts can stand in one.",
    .citation = "persist-domains list format, version 1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .arrange = list_plain_name,
                .spoil =
                    [](Subject& subject) {
                      subject.listed_before =
                          Location{.file = "domains.yaml", .line = earlier_line};
                    },
                .note = "The bad one stands in line 7 of the list already."},
    .check = check,
};

}  // namespace persist::rules
