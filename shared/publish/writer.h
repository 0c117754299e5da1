#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "publish/proposal.h"
#include "report/sink.h"

namespace persist::publish {

/// Writes what is to be published in the language of one DNS tool, name after name: nothing of a
/// name is kept, except that a file of octoDNS is ordered, zone by zone.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual void begin() {}
  /// Names of one zone stand together.
  virtual void add(const Proposal& proposal) = 0;
  virtual void end() {}
};

/// One row of the table of formats.
struct Format {
  std::string_view name;   ///< `zone`
  std::string_view title;  ///< what it is for, in one line
  std::unique_ptr<Writer> (*make)(report::Sink& out);
  /// Why the tool cannot hold the proposal as it is; empty if it can. Null: it always can.
  std::optional<std::string> (*refuse)(const Proposal& proposal) = nullptr;
};
const std::vector<Format>& formats();
/// By name; null if there is none.
const Format* find_format(std::string_view name);
/// `zone, value, json, ...`
std::string names_of_formats();

}  // namespace persist::publish
