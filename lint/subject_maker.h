#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/verdict.h"
#include "base/expected.h"
#include "config/inventory.h"
#include "lint/cli.h"
#include "survey/subject.h"

namespace persist::lint {

/// Turns the entries of one list into subjects. Not movable: subjects point to what it holds, and
/// to `settings`.
class SubjectMaker {
 public:
  SubjectMaker(const Options& options, const config::Settings& settings, UnixTime now);
  SubjectMaker(const SubjectMaker&) = delete;
  SubjectMaker& operator=(const SubjectMaker&) = delete;

  /// The error that `make` has for this entry; empty if none. Much cheaper.
  std::optional<std::string> find_problem(const config::DomainEntry& entry);
  /// One subject for each identifier and account that must be authorised. An error text without LF,
  /// if no account is known or its CA lacks something.
  Expected<std::vector<survey::Subject>, std::string> make(const config::DomainEntry& entry);

 private:
  using Request = Expected<const app::AccountRequest*, std::string>;

  Request find(const std::string& account_name);
  Request from_flags();
  Expected<std::vector<const app::AccountRequest*>, std::string> wanted(
      const config::DomainEntry& entry);

  const Options& options_;
  const config::Settings& settings_;
  UnixTime now_;
  std::map<std::string, app::AccountRequest>
      requests_;  ///< by name of the account; empty: the flags' one
  std::optional<record::CaProfile> flag_profile_{};
};

}  // namespace persist::lint
