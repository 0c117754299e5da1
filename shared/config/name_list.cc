#include "base/ascii.h"
#include "config/entry_lists.h"
#include "config/entry_parser.h"

namespace persist::config {
namespace {

/// `line` up to a `#` that begins it or follows a blank.
std::string_view without_comment(std::string_view line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '#' && (at == 0 || is_blank(line[at - 1]))) return line.substr(0, at);
  }
  return line;
}

bool looks_like_yaml(std::string_view text) {
  return text.substr(0, 2) == "- " || (!text.empty() && text.back() == ':');
}

}  // namespace

std::optional<Fault> NameList::next(const Settings& settings, std::optional<DomainEntry>& entry) {
  entry.reset();
  for (;;) {
    const auto line = lines_.next();
    if (!line) return line.error();
    if (!*line) return {};
    const std::string_view whole = (*line)->text;
    const std::string_view name = trim(without_comment(whole));
    if (name.empty()) continue;
    const std::size_t column = static_cast<std::size_t>(name.data() - whole.data()) + 1;
    auto parsed = parse_entry(Node{.kind = Node::Kind::text,
                                   .text = std::string(name),
                                   .plain = true,
                                   .place = {(*line)->number, column}},
                              settings, file_);
    if (parsed) {
      entry = *std::move(parsed);
      return {};
    }
    Fault fault = std::move(parsed.error());
    fault.line = whole;
    if (looks_like_yaml(name)) fault.hint = "this looks like YAML, which is read without --names";
    return fault;
  }
}

}  // namespace persist::config
