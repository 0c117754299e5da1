#include <fmt/format.h>

#include "rules/rule.h"

namespace persist::rules {
namespace {

constexpr std::size_t longest_character_string = 255;

std::vector<Finding> check(const Subject&, std::span<const Anatomy> records) {
  std::vector<Finding> findings;
  for (const Anatomy& record : records) {
    std::size_t offset = 0;
    for (const std::string& part : record.judgement->found.character_strings) {
      if (part.size() > longest_character_string) {
        findings.push_back(
            {.message = fmt::format("a string has {} octets; one string has at most {}",
                                    part.size(), longest_character_string),
             .span = record.place(offset, part.size())});
      }
      offset += part.size();
    }
  }
  return findings;
}

void keep_in_one_string(Subject& subject) {
  for (record::TxtRecord& found : subject.answers.front().rrset)
    found.character_strings = {found.text()};
}

const std::string long_value =
    "ca.example; accounturi=https://ca.example/acct/1; note=" + std::string(240, 'x');

}  // namespace

extern const Rule string_too_long{
    .id = "DP215",
    .name = "string-too-long",
    .level = Level::error,
    .title = "a string of more than 255 octets",
    .rationale =
        "A length octet stands in front of each string of a TXT record, so a zone file with a "
        "longer one cannot be "
        "loaded, or is cut.",
    .remedy = "Split the value into strings of at most 255 octets.",
    .citation = "RFC 1035, section 3.3; draft-ietf-acme-dns-persist-02, section 9.1",
    .example = {.good = {long_value},
                .bad = {long_value},
                .spoil = keep_in_one_string,
                .note = "The bad example has all of it in one string, the good one in two."},
    .check = check,
    .needs_odd_text = true,
};

}  // namespace persist::rules
