#pragma once

#include <string>
#include <string_view>

#include "acme/protocol_error.h"
#include "base/expected.h"

namespace persist::acme {

/// What a server says when it refuses a request. Source: RFC 8555 section 6.7, RFC 7807
/// section 3.1.
struct Problem {
  std::string type;      ///< `urn:ietf:params:acme:error:malformed`; `about:blank` if none is given
  std::string detail{};  ///< for people; `title` where there is no detail
  std::string instance{};  ///< a page that tells the owner more
  bool operator==(const Problem&) const = default;
};

/// Reads a problem document; unknown members are ignored.
/// Errors: those of parse_document; member_wrong_type; member_missing for `type` where `detail`
/// and `title` are missing too: then it is some other JSON.
Expected<Problem, ProtocolError> parse_problem(std::string_view json);

/// True if the type is that one of the ACME errors: `badNonce`, `accountDoesNotExist`.
bool is_acme_error(const Problem& problem, std::string_view error);

/// One line for people, no capital, no full stop, text from outside escaped:
/// `unauthorized: "account is deactivated"`.
std::string explain(const Problem& problem);

}  // namespace persist::acme
