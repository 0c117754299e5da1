// One test a row of records.json, one assertion a column: the draft to the letter, and what the
// CAs' own code was measured to answer.
#include <gtest/gtest.h>

#include <ostream>

#include "support/vector_file.h"
#include "support/vectors.h"

namespace persist::testing {

static void PrintTo(const Verdict& verdict, std::ostream* out) {
  *out << verdict.verdict << " " << verdict.error << " " << verdict.reason;
}

namespace {

/// A member of a column; null is the empty text.
std::string member(const Json& column, const char* key) {
  const auto it = column.find(key);
  return it == column.end() || it->is_null() ? std::string() : it->get<std::string>();
}

class Records : public ::testing::TestWithParam<VectorRow> {
 protected:
  const Json& json() const { return GetParam().json; }
  const Json* column(const char* name) const {
    const auto it = json().find(name);
    return it == json().end() || it->is_null() ? nullptr : &*it;
  }
  Verdict got(std::string_view profile) const {
    Verdict verdict = judge(read_case(json()), profile);
    verdict.reason.clear();
    return verdict;
  }
};

TEST_P(Records, AreJudged) {
  const VectorCase row = read_case(json());
  const Json& expect = json().at("expect");
  EXPECT_EQ(judge(row, strict_profile(row)),
            (Verdict{member(expect, "verdict"), member(expect, "error"), member(expect, "reason")}))
      << "to the letter";
  if (const Json* boulder = column("boulder")) {
    EXPECT_EQ(got("letsencrypt"), (Verdict{member(*boulder, "verdict"), member(*boulder, "error")}))
        << "boulder";
  }
  if (const Json* pebble = column("pebble")) {
    EXPECT_EQ(got("pebble"), (Verdict{member(*pebble, "verdict"), member(*pebble, "error")}))
        << "pebble";
  }
  if (const Json* br_only = column("digicert")) {
    EXPECT_EQ(got("br-only").verdict, member(*br_only, "verdict")) << "br-only";
  }
}

TEST_P(Records, StandAtTheQueryName) {
  const VectorCase row = read_case(json());
  if (!row.identifier) return;
  const auto owner = record::validation_domain_name(row.identifier->name);
  EXPECT_EQ(owner ? owner->text() : member(json(), "query_name"), member(json(), "query_name"));
  EXPECT_EQ(owner.has_value(), json().at("dns") != "unsent");
}

INSTANTIATE_TEST_SUITE_P(Vectors, Records, ::testing::ValuesIn(read_vectors("records.json")),
                         [](const auto& row) { return row.param.id; });

TEST(Vectors, AreAllThere) {
  EXPECT_EQ(read_vectors("records.json").size(), 192U);
  EXPECT_EQ(read_vectors("account_hash.json").size(), 16U);
}

}  // namespace
}  // namespace persist::testing
