// Our own reader and writer of DNS messages against those of c-ares, which share nothing: thousands
// of names, whole replies and damaged ones. Wherever the two differ, a rule of this file says why
// it has to be so; what no rule explains is a failure, and so is a rule that explains nothing.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>

#include "base/escape.h"
#include "dns/cares_oracle.h"
#include "dns/differences.h"
#include "dns/made_replies.h"
#include "dns/message.h"
#include "record/caa.h"

namespace persist::dns {
namespace {

constexpr int whole_replies = 10'000;
constexpr int damaged_replies = 40'000;

std::string hex(Octets octets) {
  std::string text;
  for (const std::uint8_t octet : octets) text += fmt::format("{:02x}", octet);
  return text;
}

cares::Fields fields_of(const ResourceRecord& record) {
  if (record.type == RrType::txt) return txt_of(record).value().character_strings;
  const auto caa = record::parse_caa(record.rdata).value();
  return {std::string(1, static_cast<char>(caa.flags)), caa.tag, caa.value};
}

std::vector<cares::Fields> fields_of(const std::vector<ResourceRecord>& rrset) {
  std::vector<cares::Fields> all;
  for (const ResourceRecord& record : rrset) all.push_back(fields_of(record));
  return all;
}

/// How often which rule, or plain agreement, explained what came out.
using Tally = std::map<std::string_view, int>;

/// Reads the reply with both readers; the name of what explains the pair of outcomes.
std::string_view compare(const Reply& reply) {
  const Reading ours = read_message(reply.octets, made_id, reply.question);
  const auto theirs = cares::records_of(reply.octets, reply.question.type);
  if (ours.kind != Reading::Kind::complete) {
    if (!theirs) return "both refuse";
    return why_we_refuse(reply, ours);
  }
  const Message& message = ours.message;
  if (message.rcode != Rcode::noerror && message.rcode != Rcode::nxdomain) {
    return message.rrset.empty() ? "records of an error are not read" : unexplained;
  }
  const Expectation expected = expected_records(reply, theirs);
  const bool is_equal = expected.records == fields_of(message.rrset);
  return is_equal ? expected.rule : unexplained;
}

void expect_explained(const Reply& reply, Tally& tally) {
  const auto rule = compare(reply);
  ++tally[rule];
  if (rule != unexplained) return;
  const Reading ours = read_message(reply.octets, made_id, reply.question);
  const auto theirs = cares::records_of(reply.octets, reply.question.type);
  ADD_FAILURE() << "we: " << (ours.fault.empty() ? "no fault" : ours.fault) << ", "
                << ours.message.rrset.size() << " records; " << cares::version() << ": "
                << (theirs ? fmt::format("{} records", theirs->size()) : "refused")
                << "\nquestion: " << reply.question.owner.to_text()
                << "\nmessage: " << hex(reply.octets);
}

class CaresDifferential : public testing::TestWithParam<RrType> {
 protected:
  static Reply made(Random& random) {
    const Question question{made_name(random), GetParam()};
    return {question, made_reply(random, question)};
  }
};

INSTANTIATE_TEST_SUITE_P(Types, CaresDifferential, testing::Values(RrType::txt, RrType::caa),
                         [](const auto& row) { return to_text(row.param); });

TEST_P(CaresDifferential, WholeRepliesAreReadAlike) {
  Random random(1);
  Tally tally;
  for (int i = 0; i < whole_replies && !HasFailure(); ++i) {
    expect_explained(made(random), tally);
  }
  EXPECT_GT(tally[agreement], whole_replies / 3);
  EXPECT_LT(tally["both refuse"], whole_replies / 20);
}

TEST_P(CaresDifferential, DamagedRepliesAreReadAlike) {
  Random random(2);
  Tally tally;
  for (int i = 0; i < damaged_replies && !HasFailure(); ++i) {
    Reply reply = made(random);
    damage(random, reply.octets);
    expect_explained(reply, tally);
  }
  if (HasFailure()) return;
  EXPECT_GT(tally[agreement], damaged_replies / 20);
  EXPECT_GT(tally["both refuse"], damaged_replies / 10);
  for (const std::string_view rule : rules_for(GetParam())) {
    EXPECT_GT(tally[rule], 0) << "no reply needs the rule: " << rule;
  }
}

TEST(CaresDifferentialPointers, OneInEachLabelOfTheLongestName) {
  const Question question{*Name::parse("a.example"), RrType::txt};
  for (int pointers = 1; pointers <= 70; ++pointers) {
    const auto octets = reply_behind_pointers(question, pointers);
    const bool ours = read_message(octets, made_id, question).kind == Reading::Kind::complete;
    EXPECT_EQ(ours, pointers <= 63) << pointers;
    // c-ares 1.18 has a bound of its own, 1.34 has none.
    const bool theirs = cares::records_of(octets, RrType::txt).has_value();
    EXPECT_EQ(theirs, cares::reads_whole_messages() || pointers <= 50) << pointers;
  }
}

}  // namespace
}  // namespace persist::dns
