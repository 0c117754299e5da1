#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "base/unix_time.h"
#include "config/node.h"
#include "record/identifier.h"

namespace persist::config {

/// Single values of the list. Each gives a fault that names what was expected and what was found.

/// Any text but the empty one, with quotes or without.
Expected<std::string, Fault> read_text(const Node& node);

/// One text, or a list of at least one, none of them twice.
Expected<std::vector<std::string>, Fault> read_texts(const Node& node);

/// `true` or `false` without quotes, and nothing else that YAML has ever taken for a boolean.
Expected<bool, Fault> read_bool(const Node& node);

/// `30d`: plain decimal digits and a unit of `parse_duration`.
Expected<std::chrono::seconds, Fault> read_duration(const Node& node);

/// `2027-02-01` (its first second) or an RFC 3339 time.
Expected<UnixTime, Fault> read_time(const Node& node);

/// The same, but a date stands for its last second: "until" a day includes it.
Expected<UnixTime, Fault> read_end(const Node& node);

/// An absolute URI in the octets that a record can hold. Source: RFC 8659 section 4.2, RFC 3986
/// section 4.3.
Expected<std::string, Fault> read_uri(const Node& node);

/// The same, and its scheme is https.
Expected<std::string, Fault> read_https_url(const Node& node);

/// SHA-256 thumbprint of a key: 43 characters of base64url. Source: RFC 7638 section 3.
Expected<std::string, Fault> read_thumbprint(const Node& node);

/// A domain name, in the form in which ACME compares names.
Expected<record::DomainName, Fault> read_domain_name(const Node& node);

/// A domain name with or without `*.`.
Expected<record::Identifier, Fault> read_identifier(const Node& node);

/// A list of at least one value.
template <typename T>
Expected<std::vector<T>, Fault> read_list(const Node& node,
                                          Expected<T, Fault> (*read_value)(const Node&)) {
  if (node.kind != Node::Kind::list || node.items.empty()) {
    return Unexpected(unexpected(node, "a list"));
  }
  std::vector<T> values;
  for (const Node& item : node.items) {
    auto value = read_value(item);
    if (!value) return Unexpected(std::move(value.error()));
    values.push_back(*std::move(value));
  }
  return values;
}

}  // namespace persist::config
