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
  /// An account, and what is the same in every subject and every record of it.
  struct Party {
    app::AccountRequest request;
    survey::Permitted permitted;
  };
  /// The accounts of one entry.
  struct Parties {
    std::vector<const Party*> required{};
    std::vector<const Party*> also_permitted{};
  };
  using Found = Expected<const Party*, std::string>;

  Found find(const std::string& account_name);
  Found from_flags();
  const Party* keep(const std::string& account_name, app::AccountRequest request);
  /// Fails with the error text of `make`.
  Expected<Parties, std::string> parties_of(const config::DomainEntry& entry);

  const Options& options_;
  const config::Settings& settings_;
  UnixTime now_;
  std::map<std::string, Party> parties_;  ///< by name of the account; empty: the flags' one
  std::optional<record::CaProfile> flag_profile_{};
};

}  // namespace persist::lint
