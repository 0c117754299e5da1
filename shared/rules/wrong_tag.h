#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace persist::rules {

/// Insertions, deletions and replacements that make `b` of `a`; a large number for texts over 64
/// octets.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// Text that was damaged on its way (quotes, backslashes, blanks, octets outside ASCII) without the
/// damage.
std::string without_damage(std::string_view text);

/// True for a tag that is met where accounturi is meant: `account`, `account-uri`, `acct`,
/// `acounturi`. False for accounturi itself, in any case or damaged.
bool means_accounturi(std::string_view tag);

/// The same for policy: `scope`, `wildcard`, `policies`. Whether the value wishes for a wildcard is
/// another question.
bool means_policy(std::string_view tag);

/// True for values that wish for a wildcard: `wildcard`, `true`, `*`.
bool is_wildcard_wish(std::string_view value);

/// The same for persistUntil: `expires`, `persist-until`, `validuntil`.
bool means_persist_until(std::string_view tag);

}  // namespace persist::rules
