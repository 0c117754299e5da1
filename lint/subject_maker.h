#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
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
  using Found = Expected<const app::AccountRequest*, std::string>;
  /// What is the same for every entry with these accounts.
  struct Parties {
    std::vector<survey::Subject> required{};  ///< one an account, of some entry
    std::vector<survey::Permitted> permitted{};
  };
  /// The names of accounts in an entry: `accounts`, `also_permitted`.
  using AccountNames = std::pair<std::vector<std::string>, std::vector<std::string>>;

  Found find(const std::string& account_name);
  Found from_flags();
  const app::AccountRequest* keep(const std::string& account_name, app::AccountRequest request);
  survey::Subject make_subject(const record::Identifier& identifier,
                               const app::AccountRequest& request) const;
  Expected<Parties, std::string> find_parties(const config::DomainEntry& entry);
  /// Fails with the error text of `make`.
  Expected<const Parties*, std::string> parties_of(const config::DomainEntry& entry);

  const Options& options_;
  const config::Settings& settings_;
  UnixTime now_;
  std::map<std::string, app::AccountRequest>
      requests_;  ///< by name of the account; empty: the flags' one
  std::map<AccountNames, Parties> parties_;
  std::optional<record::CaProfile> flag_profile_{};
};

}  // namespace persist::lint
