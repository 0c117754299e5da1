#pragma once

#include <span>
#include <string_view>
#include <unordered_map>

#include "integration/fake_dns_reply.h"

namespace persist::integration {

/// Which queries for a name with the mode's label the mode answers.
enum class Scope {
  txt,  ///< TXT only; every other type is NODATA, so that CAA does not get in the way
  all,  ///< any type: the fault is the server's, not the record's
};

/// One way to misbehave.
///
/// A label of a query name below fault.test selects it. Letter case does not matter, and `_` and
/// `:` count as `-`. `name-<text>` selects the row `name` with a parameter, unless a row has that
/// very name.
struct Mode {
  std::string_view name;
  Scope scope;
  Reply (*build)(const Request& request);
};

/// Answers of a healthy resolver: every response code, content of every kind.
std::span<const Mode> answer_modes();

/// Aliases: CNAME and DNAME, whole, cut, looping.
std::span<const Mode> alias_modes();

/// Content of the record: how it is cut into strings, what octets it holds, how many there are.
std::span<const Mode> content_modes();

/// Messages that a strict reader must refuse or ignore.
std::span<const Mode> broken_modes();

/// Loss, truncation, delay, TCP that fails.
std::span<const Mode> transport_modes();

/// Decides what is sent for each query: zone, else mode, else NXDOMAIN.
///
/// Labels compose: `A-then-B` sends A's reply and B's right behind it; `A-ede-N` adds extended
/// error N to mode A.
class Responder {
 public:
  explicit Responder(const FakeDnsOptions& options);

  Reply reply_to(const DnsQuery& query);

 private:
  struct Choice {
    const Mode* mode;
    std::string parameter;
    std::optional<ExtendedError> extended_error;
  };
  using Choices = std::vector<Choice>;

  std::optional<Choice> choose_one(std::string_view text) const;
  Choices choose(std::string_view label) const;
  /// `every_type`: whatever the scope of the modes is.
  Reply run(const Choices& choices, const DnsQuery& query, bool every_type = false);
  Reply reply_from_zone(const Zone::Found& found, const DnsQuery& query);

  const FakeDnsOptions& options_;
  std::unordered_map<std::string_view, const Mode*> modes_;
  ModeMemory memory_;
};

}  // namespace persist::integration
