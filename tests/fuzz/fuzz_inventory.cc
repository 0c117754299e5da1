// A list of domains in both formats. What is accepted of a YAML list must be what yaml-cpp reads of
// the whole text: the reader takes it in pieces, and nothing may be lost or gained at their ends.
#include <yaml-cpp/yaml.h>

#include <string>
#include <vector>

#include "base/ascii.h"
#include "config/inventory_reader.h"
#include "require.h"

namespace {

using namespace persist::config;
using persist::fuzzing::require;

void check_error(const ConfigError& error) {
  const std::string text = explain(error);
  require(!text.empty() && text.back() == '\n');
  for (const std::string_view line : persist::split(text, '\n')) {
    require(persist::fuzzing::is_plain_line(line));
  }
  require(error.caret <= error.line.size() + 1);
}

struct Reading {
  bool accepted = false;
  std::vector<DomainEntry> entries{};
};

Reading read(std::string_view text, ListFormat format) {
  auto reader = InventoryReader::from_text("list", std::string(text), format);
  if (!reader) {
    check_error(reader.error());
    return {};
  }
  Reading reading;
  for (;;) {
    auto entry = reader->next();
    if (!entry) {
      check_error(entry.error());
      return {};
    }
    if (!*entry) {
      require(!reading.entries.empty());
      reading.accepted = true;
      return reading;
    }
    reading.entries.push_back(**std::move(entry));
  }
}

void check_entry(const DomainEntry& entry) {
  const auto again = persist::record::parse_identifier(entry.identifier.text());
  require(again && *again == entry.identifier);
  require(entry.location.line > 0 && entry.location.column > 0);
}

void check_agreement(const Reading& reading, std::string_view text) {
  const YAML::Node domains = YAML::Load(std::string(text))["domains"];
  require(domains.size() == reading.entries.size());
  for (std::size_t i = 0; i < domains.size(); ++i) {
    const DomainEntry& entry = reading.entries[i];
    const YAML::Node name = domains[i].IsMap() ? domains[i]["name"] : domains[i];
    const auto identifier = persist::record::parse_identifier(name.Scalar());
    require(identifier && *identifier == entry.identifier);
    require(entry.location.line == static_cast<std::size_t>(name.Mark().line) + 1);
    const bool wildcard =
        domains[i].IsMap() && domains[i]["wildcard"] && domains[i]["wildcard"].Scalar() == "true";
    require(entry.also_wildcard == wildcard);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = persist::fuzzing::to_text(data, size);
  for (const DomainEntry& entry : read(text, ListFormat::names).entries) check_entry(entry);
  const Reading reading = read(text, ListFormat::yaml);
  for (const DomainEntry& entry : reading.entries) check_entry(entry);
  if (reading.accepted) check_agreement(reading, text);
  return 0;
}
