#pragma once

#include <string>
#include <string_view>

#include "acme/protocol_error.h"
#include "base/expected.h"
#include "base/json.h"

namespace persist::acme {

/// Reads a document that a server sent.
/// Errors: too_large, not_json, too_deep, duplicate_member, not_an_object.
Expected<JsonValue, ProtocolError> parse_document(std::string_view text);

/// The text of a member that must be there.
/// Errors: member_missing, member_wrong_type.
Expected<std::string, ProtocolError> read_text(const JsonValue& object, std::string_view name);

/// The same for a URL to which requests go (`is_https_url`). Error also: not_https_url.
Expected<std::string, ProtocolError> read_https_url(const JsonValue& object, std::string_view name);

}  // namespace persist::acme
