#include "record/public_suffix.h"

#include <libpsl.h>

namespace persist::record {

bool is_public_suffix(const DomainName& name) {
  const psl_ctx_t* list = psl_builtin();
  // Without a list only single labels are known to be suffixes.
  if (list == nullptr) return name.text().find('.') == std::string::npos;
  return psl_is_public_suffix(list, name.text().c_str()) == 1;
}

std::optional<DomainName> registrable_domain(const DomainName& name) {
  if (is_public_suffix(name)) return {};
  DomainName candidate = name;
  for (;;) {
    auto parent = candidate.parent();
    if (!parent || is_public_suffix(*parent)) return candidate;
    candidate = *std::move(parent);
  }
}

}  // namespace persist::record
