#include "rules/near_miss.h"

#include <algorithm>

#include "base/ascii.h"
#include "record/domain_name.h"
#include "record/persist_record.h"
#include "rules/issuer_fault.h"

namespace persist::rules {
namespace {

using survey::Subject;

bool is_name_octet(char c) {
  return is_alphanumeric(c) || c == '-' || c == '_';
}

/// True if `name` stands in `text` as a whole domain name: not within a longer one.
bool holds_name(std::string_view text, std::string_view name) {
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::string_view rest = text.substr(at + name.size());
    const bool begins = at == 0 || !(is_name_octet(text[at - 1]) || text[at - 1] == '.');
    const bool goes_on =
        !rest.empty() &&
        (is_name_octet(rest[0]) || (rest[0] == '.' && rest.size() > 1 && is_name_octet(rest[1])));
    if (begins && !goes_on) return true;
  }
  return false;
}

bool names_issuer(std::string_view issuer, const Subject& subject) {
  const std::string lower = to_lower(issuer);
  if (lower.substr(0, 2) == "v=") return false;  // SPF, DMARC and their like
  const std::string_view host = host_of(subject.ca->directory_url);
  if (!host.empty() && holds_name(lower, host)) return true;
  const bool is_ascii = std::all_of(issuer.begin(), issuer.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const auto a_labels = is_ascii ? Unexpected(record::NameError{record::NameErrorCode::empty})
                                 : record::DomainName::parse(issuer);
  const auto& names = subject.required.issuer_domain_names;
  return std::any_of(names.begin(), names.end(), [&](const record::DomainName& name) {
    return holds_name(lower, name.text()) || (a_labels && *a_labels == name);
  });
}

bool names_account(std::string_view text, const Subject& subject) {
  const auto holds = [&](std::string_view part) { return !part.empty() && contains(text, part); };
  const record::CaProfile* sister = record::find_profile(subject.ca->sister);
  return holds(subject.required.account.url) || holds(subject.ca->account_url_prefix) ||
         holds(subject.required.account_hash_prefix) ||
         (sister != nullptr && holds(sister->account_url_prefix));
}

/// Where the parameters begin in an issuer text that has swallowed them; its size if they do not.
std::size_t start_of_parameters(std::string_view lower) {
  const std::size_t uri = lower.find("accounturi");
  const std::size_t until = lower.find("persistuntil");
  if (lower.substr(0, 7) == "policy=") return 0;
  return std::min({uri, until, lower.size()});
}

/// True if a domain name of two labels or more stands in `text`.
bool names_anybody(std::string_view text) {
  for (std::size_t dot = text.find('.'); dot != std::string_view::npos;
       dot = text.find('.', dot + 1)) {
    if (dot > 0 && dot + 1 < text.size() && is_name_octet(text[dot - 1]) &&
        is_name_octet(text[dot + 1])) {
      return true;
    }
  }
  return false;
}

bool has_known_tag(const Anatomy& anatomy) {
  return std::any_of(anatomy.pieces.begin(), anatomy.pieces.end(), [](const record::Piece& piece) {
    return piece.has_equals && !known_tag(piece.tag).empty();
  });
}

}  // namespace

bool is_near_miss(const Anatomy& anatomy, const Subject& subject) {
  if (names_account(anatomy.text, subject) || names_issuer(anatomy.issuer, subject)) return true;
  const std::string lower = to_lower(anatomy.issuer);
  const std::size_t start = start_of_parameters(lower);
  return (start < lower.size() || has_known_tag(anatomy)) &&
         !names_anybody(std::string_view(lower).substr(0, start));
}

}  // namespace persist::rules
