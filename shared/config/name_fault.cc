#include "config/name_fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "base/escape.h"
#include "record/identifier.h"

namespace persist::config {
namespace {

/// The character of `text` that begins at or holds `offset`, quoted.
std::string character_at(std::string_view text, std::size_t offset) {
  const std::string_view rest = text.substr(std::min(offset, text.size()));
  return quote(rest.substr(0, std::max<std::size_t>(utf8_length(rest), 1)));
}

std::string sentence(std::string_view text, const record::NameError& error) {
  using record::NameErrorCode;
  switch (error.code) {
    case NameErrorCode::empty:
      return "it is empty";
    case NameErrorCode::too_long:
      return "it is longer than 253 octets";
    case NameErrorCode::empty_label:
      return "it has an empty label";
    case NameErrorCode::label_too_long:
      return "a label is longer than 63 octets";
    case NameErrorCode::bad_character:
      return character_at(text, error.offset) + " is not allowed";
    case NameErrorCode::hyphen_at_edge:
      return "a label begins or ends with a hyphen";
    case NameErrorCode::misplaced_star:
      return "\"*\" is allowed only as the whole first label";
    case NameErrorCode::ip_address:
      return "it is an IP address or ends in a number";
    case NameErrorCode::not_idna:
      return "IDNA 2008 does not allow one of its labels";
  }
  return "";
}

/// The host in a URL, in `host:port` or in `host/path`.
std::string_view host_in(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  return text.substr(0, text.find_first_of(":/?#"));
}

std::string hint(std::string_view text) {
  const std::string_view host = host_in(trim(text));
  if (host != text && record::parse_identifier(host)) return "write the name alone: " + quote(host);
  if (text.find_first_of(" ,\t\n") != std::string_view::npos) return "one name for each entry";
  return "";
}

}  // namespace

Fault name_fault(std::string_view text, const record::NameError& error, Place place) {
  return {.place = place,
          .message =
              fmt::format("{} is not a domain name: {}", quote(text, 253), sentence(text, error)),
          .hint = hint(text)};
}

}  // namespace persist::config
