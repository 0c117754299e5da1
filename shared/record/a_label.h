#pragma once

#include <string>
#include <string_view>

#include "base/expected.h"
#include "record/domain_name.h"

namespace persist::record {

/// A name in UTF-8 with its U-labels as A-labels (IDNA 2008 with the UTS 46 mapping). The text
/// holds no NUL. Source: RFC 5891.
Expected<std::string, NameErrorCode> to_a_labels(std::string_view text);

/// What stands behind the `xn--` of a label.
enum class ALabel {
  valid,          ///< also for labels without `xn--`
  not_idna_2008,  ///< Punycode of characters that IDNA 2008 does not allow, emoji for instance
  malformed,      ///< no Punycode, or of text that is not in NFC: CAs refuse the name
};

/// Looks at one label in lower case. Source: RFC 5890 section 2.3.2.1, RFC 3492; a P-label of the
/// Baseline Requirements is one that is not malformed.
ALabel check_a_label(std::string_view label);

}  // namespace persist::record
