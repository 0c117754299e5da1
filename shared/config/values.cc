#include "config/values.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "config/name_fault.h"
#include "record/generate.h"

namespace persist::config {
namespace {

bool is_text(const Node& node) {
  return node.kind == Node::Kind::text && !node.text.empty();
}

/// Without a leading zero, which would be octal to some.
bool is_plain_decimal(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit) &&
         (text.size() == 1 || text.front() != '0');
}

bool is_absolute_uri(std::string_view text) {
  return !record::find_uri_fault(text);
}

/// With a digit where a host begins, or a letter, or the bracket of an IPv6 address.
bool is_https_url(std::string_view text) {
  constexpr std::string_view scheme = "https://";
  return is_absolute_uri(text) && text.substr(0, scheme.size()) == scheme &&
         text.size() > scheme.size() &&
         (is_alphanumeric(text[scheme.size()]) || text[scheme.size()] == '[');
}

bool is_date(std::string_view text) {
  return text.size() == 10;
}

}  // namespace

Expected<std::string, Fault> read_text(const Node& node) {
  if (!is_text(node)) return Unexpected(unexpected(node, "a text"));
  return node.text;
}

Expected<std::vector<std::string>, Fault> read_texts(const Node& node) {
  if (is_text(node)) return std::vector{node.text};
  if (node.kind != Node::Kind::list || node.items.empty()) {
    return Unexpected(unexpected(node, "a text or a list of texts"));
  }
  std::vector<std::string> texts;
  for (const Node& item : node.items) {
    auto text = read_text(item);
    if (!text) return Unexpected(std::move(text.error()));
    if (std::find(texts.begin(), texts.end(), *text) != texts.end()) {
      return Unexpected(
          Fault{.place = item.place,
                .message = fmt::format("{}: {} stands here twice", node.key, quote(*text, 64))});
    }
    texts.push_back(*std::move(text));
  }
  return texts;
}

Expected<bool, Fault> read_bool(const Node& node) {
  if (is_text(node) && node.plain && (node.text == "true" || node.text == "false")) {
    return node.text == "true";
  }
  const std::string lower = to_lower(node.text);
  const bool meant_true = lower == "true" || lower == "yes" || lower == "on" || lower == "y";
  const bool meant_false = lower == "false" || lower == "no" || lower == "off" || lower == "n";
  return Unexpected(unexpected(node, "true or false",
                               meant_true    ? "write true, without quotes"
                               : meant_false ? "write false, without quotes"
                                             : ""));
}

Expected<std::chrono::seconds, Fault> read_duration(const Node& node) {
  constexpr std::string_view expected =
      "a duration such as 30d (units s, m, h, d, w; at most 100 years)";
  if (!is_text(node)) return Unexpected(unexpected(node, expected));
  if (is_plain_decimal(node.text)) {
    return Unexpected(
        unexpected(node, expected, "name the unit: " + node.text.substr(0, 20) + "d for days"));
  }
  const std::string_view text = node.text;
  const auto duration = parse_duration(text);
  if (!duration || !is_plain_decimal(text.substr(0, text.size() - 1))) {
    return Unexpected(unexpected(node, expected));
  }
  return *duration;
}

Expected<UnixTime, Fault> read_time(const Node& node) {
  // A bare number would be Unix seconds, which nobody means in a list.
  const bool has_year = node.text.size() >= 10 && node.text[4] == '-';
  const auto time = has_year ? parse_time(node.text) : std::nullopt;
  if (!time)
    return Unexpected(unexpected(node, "a date such as 2027-02-01 or 2027-02-01T12:00:00Z"));
  return *time;
}

Expected<UnixTime, Fault> read_end(const Node& node) {
  auto time = read_time(node);
  if (time && is_date(node.text)) return add(*time, std::chrono::days{1} - std::chrono::seconds{1});
  return time;
}

Expected<std::string, Fault> read_uri(const Node& node) {
  if (is_text(node) && is_absolute_uri(node.text)) return node.text;
  const bool number = is_text(node) && std::all_of(node.text.begin(), node.text.end(), is_digit);
  return Unexpected(unexpected(
      node, "an absolute URI in visible ASCII without \";\"",
      number
          ? "the whole account URL, as in https://ca.example/acme/acct/" + node.text.substr(0, 20)
          : ""));
}

Expected<std::string, Fault> read_https_url(const Node& node) {
  if (is_text(node) && is_https_url(node.text)) return node.text;
  return Unexpected(unexpected(node, "a URL that begins with https://"));
}

Expected<std::string, Fault> read_thumbprint(const Node& node) {
  const auto is_base64url = [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; };
  if (is_text(node) && node.text.size() == 43 &&
      std::all_of(node.text.begin(), node.text.end(), is_base64url)) {
    return node.text;
  }
  return Unexpected(unexpected(node, "a SHA-256 key thumbprint (43 characters of base64url)"));
}

Expected<record::DomainName, Fault> read_domain_name(const Node& node) {
  if (!is_text(node)) return Unexpected(unexpected(node, "a domain name"));
  auto name = record::DomainName::parse(node.text);
  if (!name) return Unexpected(name_fault(node, name.error()));
  return *std::move(name);
}

Expected<record::Identifier, Fault> read_identifier(const Node& node) {
  if (node.kind != Node::Kind::text) return Unexpected(unexpected(node, "a domain name"));
  auto identifier = record::parse_identifier(node.text);
  if (!identifier) return Unexpected(name_fault(node, identifier.error()));
  return *std::move(identifier);
}

}  // namespace persist::config
