#include "hook/native_client.h"

#include <fmt/format.h>

#include <algorithm>

namespace persist::hook {
namespace {

using Ends = std::vector<std::optional<UnixTime>>;

/// The ends of the records that authorise; empty for one without an end.
Ends authorising_ends(const survey::Subject& subject) {
  Ends ends;
  for (const record::Judgement& judgement : subject.evaluation.judgements) {
    if (!judgement.reason && judgement.record) ends.push_back(judgement.record->persist_until);
  }
  return ends;
}

/// lego takes a record with another end than it was told for none.
std::string stumbling_block_of_lego(const std::optional<UnixTime>& told_end, const Ends& ends) {
  if (ends.empty() || std::find(ends.begin(), ends.end(), told_end) != ends.end()) return {};
  constexpr std::string_view what = "lego itself will not see this record and wait for Enter: ";
  if (!ends.front()) {
    return fmt::format("{}it has no persistUntil; leave --dns-persist.persist-until out", what);
  }
  return fmt::format("{}add --dns-persist.persist-until={}", what, to_rfc3339(*ends.front()));
}

}  // namespace

std::string find_stumbling_block(NativeClient client, const std::optional<UnixTime>& told_end,
                                 const survey::Subject& subject) {
  const bool is_hashed = subject.ca->dialect == record::Dialect::draft_02;
  switch (client) {
    case NativeClient::none:
      return {};
    case NativeClient::lego:
      return is_hashed ? "lego 5.3 cannot use the challenge of draft -02, which names no account"
                       : stumbling_block_of_lego(told_end, authorising_ends(subject));
    case NativeClient::uacme:
      return is_hashed ? "uacme 1.8 cannot parse the challenge of draft -02" : "";
  }
  return {};
}

}  // namespace persist::hook
