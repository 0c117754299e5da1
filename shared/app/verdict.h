#pragma once

#include <string>
#include <vector>

#include "report/check_result.h"
#include "survey/subject.h"

namespace persist::app {

/// Everything that is wanted of one account: what a Subject is made of, the identifier apart.
struct AccountRequest {
  const record::CaProfile* ca;  ///< outlives every subject made of it
  record::Account account;
  std::string label{};   ///< name in the list
  std::string source{};  ///< `flag`, `settings file`, `list`, ...
  bool compromised = false;
};

/// A subject without answers. Issuers, prefix, algorithms and climbing are those of the profile.
survey::Subject make_subject(const record::Identifier& identifier, const AccountRequest& request,
                             UnixTime now);

/// The account of a request as one that may stand in records.
survey::Permitted to_permitted(const AccountRequest& request);

/// Why the subject is not authorised, or that it is; one line, text from outside escaped.
std::string verdict_message(const survey::Subject& subject);

/// What to publish so that the subject is authorised: zone lines, at the target where the owner is
/// an alias; empty where it is authorised, where nothing is known, or where no record can be made.
std::vector<std::string> lines_to_publish(const survey::Subject& subject);

/// A judged subject with its findings as it is reported, and with the lines that may be proposed
/// for publishing.
report::CheckResult to_check_result(survey::Subject subject,
                                    std::vector<report::Diagnostic> findings,
                                    std::vector<std::string> publish = {});

}  // namespace persist::app
