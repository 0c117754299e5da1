#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace persist::hook::doctor {

/// Whether a version of a client can use dns-persist-01 itself.
enum class Ability { yes, no, not_known };
std::string_view to_text(Ability ability);

/// What is known of a client.
struct ClientAbility {
  std::string_view client;
  std::string_view since;   ///< first version that can; empty: none is known
  std::string_view not_in;  ///< the last version of which it is known that it cannot
  std::string_view as_of;   ///< date of the evidence
};

/// The row of a client; null if there is none.
const ClientAbility* find_ability(std::string_view client);

/// Not known if the version is not, or lies behind all that is known.
Ability ability_of(std::string_view client, const std::optional<std::string>& version);

/// Compares the numbers of two versions, `2.1.0-4` and `v2.1`; what follows them does not count.
bool is_older(std::string_view a, std::string_view b);

}  // namespace persist::hook::doctor
