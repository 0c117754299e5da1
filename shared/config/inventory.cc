#include "config/inventory.h"

namespace persist::config {

const record::CaProfile* Settings::find_ca(const std::string& id) const {
  const auto declared = cas.find(id);
  return declared != cas.end() ? &declared->second : record::find_profile(id);
}

}  // namespace persist::config
