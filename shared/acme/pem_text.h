#pragma once

#include <string_view>
#include <vector>

#include "acme/key_error.h"
#include "base/expected.h"

namespace persist::acme {

/// A PEM block as a view into the text: of a private key no copy is made.
struct PemBlock {
  std::string_view label;  ///< `EC PRIVATE KEY`: capitals, digits and blanks, at most 64
  std::string_view text;   ///< with its first and last line; to the end of all if that is missing
  bool operator==(const PemBlock&) const = default;
};

/// The blocks of a text, in order; what stands between them is passed over. Source: RFC 7468
/// section 2.
std::vector<PemBlock> find_pem_blocks(std::string_view text);

/// The one private key among the blocks, of which there must be some; in the clear and of a kind
/// that is known (PKCS#8, SEC1 for EC, PKCS#1 for RSA). Others, such as EC PARAMETERS, do no harm.
/// Errors: no_key, public_half, several_keys, encrypted, unsupported_type.
Expected<PemBlock, KeyError> choose_private_key(const std::vector<PemBlock>& blocks);

}  // namespace persist::acme
