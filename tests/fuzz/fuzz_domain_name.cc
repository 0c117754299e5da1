// Names from a list, a command line or a client: any octets.
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "record/domain_name.h"
#include "record/explain.h"
#include "record/identifier.h"
#include "record/public_suffix.h"
#include "require.h"

namespace {

using namespace persist::record;
using persist::fuzzing::require;

bool is_name_octet(char c) {
  return persist::is_alphanumeric(c) || c == '-' || c == '_' || c == '.';
}

void check_name(const DomainName& name) {
  const std::string& text = name.text();
  require(!text.empty() && text.size() <= longest_name_octets);
  require(std::all_of(text.begin(), text.end(), is_name_octet));
  require(std::none_of(text.begin(), text.end(), persist::is_upper));
  require(text.front() != '.' && text.back() != '.' && text.find("..") == std::string::npos);
  const auto again = DomainName::parse(text);
  require(again && *again == name);
  const auto dotted = DomainName::parse(text + ".");
  require(dotted && *dotted == name);
  require(name.is_same_or_below(name));
  if (const auto parent = name.parent()) {
    require(name.is_same_or_below(*parent) && !parent->is_same_or_below(name));
  }
  const auto owner = validation_domain_name(name);
  require(owner.has_value() == has_room_for_label(name));
  if (owner) require(owner->is_same_or_below(name));
  if (const auto registrable = registrable_domain(name)) {
    require(name.is_same_or_below(*registrable) && !is_public_suffix(*registrable));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = persist::fuzzing::to_text(data, size);
  const auto name = DomainName::parse(text);
  if (name) {
    check_name(*name);
  } else {
    require(name.error().offset <= text.size());
    require(persist::fuzzing::is_plain_line(explain(name.error(), text)));
  }
  const auto identifier = parse_identifier(text);
  if (identifier) {
    require(parse_identifier(identifier->text()) == identifier);
    require(identifier->wildcard || identifier->name == *name);
  } else {
    require(identifier.error().offset <= text.size());
  }
  return 0;
}
