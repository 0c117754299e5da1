#include "dns/random_ids.h"

#include <sys/random.h>

namespace persist::dns {

std::optional<std::uint16_t> RandomIds::next() {
  if (used_ == ids_.size()) {
    if (getrandom(ids_.data(), sizeof ids_, 0) != static_cast<ssize_t>(sizeof ids_)) return {};
    used_ = 0;
  }
  return ids_[used_++];
}

}  // namespace persist::dns
