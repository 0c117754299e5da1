#pragma once

#include <string>
#include <string_view>

namespace persist::rules {

/// What a reader takes `text` for: characters that cannot be seen are left out, full-width forms,
/// foreign letters and dots become the ASCII ones that they look like, capitals become small
/// letters. Other characters stay as they are. Not a judgement about names in general: it is only
/// compared with names of CAs.
std::string to_skeleton(std::string_view text);

}  // namespace persist::rules
