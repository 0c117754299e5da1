#include "acme/problem.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "acme/json_value.h"
#include "base/escape.h"

namespace persist::acme {
namespace {

constexpr std::string_view acme_namespace = "urn:ietf:params:acme:error:";

/// Empty if it is not there.
Expected<std::optional<std::string>, ProtocolError> read_optional_text(const JsonValue& object,
                                                                       std::string_view name) {
  if (object.find(name) == nullptr) return std::optional<std::string>();
  auto text = read_text(object, name);
  if (!text) return Unexpected(text.error());
  return std::optional(*std::move(text));
}

}  // namespace

Expected<Problem, ProtocolError> parse_problem(std::string_view json) {
  const auto document = parse_document(json);
  if (!document) return Unexpected(document.error());
  auto type = read_optional_text(*document, "type");
  if (!type) return Unexpected(type.error());
  auto detail = read_optional_text(*document, "detail");
  if (!detail) return Unexpected(detail.error());
  auto title = read_optional_text(*document, "title");
  if (!title) return Unexpected(title.error());
  auto instance = read_optional_text(*document, "instance");
  if (!instance) return Unexpected(instance.error());
  if (!*type && !*detail && !*title) {
    return Unexpected(ProtocolError{.code = ProtocolErrorCode::member_missing, .member = "type"});
  }
  return Problem{.type = type->value_or("about:blank"),
                 .detail = detail->value_or(title->value_or("")),
                 .instance = instance->value_or("")};
}

bool is_acme_error(const Problem& problem, std::string_view error) {
  const std::string_view type = problem.type;
  return type.substr(0, acme_namespace.size()) == acme_namespace &&
         type.substr(acme_namespace.size()) == error;
}

std::string explain(const Problem& problem) {
  constexpr std::size_t longest_type = 100;
  std::string_view type = problem.type;
  if (type.substr(0, acme_namespace.size()) == acme_namespace) {
    type.remove_prefix(acme_namespace.size());
  }
  std::string line = escape(type, longest_type);
  if (!problem.detail.empty()) line += ": " + quote(problem.detail);
  if (!problem.instance.empty()) line += fmt::format(" (see {})", escape(problem.instance));
  return line;
}

}  // namespace persist::acme
