#include "acme/https_url.h"

#include <algorithm>

#include "base/ascii.h"

namespace persist::acme {
namespace {

constexpr std::string_view scheme = "https://";

bool is_uri_octet(char c) {
  return c > 0x20 && c < 0x7F && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
}

/// Of a host, with its port; `@` would end a user name.
bool is_host_octet(char c) {
  return is_alphanumeric(c) || std::string_view("-._~:[]").find(c) != std::string_view::npos;
}

std::string_view host_and_port(std::string_view behind_scheme) {
  return behind_scheme.substr(0, behind_scheme.find_first_of("/?#"));
}

}  // namespace

bool is_https_url(std::string_view text) {
  if (text.substr(0, scheme.size()) != scheme) return false;
  text.remove_prefix(scheme.size());
  const std::string_view host = host_and_port(text);
  return !host.empty() && host.front() != ':' &&
         std::all_of(host.begin(), host.end(), is_host_octet) &&
         std::all_of(text.begin(), text.end(), is_uri_octet);
}

std::string origin_of(std::string_view https_url) {
  constexpr std::string_view usual_port = ":443";
  std::string_view host =
      host_and_port(https_url.substr(std::min(scheme.size(), https_url.size())));
  if (host.ends_with(usual_port)) host.remove_suffix(usual_port.size());
  return std::string(scheme) + to_lower(host);
}

}  // namespace persist::acme
