#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "record/issue_value.h"
#include "survey/subject.h"

namespace persist::rules {

/// A record taken apart without judging it, for rules that look for near misses.
struct Anatomy {
  std::size_t record = 0;                ///< index into the subject's judgements
  std::string text;                      ///< joined octets
  std::string issuer;                    ///< before the first `;`, trimmed
  std::size_t issuer_offset = 0;
  bool has_semicolon = false;
  std::vector<record::Piece> pieces{};   ///< views into `text`
  bool is_ours = false;                  ///< its issuer is one that the CA answers to
  bool looks_meant_for_us = false;       ///< ours, or a near miss: some part of it shows that this method and this CA or
                                         ///< account is meant
  const record::Judgement* judgement = nullptr;

  /// The first piece whose tag is `tag`, case ignored; null if there is none.
  const record::Piece* find(std::string_view tag) const;
  report::ValueSpan span(const record::Piece& piece) const;        ///< the whole piece
  report::ValueSpan value_span(const record::Piece& piece) const;  ///< its value
};

/// One for each record of the subject, in the order of the judgements.
std::vector<Anatomy> dissect(const survey::Subject& subject);

}  // namespace persist::rules
