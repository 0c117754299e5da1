// CAA sets of any octets under every CA: what is printed, and that one good property is enough
// where the set can be read.
#include <algorithm>
#include <string>
#include <vector>

#include "record/caa.h"
#include "record/caa_text.h"
#include "require.h"

namespace {

using namespace persist::record;
using persist::fuzzing::require;

constexpr std::size_t longest_sentence = 2'000;

/// Records with a length octet each; the last one may be cut.
std::vector<CaaRecord> read_set(std::string_view octets) {
  std::vector<CaaRecord> rrset;
  while (!octets.empty()) {
    const std::size_t length = static_cast<unsigned char>(octets.front());
    const std::string_view rdata = octets.substr(1, length);
    octets.remove_prefix(1 + rdata.size());
    const auto found = parse_caa(rdata);
    if (!found) continue;
    require(found->is_short == (rdata.size() < 2));
    rrset.push_back(*found);
    if (found->is_short) continue;
    require(rdata.size() == 2 + found->tag.size() + found->value.size());
    require(rdata.substr(2) == found->tag + found->value);
  }
  return rrset;
}

Requirement requirement(bool wildcard) {
  return {.identifier = {.name = DomainName::parse("example.com").value(), .wildcard = wildcard},
          .issuer_domain_names = {DomainName::parse("ca.example").value()},
          .account = {.url = "https://ca.example/acct/1"}};
}

void check_text(const CaaJudgement& judgement, const Circumstances& circumstances) {
  const std::string text = describe(judgement, circumstances);
  require(text.empty() == (judgement.outcome == Outcome::authorized));
  require(text.size() <= longest_sentence);
  require(persist::fuzzing::is_plain_line(text));
}

void check(std::vector<CaaRecord> rrset, const CaProfile& ca, bool wildcard) {
  const Requirement required = requirement(wildcard);
  const persist::UnixTime now{1'795'219'200};
  std::vector<CaaAnswer> answers{
      {.name = required.identifier.name, .outcome = DnsOutcome::answered, .rrset = rrset}};
  const auto before = judge_caa(answers, required, ca, now);
  check_text(before, {required, ca, now});
  const bool is_unreadable = !ca.reading.caa.takes_short_rdata &&
                             std::any_of(rrset.begin(), rrset.end(),
                                         [](const CaaRecord& found) { return found.is_short; });
  require((before.outcome == Outcome::unknown) == is_unreadable);
  answers[0].rrset.push_back(
      {.tag = before.uses_issuewild ? "issuewild" : "issue", .value = "ca.example"});
  const auto after = judge_caa(answers, required, ca, now);
  require((after.outcome == Outcome::authorized) == !before.unknown.has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto rrset = read_set(persist::fuzzing::to_text(data, size));
  for (const CaProfile& ca : built_in_profiles()) {
    check(rrset, ca, false);
    check(rrset, ca, true);
  }
  return 0;
}
