#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/ascii.h"
#include "hook/callers/caller.h"

namespace persist::hook {

std::span<const Caller> callers() {
  static const std::array<Caller, 11> table{
      lego_after, lego_before,  lego_exec,   dehydrated,    uacme,          acme_sh,
      mod_md,     certbot_auth, certbot_pre, certbot_renew, certbot_cleanup};
  return table;
}

const Caller* recognise(const Call& call) {
  const auto table = callers();
  const auto row = std::find_if(table.begin(), table.end(),
                                [&call](const Caller& caller) { return caller.is_calling(call); });
  return row == table.end() ? nullptr : &*row;
}

const Caller* find_caller(std::string_view command) {
  const auto table = callers();
  const auto row = std::find_if(table.begin(), table.end(), [command](const Caller& caller) {
    return caller.command == command;
  });
  return row == table.end() ? nullptr : &*row;
}

app::UsageError empty_name(std::string_view source) {
  return {fmt::format("{} has an empty name in it", source)};
}

Expected<std::vector<std::string>, app::UsageError> split_names(std::string_view text,
                                                                char separator,
                                                                std::string_view source) {
  std::vector<std::string> names;
  for (const std::string_view part : split(text, separator)) {
    const std::string_view name = trim(part);
    if (name.empty()) return Unexpected(empty_name(source));
    names.emplace_back(name);
  }
  return names;
}

std::string base_of(std::string_view name) {
  if (name.substr(0, 2) == "*.") name.remove_prefix(2);
  if (!name.empty() && name.back() == '.') name.remove_suffix(1);
  return to_lower(name);
}

std::vector<OrderedName> widen(const std::vector<std::string>& bases,
                               const std::vector<std::string>& known) {
  std::map<std::string, std::size_t> counts;
  for (const std::string& base : bases) ++counts[base_of(base)];
  std::multimap<std::string, std::string> known_by_base;
  for (const std::string& name : known) known_by_base.emplace(base_of(name), name);
  std::vector<OrderedName> names;
  for (const std::string& base : bases) {
    const auto count = counts.extract(base_of(base));
    if (count.empty()) continue;  // told already
    if (count.mapped() > 1) {
      names.push_back({.text = base});
      names.push_back({.text = "*." + base});
      continue;
    }
    const auto [first, last] = known_by_base.equal_range(count.key());
    for (auto name = first; name != last; ++name) names.push_back({.text = name->second});
    if (first == last) names.push_back({.text = base, .may_be_wildcard = true});
  }
  return names;
}

}  // namespace persist::hook
