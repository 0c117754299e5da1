#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "acme/key_error.h"
#include "base/expected.h"

namespace persist::acme {

/// Overwrites the text in a way that the compiler does not leave out, and empties it.
void wipe(std::string& text);

/// The private key of an ACME account: signs, and shows its public half; the private half never
/// leaves it and is overwritten in the end.
class AccountKey {
 public:
  /// Reads PEM (PKCS#8, SEC1 for EC, PKCS#1 for RSA) or a private JSON Web Key.
  ///
  /// RSA of 2048 to 8192 bits, P-256, P-384, P-521, Ed25519. A first signature is made and
  /// verified, so that two halves that do not belong together are found here and not by the CA.
  /// Nobody is ever asked for a pass phrase. `text` remains the caller's, who should wipe it.
  /// Source: RFC 7468, RFC 7517, RFC 7518 section 6, RFC 8037 section 2.
  static Expected<AccountKey, KeyError> parse(std::string_view text);

  AccountKey(AccountKey&& other) noexcept;
  AccountKey& operator=(AccountKey&& other) noexcept;
  ~AccountKey();

  /// `RSA 2048`, `EC P-256`, `Ed25519`.
  const std::string& key_type() const { return key_type_; }
  /// For the `alg` of a signature: RS256, ES256, ES384, ES512, EdDSA. Source: RFC 7518 section 3.1,
  /// RFC 8037 section 3.1.
  const std::string& algorithm() const { return algorithm_; }
  /// The public key in the form that is hashed: members required, sorted, no blanks. Source: RFC
  /// 7638 section 3.
  const std::string& public_jwk() const { return public_jwk_; }
  /// base64url of the SHA-256 of public_jwk(). Source: RFC 7638; RFC 8555 section 8.1.
  const std::string& thumbprint() const { return thumbprint_; }

  /// The octets of a JWS signature of `message` by algorithm(); for ECDSA R and S side by side.
  /// Errors: cannot_sign. Source: RFC 7518 sections 3.3 and 3.4, RFC 8037 section 3.1.
  Expected<std::vector<std::uint8_t>, KeyError> sign(std::string_view message) const;

 private:
  struct Secret;
  explicit AccountKey(std::unique_ptr<Secret> secret);

  std::unique_ptr<Secret> secret_;
  std::string key_type_;
  std::string algorithm_;
  std::string public_jwk_;
  std::string thumbprint_;
};

}  // namespace persist::acme
