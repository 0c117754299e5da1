#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/location.h"

namespace persist::report {

/// error: the CA refuses, or a MUST is broken; warning: a SHOULD, or it will soon fail; notice:
/// advice, never alters the exit status by itself; unknown: could not find out, never counted as a
/// finding.
enum class Severity { error, warning, notice, unknown };
std::string_view to_text(Severity severity);

/// A stretch of a record's value.
struct ValueSpan {
  std::size_t record = 0;  ///< index into Evaluation::judgements
  std::size_t offset = 0;  ///< in octets of the joined character-strings
  std::size_t length = 0;  ///< 0: a place between two octets
  bool operator==(const ValueSpan&) const = default;
};

/// One finding, ready to be reported.
struct Diagnostic {
  Location location{};  ///< in the list; empty where there is none
  Severity severity;
  std::string_view rule;  ///< `DP401`; outlives the diagnostic
  std::string_view name;  ///< `policy-wildcard-needed`
  std::string message;    ///< one line, everything from outside escaped
  std::string hint{};     ///< a way out, where we know one
  std::optional<ValueSpan> span{};
  bool about_ca = false;  ///< the same for every name of the CA: people are told once
  bool operator==(const Diagnostic&) const = default;
};

}  // namespace persist::report
