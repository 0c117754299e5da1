#include "record/identifier.h"

namespace persist::record {

Expected<Identifier, NameError> parse_identifier(std::string_view text) {
  const bool wildcard = text.substr(0, 2) == "*.";
  auto name = DomainName::parse(wildcard ? text.substr(2) : text);
  if (name) return Identifier{.name = *std::move(name), .wildcard = wildcard};
  NameError error = name.error();
  if (wildcard) error.offset += 2;
  return Unexpected(error);
}

Expected<DomainName, NameError> validation_domain_name(const DomainName& validated_fqdn) {
  return validated_fqdn.child(validation_label);
}

}  // namespace persist::record
