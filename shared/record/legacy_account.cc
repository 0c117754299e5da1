#include "record/legacy_account.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "record/ca_profile.h"

namespace persist::record {
namespace {

struct Legacy {
  std::string_view prefix;
  std::string_view ca;  ///< id of a profile
};

constexpr std::array<Legacy, 2> legacies{{
    {"https://acme-v01.api.letsencrypt.org/acme/reg/", "letsencrypt"},
    {"https://acme-staging.api.letsencrypt.org/acme/reg/", "letsencrypt-staging"},
}};

}  // namespace

bool is_legacy_account_url(std::string_view url) {
  return contains(url, "/acme/reg/");
}

std::optional<std::string> to_current_account_url(std::string_view url) {
  for (const Legacy& legacy : legacies) {
    if (url.substr(0, legacy.prefix.size()) != legacy.prefix) continue;
    const std::string_view number = url.substr(legacy.prefix.size());
    if (number.empty() || !std::all_of(number.begin(), number.end(), is_digit)) return {};
    return find_profile(legacy.ca)->account_url_prefix + std::string(number);
  }
  return {};
}

}  // namespace persist::record
