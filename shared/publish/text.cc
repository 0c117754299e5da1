#include "publish/text.h"

#include <fmt/format.h>

#include "record/generate.h"
#include "report/json_writer.h"

namespace persist::publish {

std::string json_string(std::string_view text) {
  std::string quoted;
  report::append_json_string(quoted, text);
  return quoted;
}

std::string hcl_string(std::string_view text) {
  std::string quoted = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool opens_template = (c == '$' || c == '%') && text.substr(i + 1, 1) == "{";
    if (opens_template) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string relative_name(const record::DomainName& name, const record::DomainName& zone) {
  const std::string& text = name.text();
  if (name == zone) return "";
  return text.substr(0, text.size() - zone.text().size() - 1);
}

std::string zone_strings(const TxtProposal& record) {
  return record::to_zone_strings(record::to_character_strings(record.value));
}

std::string caa_remark(const Proposal& proposal) {
  return fmt::format(
      "these are meant to be all CAA records of {0}: they replace what its parents say, and hold "
      "for every name below {0} that has none of its own",
      proposal.name.text());
}

}  // namespace persist::publish
