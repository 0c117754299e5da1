#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace persist::clients {

/// A line of the section `[renewalparams]` of certbot's `renewal/NAME.conf`.
struct RenewalSetting {
  std::string key;
  std::string value;  ///< without quotes and comment, as far as they end
  std::size_t line;   ///< counted from 1
  bool operator==(const RenewalSetting&) const = default;
};

/// Every setting of that section, for who wants to show where it stands; `parse_renewal_conf` tells
/// whether certbot could read the file at all. The lines of a value in triple quotes are joined.
std::vector<RenewalSetting> list_renewal_settings(std::string_view text);

}  // namespace persist::clients
