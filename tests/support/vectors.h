#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/unix_time.h"
#include "record/evaluate.h"

namespace persist::testing {

using Json = nlohmann::json;

/// The inputs of one row of records.json.
struct VectorCase {
  std::optional<record::Identifier> identifier{};  ///< empty if it is no DNS name
  record::Reason name_reason = record::Reason::identifier_not_dns;
  std::vector<record::NameAnswer> answers{};
  record::Dialect dialect = record::Dialect::draft_01;
  std::vector<record::DomainName> issuer_domain_names{};
  record::Account account{};
  std::string account_hash_prefix{};
  std::vector<std::string> hash_algs{};
  bool allow_parent = false;
  UnixTime now{};
};
VectorCase read_case(const Json& row);

/// The requirement of a row; `row.identifier` must be set.
record::Requirement to_requirement(const VectorCase& row);

/// What a built-in profile makes of a row, CAA apart.
record::Evaluation evaluate(const VectorCase& row, std::string_view profile_id);

/// The verdict under a built-in profile, in the words of the vectors: accept or reject, error,
/// reason.
struct Verdict {
  std::string verdict;
  std::string error{};
  std::string reason{};
  bool operator==(const Verdict&) const = default;
};
Verdict to_verdict(const record::Evaluation& evaluation);
Verdict judge(const VectorCase& row, std::string_view profile_id);

/// `strict-01` or `strict-02`.
std::string_view strict_profile(const VectorCase& row);

/// The answer line of `persist-vectors --judge`.
std::string judge_line(const Json& row);

/// Runs a row of records.json or account_hash.json: empty, or what differs.
std::string check_row(const Json& row);

std::string from_hex(std::string_view hex);

}  // namespace persist::testing
