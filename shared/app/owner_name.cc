#include "app/owner_name.h"

#include <fmt/format.h>

namespace persist::app {

std::optional<UsageError> refuse_owner_name(const record::Identifier& identifier) {
  const std::string& name = identifier.name.text();
  if (!name.starts_with(record::validation_label)) return {};
  const std::string label = std::string(record::validation_label) + ".";
  if (!(name + ".").starts_with(label)) return {};
  const std::string star = identifier.wildcard ? "*." : "";
  return UsageError{
      fmt::format("{} is where a record stands, no name for a certificate", identifier.text()),
      name.size() < label.size() ? "give the domain itself"
                                 : "give the domain itself: " + star + name.substr(label.size())};
}

}  // namespace persist::app
