#include "hook/again.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/escape.h"

namespace persist::hook {
namespace {

/// What is printed how, what only a call knows, and the names, which are told anew for the one
/// identifier.
constexpr std::array<std::string_view, 16> told_otherwise{
    "all",           "blocked-status", "cert",    "csr",     "also-cert", "cert-name",
    "certbot-abort", "domain",         "each",    "format",  "headroom",  "no-wildcard",
    "quiet",         "then",           "verbose", "wildcard"};

bool is_plain_octet(char c) {
  return is_alphanumeric(c) || contains("_./:@%+=,-", std::string_view(&c, 1));
}

bool is_address_octet(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || contains(":.[]", std::string_view(&c, 1));
}

bool is_all(std::string_view text, bool (*holds)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), holds);
}

/// True if every character is shown as it is.
bool is_printable(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const std::string_view character = text.substr(0, length);
    if (length == 0 || (escape(character) != character && character != "\\")) return false;
    text.remove_prefix(length);
  }
  return true;
}

/// A substitution that prints the octets; nothing else can hold them in every shell.
std::string printf_quote(std::string_view text) {
  std::string quoted = "\"$(printf '";
  for (const char c : text) {
    if (is_alphanumeric(c) || c == '/' || c == '.' || c == '_')
      quoted += c;
    else
      quoted += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
  }
  return quoted + "')\"";
}

std::string assignment(const std::string& name, const app::Given& given) {
  std::string values;
  for (const std::string& value : given.values) values += (values.empty() ? "" : ",") + value;
  return fmt::format("{}={} ", app::variable_name(name), shell_quote(values));
}

std::string arguments(const std::string& name, const app::Given& given) {
  if (given.is_flag) return given.values.back() == "true" ? " --" + name : "";
  std::string text;
  for (const std::string& value : given.values) text += " --" + name + ' ' + shell_quote(value);
  return text;
}

}  // namespace

std::string shell_quote(std::string_view text) {
  if (!is_printable(text)) return printf_quote(text);
  const bool is_address = is_all(text, is_address_octet);
  const bool acts_on_runner = !is_address && (contains(text, "::") || contains(text, "##"));
  if (!acts_on_runner && is_all(text, is_plain_octet)) return std::string(text);
  std::string quoted = "'";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_second = i > 0 && text[i] == text[i - 1] && (text[i] == ':' || text[i] == '#');
    if (text[i] == '\'')
      quoted += "'\\''";
    else
      quoted += (is_second && !is_address ? "''" : "") + std::string(1, text[i]);
  }
  return quoted + "'";
}

std::string again_command(const survey::Subject& subject, const Options& options) {
  const record::Identifier& identifier = subject.required.identifier;
  std::string variables;
  std::string command = "persist-hook check " + shell_quote(identifier.text());
  if (subject.wildcard_listed && !identifier.wildcard) command += " --wildcard";
  for (const auto& [name, given] : options.given) {
    if (std::find(told_otherwise.begin(), told_otherwise.end(), name) != told_otherwise.end())
      continue;
    if (given.origin == app::Origin::variable) variables += assignment(name, given);
    if (given.origin == app::Origin::flag || given.origin == app::Origin::client)
      command += arguments(name, given);
  }
  return variables + command;
}

}  // namespace persist::hook
