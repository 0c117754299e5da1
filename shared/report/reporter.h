#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "report/check_result.h"
#include "report/sink.h"

namespace persist::report {

/// One output format, fed in list order. Writes as it goes: a million names need no memory.
class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void add(const CheckResult& result) = 0;
  virtual void finish(const Summary& summary) = 0;
};

struct ReportOptions {
  bool color = false;    ///< text only
  bool verbose = false;  ///< text only: notices and authorised names too
};

/// One row of the table of formats.
struct Format {
  std::string_view name;  ///< `text`, `json`, `jsonl`
  std::string_view description;
  std::unique_ptr<Reporter> (*make)(Sink& out, const ReportOptions& options);
};
const std::vector<Format>& formats();
/// By name; null if there is none.
const Format* find_format(std::string_view name);

}  // namespace persist::report
