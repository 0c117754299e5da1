// A problem document as a server may send it: read or refused, and said in one plain line.
#include <string>

#include "acme/problem.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using persist::fuzzing::require;
  const auto problem = persist::acme::parse_problem(persist::fuzzing::to_text(data, size));
  const std::string line = problem ? explain(*problem) : explain(problem.error());
  require(!line.empty() || problem->type.empty());
  require(persist::fuzzing::is_plain_line(line) && line.size() < 8192);
  return 0;
}
