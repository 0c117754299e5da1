// A record under the rules of every built-in CA: read, judged and explained.
#include <numeric>
#include <string>
#include <vector>

#include "record/evaluate.h"
#include "record/explain.h"
#include "record/generate.h"
#include "record/issue_value.h"
#include "require.h"

namespace {

using namespace persist::record;
using persist::UnixTime;
using persist::fuzzing::require;

constexpr UnixTime now{1'795'219'200};
const std::string good_record =
    "authority.example; accounturi=https://ca.example/acct/123; policy=wildcard";
const std::string key = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

/// As in the conformance vectors.
Requirement requirement(bool wildcard) {
  return {.identifier = {.name = *DomainName::parse("example.com"), .wildcard = wildcard},
          .issuer_domain_names = {*DomainName::parse("authority.example")},
          .account = {.url = "https://ca.example/acct/123", .thumbprints = {key}},
          .account_hash_prefix = "https://ca.example/account-hash/",
          .hash_algs = {"sha-256"}};
}

Evaluation judge(std::vector<TxtRecord> rrset, const Requirement& required, const CaProfile& ca) {
  const std::vector<NameAnswer> answers{
      {required.identifier.name, DnsOutcome::answered, std::move(rrset)}};
  return evaluate(answers, required, ca, now);
}

void check_reading(std::string_view text, const ReadingRules& rules) {
  const auto record = parse_record(text, rules);
  if (!record) {
    require(record.error().offset <= text.size());
    return;
  }
  require(!record->accounturi.empty());
}

/// What is in the draft's grammar is in that of RFC 8659, and is read back as it was written.
void check_strict(std::string_view text) {
  const auto record = parse_record(text);
  if (!record) return;
  require(parse_issue_value(text).has_value());
  require(parse_record(to_issue_value(*record)) == record);
}

void check_verdicts(std::string_view text, const CaProfile& ca, bool wildcard) {
  const Requirement required = requirement(wildcard);
  const TxtRecord found{.character_strings = {std::string(text)}};
  const TxtRecord cut{.character_strings = to_character_strings(text)};
  const TxtRecord good{.character_strings = {good_record}};
  const Evaluation alone = judge({found}, required, ca);
  const Evaluation split = judge({cut}, required, ca);
  require(alone.judgements.size() == 1);
  require(alone.outcome == split.outcome && alone.reason == split.reason);
  require(alone.reason.has_value() == (alone.outcome != Outcome::authorized));
  require(alone.error.has_value() == alone.reason.has_value());
  const auto& read = alone.judgements[0].record;
  require(read || read.error().offset <= text.size());
  if (ca.dialect == Dialect::draft_01) {
    require(judge({found, good}, required, ca).outcome == Outcome::authorized);
    require(judge({good, found}, required, ca).outcome == Outcome::authorized);
  }
  const Circumstances on{required, ca, now};
  require(persist::fuzzing::is_plain_line(describe(alone, on)));
  require(persist::fuzzing::is_plain_line(describe(alone.judgements[0], on)));
}

void check_escaping(std::string_view text) {
  const std::string escaped = to_escaped_text(text);
  require(needs_escape(text) == (escaped != text));
  require(persist::fuzzing::is_plain_line(escaped));
  require(offset_in_octets(text, escaped.size()) == text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = persist::fuzzing::to_text(data, size);
  check_strict(text);
  check_escaping(text);
  const auto& profiles = built_in_profiles();
  for (const CaProfile& ca : profiles) check_reading(text, ca.reading);
  // One profile an input keeps it fast; any change of the input moves on to another one.
  const CaProfile& ca =
      profiles[std::accumulate(data, data + size, std::size_t{0}) % profiles.size()];
  check_verdicts(text, ca, false);
  check_verdicts(text, ca, true);
  return 0;
}
