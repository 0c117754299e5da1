#include "report/method_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "base/ascii.h"
#include "record/domain_name.h"
#include "record/issue_value.h"

namespace persist::report {
namespace {

constexpr std::size_t longest_label_octets = 63;  // RFC 1035 section 2.3.4
/// Lower case, without `-` and `_`.
constexpr std::array<std::string_view, 6> tags{"accounturi", "accounturl",   "account",
                                               "policy",     "persistuntil", "validationmethods"};
constexpr std::size_t longest_tag_octets = 32;

bool is_tag_octet(char c) {
  return is_alphanumeric(c) || c == '-' || c == '_';
}

/// `ca.example`, but no address and no token: those have a number at the end, or long labels.
bool is_issuer_like(std::string_view name) {
  if (!name.empty() && name.back() == '.') name.remove_suffix(1);
  if (name.size() > record::longest_name_octets || !record::is_issuer_domain_name(name)) {
    return false;
  }
  const auto labels = split(name, '.');
  return labels.size() > 1 && !std::all_of(labels.back().begin(), labels.back().end(), is_digit) &&
         std::all_of(labels.begin(), labels.end(),
                     [](std::string_view label) { return label.size() <= longest_label_octets; });
}

bool is_known_tag(std::string_view tag) {
  if (tag.size() > longest_tag_octets) return false;
  std::string folded = to_lower(tag);
  folded.erase(
      std::remove_if(folded.begin(), folded.end(), [](char c) { return c == '-' || c == '_'; }),
      folded.end());
  return std::find(tags.begin(), tags.end(), folded) != tags.end();
}

/// The run of tag octets at the end of `text`, blanks behind it ignored.
std::string_view last_word(std::string_view text) {
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  const auto other = std::find_if_not(text.rbegin(), text.rend(), is_tag_octet);
  return text.substr(static_cast<std::size_t>(text.rend() - other));
}

}  // namespace

bool is_of_this_method(std::string_view text) {
  std::size_t start = 0;
  for (std::size_t equals = text.find('='); equals != std::string_view::npos;
       equals = text.find('=', start)) {
    if (is_known_tag(last_word(text.substr(start, equals - start)))) return true;
    start = equals + 1;
  }
  text.remove_prefix(std::min(text.find_first_not_of(" \t\""), text.size()));
  return is_issuer_like(text.substr(0, text.find_first_of(" \t;\"")));
}

}  // namespace persist::report
