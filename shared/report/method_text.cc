#include "report/method_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "record/domain_name.h"
#include "record/issue_value.h"

namespace persist::report {
namespace {

constexpr std::size_t longest_label_octets = 63;  // RFC 1035 section 2.3.4
/// Lower case, without `-` and `_`.
constexpr std::array<std::string_view, 4> tags{"accounturi", "accounturl", "persistuntil",
                                               "validationmethods"};
/// Words that others use too, and how their values begin here; lower case.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> common_tags{
    {{"account", "https://"}, {"account", "http://"}, {"policy", "wildcard"}}};
constexpr std::size_t longest_tag_octets = 32;

bool is_tag_octet(char c) {
  return is_alphanumeric(c) || c == '-' || c == '_';
}

bool is_letter(char c) {
  return is_alphanumeric(c) && !is_digit(c);
}

/// `ca.example`, but no address, password or token: top-level domains are letters or A-labels.
bool is_issuer_like(std::string_view name) {
  if (!name.empty() && name.back() == '.') name.remove_suffix(1);
  if (name.size() > record::longest_name_octets || !record::is_issuer_domain_name(name)) {
    return false;
  }
  const auto labels = split(name, '.');
  const std::string top = to_lower(labels.back());
  return labels.size() > 1 &&
         (std::all_of(top.begin(), top.end(), is_letter) || top.substr(0, 4) == "xn--") &&
         std::all_of(labels.begin(), labels.end(),
                     [](std::string_view label) { return label.size() <= longest_label_octets; });
}

/// True for `account-uri` before any value, and for `policy` before `wildcard`.
bool is_known_parameter(std::string_view tag, std::string_view value) {
  if (tag.size() > longest_tag_octets) return false;
  if (equals_ignoring_case(tag, tags.front())) return true;  // as in nearly every record
  std::string folded = to_lower(tag);
  folded.erase(
      std::remove_if(folded.begin(), folded.end(), [](char c) { return c == '-' || c == '_'; }),
      folded.end());
  if (std::find(tags.begin(), tags.end(), folded) != tags.end()) return true;
  value.remove_prefix(std::min(value.find_first_not_of(" \t\"'\\"), value.size()));
  return std::any_of(common_tags.begin(), common_tags.end(), [&](const auto& row) {
    return row.first == folded &&
           equals_ignoring_case(value.substr(0, row.second.size()), row.second);
  });
}

/// What may follow an issuer: nothing, a semicolon, the closing quote, or the account URL that lost
/// its semicolon and tag. A host name with a password behind it is no record of ours.
bool ends_issuer(std::string_view rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  return rest.empty() || rest.front() == ';' || rest.front() == '"' ||
         rest.substr(0, 8) == "https://";
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
    if (is_known_parameter(last_word(text.substr(start, equals - start)), text.substr(equals + 1)))
      return true;
    start = equals + 1;
  }
  text.remove_prefix(std::min(text.find_first_not_of(" \t\""), text.size()));
  const std::string_view first = text.substr(0, text.find_first_of(" \t;\""));
  return is_issuer_like(first) && ends_issuer(text.substr(first.size()));
}

}  // namespace persist::report
