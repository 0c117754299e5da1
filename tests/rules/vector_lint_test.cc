#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "rules/all_rules.h"
#include "rules/example.h"
#include "support/files.h"
#include "support/vectors.h"

namespace persist::rules {
namespace {

using persist::testing::Json;

/// Codes of rules that need further look-ups, or identifiers that are no names: not in this
/// release.
const std::set<std::string> not_yet{
    "name-acme-challenge", "name-star-label", "name-zone-doubled",
    "name-at-apex",        "name-at-parent",  "name-misspelt-label",
    "name-label-order",    "name-ip-label",   "name-wildcard-synthesised",
    "dnssec-bogus"};

std::vector<Json> read_json() {
  return Json::parse(persist::testing::read_file(persist::testing::testdata_folder() /
                                                 "vectors/records.json"))
      .get<std::vector<Json>>();
}

/// The draft to the letter, with what is known of the CA whose issuer stands in the row.
record::CaProfile make_ca(const persist::testing::VectorCase& row) {
  record::CaProfile ca = *record::find_profile(persist::testing::strict_profile(row));
  if (row.issuer_domain_names.front().text() != "letsencrypt.org") return ca;
  record::CaProfile lets_encrypt = *record::find_profile("letsencrypt");
  lets_encrypt.reading = ca.reading;
  lets_encrypt.dialect_is_certain = true;
  return lets_encrypt;
}

struct Row {
  Json json;
  friend void PrintTo(const Row& row, std::ostream* out) { *out << row.json.at("id"); }
};

std::vector<Row> read_rows() {
  std::vector<Row> rows;
  for (const Json& json : read_json()) {
    // An address is no name that could stand on a list.
    if (json.at("identifier").at("type") == "dns") rows.push_back({json});
  }
  return rows;
}

/// Judges a row as if its identifier alone were on a list.
class VectorLint : public ::testing::TestWithParam<Row> {
 protected:
  void SetUp() override {
    row_ = persist::testing::read_case(json());
    ASSERT_TRUE(row_.identifier);
    ca_ = make_ca(row_);
    entry_.emplace(config::DomainEntry{.identifier = *row_.identifier});
    subject_.emplace(Subject{.required = persist::testing::to_requirement(row_),
                             .ca = &ca_,
                             .now = row_.now,
                             .entry = &*entry_});
    subject_->answers = row_.answers;
    add_lookup_facts();
    judge(*subject_);
    found_ = run_rules(*subject_);
  }

  const Json& json() const { return GetParam().json; }
  const record::Evaluation& evaluation() const { return subject_->evaluation; }
  const std::vector<report::Diagnostic>& found() const { return found_; }

 private:
  void add_lookup_facts() {
    for (const Json& name : json().value("cname_chain", Json::array())) {
      subject_->lookup.chain.push_back(dns::Name::parse(name.get<std::string>()).value());
    }
    if (subject_->answers.front().outcome == record::DnsOutcome::failed) {
      subject_->lookup.error = dns::LookupError{.code = dns::LookupErrorCode::timeout};
    }
  }

  persist::testing::VectorCase row_;
  record::CaProfile ca_;
  std::optional<config::DomainEntry> entry_;
  std::optional<Subject> subject_;
  std::vector<report::Diagnostic> found_;
};

TEST_P(VectorLint, RaisesTheCodesOfTheRow) {
  std::set<std::string> raised;
  for (const report::Diagnostic& diagnostic : found()) raised.emplace(diagnostic.name);
  for (const Json& code : json().at("lint")) {
    if (not_yet.count(code.get<std::string>()) != 0) continue;
    EXPECT_TRUE(raised.count(code.get<std::string>()) != 0) << code << " is missing";
  }
}

TEST_P(VectorLint, RaisesNoErrorWhereNothingIsWrong) {
  if (!json().at("lint").empty() || json().at("expect").at("verdict") != "accept") return;
  for (const report::Diagnostic& diagnostic : found()) {
    EXPECT_NE(diagnostic.severity, report::Severity::error)
        << diagnostic.rule << ": " << diagnostic.message;
  }
}

TEST_P(VectorLint, RaisesAnErrorForEveryRefusal) {
  const bool has_error =
      std::any_of(found().begin(), found().end(), [](const report::Diagnostic& diagnostic) {
        return diagnostic.severity == report::Severity::error;
      });
  EXPECT_TRUE(has_error || evaluation().outcome != record::Outcome::refused);
}

INSTANTIATE_TEST_SUITE_P(Rows, VectorLint, ::testing::ValuesIn(read_rows()), [](const auto& row) {
  return row.param.json.at("id").template get<std::string>();
});

TEST(NotYet, HoldsOnlyCodesOfRowsWithoutARule) {
  std::set<std::string> codes;
  for (const Json& row : read_json()) {
    for (const Json& code : row.at("lint")) codes.insert(code.get<std::string>());
  }
  for (const std::string& code : not_yet) {
    EXPECT_TRUE(codes.count(code) != 0) << code;
    EXPECT_EQ(find_rule(code), nullptr) << code;
  }
}

}  // namespace
}  // namespace persist::rules
