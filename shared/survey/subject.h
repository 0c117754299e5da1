#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/location.h"
#include "base/unix_time.h"
#include "config/inventory.h"
#include "dns/answer.h"
#include "record/ca_profile.h"
#include "record/caa.h"
#include "record/evaluate.h"

namespace persist::survey {

/// An account that may stand in records of this name.
struct Permitted {
  std::string label;  ///< name in the list; empty for one given by flags
  std::vector<record::DomainName> issuer_domain_names;
  record::Account account;
  std::string account_hash_prefix{};      ///< dialect 02
  const record::CaProfile* ca = nullptr;  ///< null where it is not known; outlives the subject
};

/// What DNS said beside the records themselves.
struct LookupFacts {
  std::optional<dns::LookupError> error{};  ///< no trustworthy answer; then nothing else is set
  std::optional<dns::ExtendedError> extended_error{};
  std::vector<dns::Name> chain{};  ///< alias targets followed
  std::chrono::seconds ttl{};
  bool authenticated = false;  ///< AD from a resolver on this host, on the answer of every name
};

/// What one of several servers said that were asked one by one.
struct View {
  std::string server;     ///< name of the zone's server, or address of the resolver
  std::string address{};  ///< where the server has several; else empty
  std::string fault{};    ///< why nothing that it said can be judged; then the rest is as it begins
  LookupFacts lookup{};
  std::vector<record::NameAnswer> answers{};
  std::optional<record::CaaJudgement> caa{};
  std::optional<dns::LookupError> caa_error{};
  record::Evaluation evaluation{.outcome = record::Outcome::unknown};
  bool lacks_dnssec = false;  ///< unknown because nothing validated the answer
};

/// Whose views there are.
enum class Viewers { zone_servers, resolvers };

/// Everything that is known about one check: an identifier, the account that shall be authorised,
/// every answer, and the verdict. Values only; rules and reports read it.
struct Subject {
  record::Requirement required;
  const record::CaProfile* ca;  ///< never null; outlives the subject
  UnixTime now;
  std::chrono::seconds warn_before{30 * 86'400};
  const config::DomainEntry* entry = nullptr;  ///< null where no list is used
  const config::Settings* settings = nullptr;  ///< null where no list is used
  std::span<const Permitted> permitted{};  ///< required and also permitted accounts; empty: nobody
                                           ///< said; outlive the subject
  bool compromised_account = false;        ///< the list says so of the required account
  bool wildcard_listed =
      false;  ///< `*.` of the same name is wanted too, here or elsewhere in the list
  std::optional<Location> listed_before{};  ///< the list has the same identifier there already
  bool is_first_of_entry = true;            ///< an entry can stand for several checks
  std::string account_label{};              ///< name in the list; empty for one given by flags
  std::string account_source{};             ///< `flag`, `list`, ...

  std::optional<record::DomainName> owner{};  ///< empty if the name leaves no room for the label
  LookupFacts lookup{};                       ///< of the name itself
  std::vector<record::NameAnswer>
      answers{};         ///< the name itself, then its parents when climbing; records sorted
  bool asks_caa = true;  ///< else the verdict is on the records alone
  std::vector<record::CaaAnswer> caa_answers{};  ///< the name itself, then its parents up to the
                                                 ///< first set; asked only if a record authorises
  std::optional<dns::LookupError> caa_error{};   ///< why the last of them is no answer
  std::optional<record::CaaJudgement> caa{};     ///< empty: CAA was not asked
  record::Evaluation evaluation{.outcome = record::Outcome::unknown};  ///< of records and CAA

  std::vector<View> views{};  ///< empty where the resolvers were asked as one
  Viewers viewers = Viewers::zone_servers;
  bool views_decide = false;           ///< the evaluation is that of the views; else they only
                                       ///< confirm it or not
  bool lacks_dnssec = false;           ///< unknown because nothing validated the answer
  std::vector<std::string> remarks{};  ///< about the way to the verdict; a line each, escaped

  /// The identifier has `*.`, or nothing narrower is meant: the record needs policy=wildcard.
  bool wants_wildcard() const { return required.identifier.wildcard; }
};

}  // namespace persist::survey
