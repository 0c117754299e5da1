#pragma once

#include <cstddef>
#include <string>

namespace persist::record {

/// What breaks the issue-value grammar or the meaning of a known parameter.
/// Source: RFC 8659 section 4.2; draft-ietf-acme-dns-persist-02 sections 4.1 and 9.3.1.
enum class SyntaxErrorCode {
  bad_issuer,               ///< the issuer-domain-name is not in the grammar
  empty_parameter,          ///< `;;`, or a `;` after the last parameter
  missing_equals,           ///< a parameter without `=`
  empty_tag,                ///< nothing before `=`
  bad_tag,                  ///< a tag not in the grammar
  bad_value,                ///< an octet that a value may not have
  duplicate_parameter,      ///< a parameter that may occur once occurs again
  accounturi_missing,       ///< no accounturi parameter
  accounturi_empty,         ///< `accounturi=`
  persist_until_malformed,  ///< persistUntil is no base-10 integer of 64 bits
  hash_prefix,  ///< dialect 02: accounturi does not begin with the CA's accountHashPrefix
  hash_alg,     ///< dialect 02: an algorithm that the CA does not take
  hash_format,  ///< dialect 02: no `/`, or not the digest's length and alphabet
};

/// What is wrong, and where; the issuer is added when the fault becomes a SyntaxError.
struct SyntaxFault {
  SyntaxErrorCode code;
  std::size_t offset = 0;  ///< as in SyntaxError
};

/// The first fault of a record, and whom the record was meant for: a CA ignores another issuer's
/// broken record, so the issuer already read goes with the error.
struct SyntaxError {
  SyntaxErrorCode code;
  std::size_t offset = 0;            ///< of the fault, in octets of the joined character-strings
  std::string issuer_domain_name{};  ///< as written, without the white space around it
  bool operator==(const SyntaxError&) const = default;
};

}  // namespace persist::record
