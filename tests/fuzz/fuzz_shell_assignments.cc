// A client's shell file, as anybody may have left it. What is read must mean the same when it is
// written again as plainly as can be, and nothing that a shell would expand may be in it unquoted.
// The reader that lets variables through must agree wherever there are none.
#include <string>

#include "clients/shell_assignments.h"
#include "require.h"

namespace {

using persist::clients::parse_shell_assignments;
using persist::clients::parse_shell_settings;
using persist::fuzzing::require;

std::string quoted(const std::string& value) {
  const char quote = value.find('\'') == std::string::npos ? '\'' : '"';
  return quote + value + quote;
}

bool can_be_quoted(const std::string& value) {
  return value.find('\'') == std::string::npos ||
         value.find_first_of("\"$`\\!") == std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = persist::fuzzing::to_text(data, size);
  const auto values = parse_shell_assignments(text);
  const auto settings = parse_shell_settings(text);
  require(settings || (!values && values.error().line <= settings.error().line));
  if (!values) {
    require(values.error().line >= 1);
    return 0;
  }
  require(settings->size() == values->size());
  std::string again;
  for (const auto& [name, value] : *values) {
    require(value.find('\n') == std::string::npos);
    require(settings->at(name) == value);
    if (!can_be_quoted(value)) return 0;
    again += name + "=" + quoted(value) + "\n";
  }
  require(parse_shell_assignments(again) == values);
  return 0;
}
