#include "dns/query_message.h"

#include <gmock/gmock.h>

#include "dns/octets.h"

namespace persist::dns {
namespace {

std::vector<std::uint8_t> written(const Question& question, const QueryOptions& options) {
  QueryBuffer buffer;
  const auto octets = write_query(buffer, question, options);
  return {octets.begin(), octets.end()};
}

const Question question{*Name::parse("a.example"), RrType::txt};

TEST(QueryMessage, AsksForRecursionAndTheAdBit) {
  EXPECT_EQ(written(question, {.id = 0xabcd}),
            octets_of("abcd 0120 0001 0000 0000 0001 <a.example> 0010 0001"
                      "00 0029 04d0 0000 0000 0000"));
}

TEST(QueryMessage, WithoutRecursion) {
  EXPECT_EQ(written(question, {.id = 1, .recursion_desired = false}),
            octets_of("0001 0020 0001 0000 0000 0001 <a.example> 0010 0001"
                      "00 0029 04d0 0000 0000 0000"));
}

TEST(QueryMessage, D06_WithoutEdns) {
  EXPECT_EQ(written(question, {.id = 1, .edns = false}),
            octets_of("0001 0120 0001 0000 0000 0000 <a.example> 0010 0001"));
}

TEST(QueryMessage, TheLongestNameFits) {
  const std::string label(63, 'a');
  const Question longest{*Name::parse(label + "." + label + "." + label + "." + label.substr(2)),
                         RrType::caa};
  EXPECT_EQ(written(longest, {.id = 1}).size(), std::tuple_size_v<QueryBuffer>);
}

}  // namespace
}  // namespace persist::dns
