#include "config/name_fault.h"

#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/escape.h"
#include "record/explain.h"
#include "record/identifier.h"

namespace persist::config {
namespace {

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

Fault name_fault(const Node& node, const record::NameError& error) {
  Fault fault{.place = node.place, .message = explain(error, node.text), .hint = hint(node.text)};
  if (node.plain) fault.place.column += error.offset;
  return fault;
}

}  // namespace persist::config
