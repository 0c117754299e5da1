#include <algorithm>

#include "report/json.h"
#include "report/reporter.h"
#include "report/text.h"

namespace persist::report {

const std::vector<Format>& formats() {
  static const std::vector<Format> table{
      {"text", "for people: findings, the place in the record, a summary", make_text_reporter},
      {"json", "one document: every check, then the summary", make_json_reporter},
      {"jsonl", "one line a check, the last line is the summary", make_jsonl_reporter},
  };
  return table;
}

const Format* find_format(std::string_view name) {
  const auto row = std::find_if(formats().begin(), formats().end(),
                                [name](const Format& format) { return format.name == name; });
  return row == formats().end() ? nullptr : &*row;
}

}  // namespace persist::report
