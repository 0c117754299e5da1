// A list of domains, with plain entries scanned and with all of them read by yaml-cpp: the
// settings, the entries with their places, and the error must be the same.
#include <string>

#include "config/printing.h"
#include "require.h"

namespace {

using namespace persist::config;

std::string read(std::string_view text, bool scan_entries) {
  return read_all(InventoryReader::from_text("list", std::string(text), ListFormat::yaml,
                                             {.scan_entries = scan_entries}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = persist::fuzzing::to_text(data, size);
  persist::fuzzing::require(read(text, true) == read(text, false));
  return 0;
}
