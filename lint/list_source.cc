#include "lint/list_source.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <set>

#include "record/explain.h"

namespace persist::lint {
namespace {

Expected<std::string, std::string> read_standard_input() {
  const std::uint64_t most_octets = config::ReaderLimits{}.octets;
  std::string text;
  std::vector<char> buffer(65'536);
  for (;;) {
    const ssize_t got = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return Unexpected(
          fmt::format("persist-lint: error: standard input: {}\n", std::strerror(errno)));
    if (got == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (text.size() > most_octets) {
      return Unexpected(std::string("persist-lint: error: standard input has more than 512 MiB\n"));
    }
  }
}

Expected<ListSource, std::string> names_source(const std::vector<std::string>& names) {
  std::string text;
  std::set<std::string> seen;
  for (const std::string& name : names) {
    const auto identifier = record::parse_identifier(name);
    if (!identifier) {
      return Unexpected(
          fmt::format("persist-lint: error: {}\n", record::explain(identifier.error(), name)));
    }
    if (seen.insert(identifier->text()).second) text += identifier->text() + "\n";
  }
  return ListSource{
      .name = "-d", .format = config::ListFormat::names, .text = std::move(text), .is_list = false};
}

}  // namespace

Expected<std::vector<ListSource>, std::string> list_sources(const Options& options) {
  std::vector<ListSource> sources;
  if (!options.names.empty()) {
    auto source = names_source(options.names);
    if (!source) return Unexpected(source.error());
    sources.push_back(*std::move(source));
  }
  for (const std::string& path : options.files) {
    ListSource source{
        .name = path,
        .format = options.plain_names ? config::ListFormat::names : config::ListFormat::yaml};
    if (path == "-") {
      auto text = read_standard_input();
      if (!text) return Unexpected(text.error());
      source.name = "standard input";
      source.text = *std::move(text);
    }
    sources.push_back(std::move(source));
  }
  return sources;
}

Expected<config::InventoryReader, config::ConfigError> open(const ListSource& source) {
  if (source.text)
    return config::InventoryReader::from_text(source.name, *source.text, source.format);
  return config::InventoryReader::open(source.name, source.format);
}

}  // namespace persist::lint
