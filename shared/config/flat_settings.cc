#include "config/flat_settings.h"

#include <algorithm>
#include <span>

#include "base/ascii.h"
#include "base/escape.h"
#include "config/node.h"
#include "config/values.h"

namespace persist::config {
namespace {

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

std::string_view line_at(std::string_view text, std::size_t number) {
  for (; number > 1; --number) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

/// Carriage returns before line feeds are dropped; anything else that YAML must not see is a fault.
Expected<std::string, Fault> clean(std::string_view text) {
  std::string cleaned;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    cleaned += text[i];
  }
  if (!is_utf8(cleaned) || std::any_of(cleaned.begin(), cleaned.end(), is_control)) {
    return Unexpected(Fault{.message = "the file is not UTF-8 text, or has control characters"});
  }
  return cleaned;
}

Expected<FlatSetting, Fault> read_setting(const Node& node, const std::string& name,
                                          const std::string& beginning = "") {
  FlatSetting setting{.key = beginning + node.key,
                      .values = {},
                      .location = {name, node.key_place.line, node.key_place.column}};
  if (node.kind == Node::Kind::list) {
    auto values = read_texts(node);
    if (!values) return Unexpected(values.error());
    setting.values = *std::move(values);
    return setting;
  }
  auto value = read_text(node);
  if (!value) return Unexpected(value.error());
  setting.values.push_back(*std::move(value));
  return setting;
}

Expected<std::vector<FlatSetting>, Fault> read_settings(const std::string& name,
                                                        std::string_view text) {
  NodeBuilder builder(read_yaml_events(text));
  std::vector<FlatSetting> settings;
  if (builder.peek() == nullptr && !builder.fault()) return settings;
  const auto root = builder.take();
  if (!root) return Unexpected(root.error());
  if (root->kind == Node::Kind::null) return settings;
  if (root->kind != Node::Kind::map) return Unexpected(unexpected(*root, "a map of settings"));
  for (const Node& item : root->items) {
    const bool is_group = item.kind == Node::Kind::map;
    for (const Node& part : is_group ? std::span(item.items) : std::span(&item, 1)) {
      auto setting = read_setting(part, name, is_group ? item.key + "-" : "");
      if (!setting) return Unexpected(setting.error());
      settings.push_back(*std::move(setting));
    }
  }
  if (builder.fault()) return Unexpected(*builder.fault());
  return settings;
}

}  // namespace

Expected<std::vector<FlatSetting>, ConfigError> parse_flat_settings(const std::string& name,
                                                                    std::string_view text) {
  const auto cleaned = clean(text);
  if (!cleaned) return Unexpected(to_config_error(cleaned.error(), name, ""));
  auto settings = read_settings(name, *cleaned);
  if (settings) return *std::move(settings);
  return Unexpected(
      to_config_error(settings.error(), name, line_at(*cleaned, settings.error().place.line)));
}

}  // namespace persist::config
