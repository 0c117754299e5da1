#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "record/ca_profile.h"
#include "record/caa.h"
#include "record/domain_name.h"

namespace persist::publish {

/// One TXT record to publish.
struct TxtProposal {
  std::string value;
  std::string ca;  ///< id of the CA's profile
  record::Dialect dialect = record::Dialect::draft_01;
  std::string check_command{};  ///< of persist-hook, to be run once it is published
  bool operator==(const TxtProposal&) const = default;
};

/// Everything to publish for one name; no other text than this comes out of a writer.
struct Proposal {
  record::DomainName name;
  bool wildcard = false;     ///< the records hold for the wildcard name too
  record::DomainName owner;  ///< of the TXT records
  record::DomainName zone;   ///< in which both names lie, as far as can be told
  std::chrono::seconds ttl{};
  std::vector<TxtProposal> records{};
  std::vector<record::CaaRecord> caa{};  ///< at `name`: the whole set; empty: none is proposed
};

}  // namespace persist::publish
