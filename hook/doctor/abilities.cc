#include "hook/doctor/abilities.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"

namespace persist::hook::doctor {
namespace {

// Seen in runs of the versions named, but Caddy and mod_md, whose code was read.
constexpr std::array<ClientAbility, 7> abilities{{
    {"certbot", "", "5.8.0", "2026-11-21"},
    {"lego", "5.0.0", "4.35.2", "2026-11-21"},
    {"acme.sh", "3.1.4", "3.1.3", "2026-11-21"},
    {"dehydrated", "", "0.7.2", "2026-11-21"},
    {"uacme", "1.8.0", "1.7.6", "2026-11-21"},
    {"caddy", "", "2.6.2", "2026-11-21"},
    {"mod-md", "", "2.6.11", "2026-11-21"},
}};

/// The numbers at the start of a version: `v5.3.1~rc1` gives 5, 3, 1.
std::vector<unsigned> numbers_of(std::string_view version) {
  constexpr unsigned most = 1'000'000;
  const std::size_t epoch = version.find(':');
  if (epoch != std::string_view::npos) version.remove_prefix(epoch + 1);
  if (!version.empty() && version.front() == 'v') version.remove_prefix(1);
  std::vector<unsigned> numbers(1);
  for (const char c : version) {
    if (c == '.') {
      numbers.push_back(0);
    } else if (is_digit(c)) {
      numbers.back() = std::min(most, numbers.back() * 10 + static_cast<unsigned>(c - '0'));
    } else {
      break;
    }
  }
  while (numbers.size() > 1 && numbers.back() == 0) numbers.pop_back();
  return numbers;
}

}  // namespace

std::string_view to_text(Ability ability) {
  switch (ability) {
    case Ability::yes:
      return "yes";
    case Ability::no:
      return "no";
    case Ability::not_known:
      return "unknown";
  }
  return "";
}

const ClientAbility* find_ability(std::string_view client) {
  const auto row =
      std::find_if(abilities.begin(), abilities.end(),
                   [client](const ClientAbility& known) { return known.client == client; });
  return row == abilities.end() ? nullptr : &*row;
}

Ability ability_of(std::string_view client, const std::optional<std::string>& version) {
  const ClientAbility* const row = find_ability(client);
  if (row == nullptr || !version || version->find_first_of("0123456789") == std::string::npos) {
    return Ability::not_known;
  }
  if (!row->since.empty() && !is_older(*version, row->since)) return Ability::yes;
  return is_older(row->not_in, *version) ? Ability::not_known : Ability::no;
}

bool is_older(std::string_view a, std::string_view b) {
  return numbers_of(a) < numbers_of(b);
}

}  // namespace persist::hook::doctor
