#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "record/issue_value.h"
#include "report/diagnostic.h"
#include "survey/subject.h"

namespace persist::rules {

enum class AccountFault;
enum class IssuerFault;

/// A record taken apart without judging it, for rules that look for near misses. All views are into
/// the subject, which outlives it, or into `joined`.
struct Anatomy {
  std::size_t record = 0;  ///< index into the subject's judgements
  const record::Judgement* judgement = nullptr;
  std::unique_ptr<const std::string>
      joined{};               ///< where the record has not exactly one character-string
  std::string_view text{};    ///< joined octets
  std::string_view issuer{};  ///< before the first `;`, trimmed
  std::size_t issuer_offset = 0;
  bool has_semicolon = false;
  std::vector<record::Piece> pieces{};  ///< `;`-separated, without the issuer; empty ones too
  bool is_ours = false;  ///< its issuer is one that the CA answers to, as the CA reads it
  bool looks_meant_for_us = false;  ///< may be shown, and is ours or a near miss: some part of it
                                    ///< shows that this method and this CA or account is meant
  bool is_plain =
      false;  ///< ours, and written so that every known CA reads it alike: exact tags, each
              ///< at most once, no odd octet or blank, a decimal persistUntil up to year 9999
  AccountFault account_fault{};  ///< see find_fault_of_account
  IssuerFault issuer_fault{};    ///< see find_fault_of_issuer

  /// The first piece whose tag is `tag`, case ignored; null if there is none.
  const record::Piece* find(std::string_view tag) const;
  report::ValueSpan whole() const;  ///< the whole value
  report::ValueSpan issuer_span() const;
  report::ValueSpan span(const record::Piece& piece) const;        ///< the whole piece
  report::ValueSpan value_span(const record::Piece& piece) const;  ///< its value
  report::ValueSpan place(std::size_t offset, std::size_t length = 0) const;
  /// The octets of a span of this record.
  std::string_view octets(const report::ValueSpan& place) const;
  /// What the CA looks at: the issuer, and each parameter whose tag is a known one, odd octets
  /// aside.
  std::vector<report::ValueSpan> meaningful_parts() const;
};

/// One for each record of the subject, in the order of the judgements.
std::vector<Anatomy> dissect(const survey::Subject& subject);

/// `accounturi`, `policy` or `persistUntil` if `tag` is one of these, case ignored; else empty.
std::string_view known_tag(std::string_view tag);

/// The same where octets stand in or beside the tag that no tag can have: blanks, control and
/// non-ASCII octets, `"` and `\`.
std::string_view meant_tag(std::string_view tag);

/// The reason for which the CA would refuse a record with these octets, judged alone at the place
/// of `original`; empty if it would authorise.
std::optional<record::Reason> reason_of(const survey::Subject& subject, const Anatomy& original,
                                        std::string_view octets);

}  // namespace persist::rules
