#pragma once

#include <cstddef>
#include <string>

namespace persist::acme {

/// A key file has a few thousand octets; what is larger is none.
inline constexpr std::size_t largest_key_octets = 65'536;

/// Why a text is no key that can be used.
enum class KeyErrorCode {
  too_large,          ///< more than `largest_key_octets`
  no_key,             ///< neither a PEM private key nor a JWK; `found` is what else it is
  public_half,        ///< a public key only
  encrypted,          ///< needs a pass phrase, which nobody is asked for
  several_keys,       ///< more than one private key: which one is the account's?
  malformed,          ///< says that it is a private key and cannot be read as one
  unsupported_type,   ///< neither RSA, EC nor Ed25519
  unsupported_curve,  ///< EC on another curve than P-256, P-384 and P-521
  rsa_too_short,      ///< below 2048 bits
  rsa_too_long,       ///< above 8192 bits
  inconsistent,       ///< what the private half signs, the public half does not verify
  cannot_sign,        ///< the library gave no signature
};

/// Never holds any of the key itself.
struct KeyError {
  KeyErrorCode code;
  std::string found{};  ///< type, curve or size that was found; text from outside
  bool operator==(const KeyError&) const = default;
};

/// One line for people, no capital, no full stop, text from outside escaped:
/// `it is RSA of 1024 bits, and 2048 are the least`.
std::string explain(const KeyError& error);

}  // namespace persist::acme
