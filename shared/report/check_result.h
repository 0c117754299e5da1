#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/location.h"
#include "base/unix_time.h"
#include "record/caa.h"
#include "record/evaluate.h"
#include "report/diagnostic.h"

namespace persist::report {

/// What one of several servers said that were asked one by one.
struct ServerResult {
  std::string server;
  std::string address;  ///< empty where it was not asked, or where it is the server
  record::Outcome outcome;
  std::string message;  ///< one line, escaped
};

/// One check as it is reported: an identifier and the account that shall be authorised for it.
/// Texts from outside are the original octets; the format escapes them.
struct CheckResult {
  record::Identifier identifier;
  std::string owner;  ///< empty where the name leaves no room for the label
  std::string ca;     ///< id of the profile
  record::Dialect dialect = record::Dialect::draft_01;
  std::string account_label{};  ///< name of the account in the list
  std::optional<std::string> account_url{};
  std::optional<std::string> account_source{};  ///< `flag`, `list`, `certbot`, ...
  bool dnssec_validated = false;
  std::vector<std::string> alias_chain{};  ///< presentation format
  record::Evaluation evaluation;
  std::optional<record::CaaJudgement> caa{};  ///< empty: CAA was not asked
  std::vector<Diagnostic> findings{};
  std::string message{};  ///< one line: verdict and why, escaped
  std::vector<std::string>
      publish{};  ///< zone lines to publish; empty where nothing may be proposed
  std::vector<ServerResult> servers{};  ///< empty where the resolvers were asked as one
  std::vector<std::string> remarks{};   ///< about the way to the verdict, a line each, escaped
  UnixTime now;
  std::map<std::string, std::string> labels{};
  Location location{};  ///< of the name in the list
};

/// What is said once, at the end.
struct Summary {
  std::uint64_t checks = 0;
  std::uint64_t authorized = 0;
  std::uint64_t refused = 0;
  std::uint64_t unknown = 0;
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  std::uint64_t notices = 0;
  std::uint64_t suppressed = 0;
  bool complete = true;  ///< false: interrupted, or a part of the list was not checked
  std::vector<std::string> problems{};  ///< why it is not complete, one line each, escaped
  UnixTime now{};
};

/// Adds one check to the counts.
void count(Summary& summary, record::Outcome outcome, const std::vector<Diagnostic>& findings);

}  // namespace persist::report
