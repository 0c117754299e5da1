#include "dns/system_servers.h"

#include <algorithm>

#include "base/ascii.h"

namespace persist::dns {
namespace {

constexpr std::string_view keyword = "nameserver";

std::string_view first_word(std::string_view text) {
  const auto end = std::find_if(text.begin(), text.end(), [](char c) {
    return is_blank(c) || c == '\r' || c == '#' || c == ';';
  });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

}  // namespace

std::vector<ServerAddress> parse_resolv_conf(std::string_view text) {
  std::vector<ServerAddress> servers;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view trimmed = trim(line);
    if (!trimmed.starts_with(keyword)) continue;
    const std::string_view rest = trimmed.substr(keyword.size());
    if (rest.empty() || !is_blank(rest.front())) continue;
    const auto server = parse_server_address(first_word(trim(rest)));
    if (server && std::find(servers.begin(), servers.end(), *server) == servers.end()) {
      servers.push_back(*server);
    }
  }
  return servers;
}

}  // namespace persist::dns
