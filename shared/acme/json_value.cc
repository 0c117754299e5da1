#include "acme/json_value.h"

#include <utility>

#include "acme/https_url.h"

namespace persist::acme {
namespace {

ProtocolErrorCode to_protocol_error(JsonErrorCode code) {
  switch (code) {
    case JsonErrorCode::too_large:
      return ProtocolErrorCode::too_large;
    case JsonErrorCode::not_json:
      return ProtocolErrorCode::not_json;
    case JsonErrorCode::too_deep:
      return ProtocolErrorCode::too_deep;
    case JsonErrorCode::duplicate_member:
      return ProtocolErrorCode::duplicate_member;
    case JsonErrorCode::not_an_object:
      break;
  }
  return ProtocolErrorCode::not_an_object;
}

}  // namespace

Expected<JsonValue, ProtocolError> parse_document(std::string_view text) {
  auto object = parse_json_object(text);
  if (object) return *std::move(object);
  return Unexpected(ProtocolError{.code = to_protocol_error(object.error().code),
                                  .member = object.error().member});
}

Expected<std::string, ProtocolError> read_text(const JsonValue& object, std::string_view name) {
  const JsonValue* value = object.find(name);
  if (value != nullptr && value->kind == JsonKind::text) return value->text;
  return Unexpected(ProtocolError{.code = value == nullptr ? ProtocolErrorCode::member_missing
                                                           : ProtocolErrorCode::member_wrong_type,
                                  .member = std::string(name)});
}

Expected<std::string, ProtocolError> read_https_url(const JsonValue& object,
                                                    std::string_view name) {
  auto text = read_text(object, name);
  if (text && !is_https_url(*text)) {
    return Unexpected(ProtocolError{.code = ProtocolErrorCode::not_https_url,
                                    .member = std::string(name),
                                    .value = *std::move(text)});
  }
  return text;
}

}  // namespace persist::acme
