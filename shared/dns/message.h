#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dns/answer.h"
#include "dns/query_message.h"
#include "dns/wire.h"
#include "record/txt_record.h"

namespace persist::dns {

/// Most aliases that are followed for one question.
inline constexpr std::size_t most_alias_steps = 8;

/// A well-formed, complete answer to a question, before anything is concluded from it.
struct Message {
  Rcode rcode = Rcode::noerror;  ///< with the upper bits of the OPT record
  bool authoritative = false;
  bool authenticated = false;
  bool recursion_available = false;
  /// Alias targets in order, from the name asked for on; at most one more than may be followed.
  std::vector<Name> chain{};
  std::vector<ResourceRecord> rrset{};  ///< of the type asked for, at the end of the chain
  /// Smallest of the aliases, the rrset and, without an rrset, the SOA; max() if there is none.
  std::chrono::seconds ttl = std::chrono::seconds::max();
  bool is_negative = false;  ///< no rrset, and an SOA record of a zone above the end of the chain
  bool is_referral = false;  ///< no rrset, no SOA record, name servers of some zone, AA=0
  std::optional<ExtendedError> extended_error{};
};

/// What octets are in regard of a question.
struct Reading {
  enum class Kind {
    not_ours,   ///< no answer to our question: to be ignored, the wait goes on
    malformed,  ///< an answer to our question that must not be believed
    truncated,  ///< TC=1: to be asked again over TCP; nothing of it is read
    complete,
  };
  Kind kind;
  std::string_view fault{};  ///< for malformed: what is wrong, in our own words
  Message message{};         ///< for complete
};

/// True if the octets begin like an answer with this id to this question: QR=1, a plain query, our
/// name (in any letter case), type and class.
bool is_reply(Octets octets, std::uint16_t id, const Question& question);

/// Reads an answer and follows the aliases in it. Pure; bounded by the length of the message.
///
/// Strict where a wrong answer could be believed: every record has to be whole and the counts
/// right, names are checked on the way from the question along CNAME and DNAME, records of other
/// names and classes are never taken for an answer, and nothing is concluded from an answer section
/// that speaks of something else only. Octets after the last record are let through unless they are
/// a record. Source: RFC 1035 section 4, RFC 2181 section 5, RFC 6672 section 3, RFC 6891
/// section 6.1.
Reading read_message(Octets octets, std::uint16_t id, const Question& question);

/// The character-strings of a TXT record. Empty if it is of another type or its rdata is broken,
/// which no record of a Message is. RDATA without any octet has no strings.
std::optional<record::TxtRecord> txt_of(const ResourceRecord& record);

}  // namespace persist::dns
