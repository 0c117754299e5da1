#pragma once

#include <string>
#include <vector>

#include "publish/writer.h"
#include "support/records.h"

namespace persist::testing {

/// Every octet that a value may have and that some language takes for more than itself.
inline const std::string hostile_url =
    "https://ca.example/\"'`\\a\\\"${b}$${c}%{d}%%{e}{{f}}{%g%}<!--//*--></script>#&!::##[error]";

inline publish::Proposal proposal_for(std::string_view domain, std::vector<std::string> values,
                                      std::string_view zone = "example.com") {
  publish::Proposal proposal{.name = name(domain),
                             .owner = *name(domain).child("_validation-persist"),
                             .zone = name(zone),
                             .ttl = std::chrono::seconds{3600}};
  for (std::string& value : values)
    proposal.records.push_back({.value = std::move(value), .ca = "strict-01"});
  return proposal;
}

inline publish::Proposal with_caa(publish::Proposal proposal, const std::string& url) {
  proposal.caa = {{.tag = "issue",
                   .value = issuer + "; accounturi=" + url + "; validationmethods=dns-persist-01"},
                  {.tag = "issuewild", .value = ";"}};
  return proposal;
}

inline std::string written(std::string_view format,
                           const std::vector<publish::Proposal>& proposals) {
  report::StringSink sink;
  const auto writer = publish::find_format(format)->make(sink);
  writer->begin();
  for (const publish::Proposal& proposal : proposals) writer->add(proposal);
  writer->end();
  return sink.text();
}

}  // namespace persist::testing
