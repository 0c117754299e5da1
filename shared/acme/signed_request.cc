#include "acme/signed_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/ascii.h"
#include "base/base64url.h"

namespace persist::acme {
namespace {

std::string encode(std::string_view text) {
  return to_base64url(std::vector<std::uint8_t>(text.begin(), text.end()));
}

/// A flattened JWS; nothing that goes into its JSON can hold a quote. Source: RFC 7515 section
/// 7.2.2. `signer` is the member that says who signs.
Expected<std::string, KeyError> to_jws(const AccountKey& key, const SignedTarget& target,
                                       std::string_view signer, std::string_view payload) {
  const std::string header = encode(fmt::format(R"({{"alg":"{}",{},"nonce":"{}","url":"{}"}})",
                                                key.algorithm(), signer, target.nonce, target.url));
  const std::string body = encode(payload);
  const auto signature = key.sign(header + "." + body);
  if (!signature) return Unexpected(signature.error());
  return fmt::format(R"({{"protected":"{}","payload":"{}","signature":"{}"}})", header, body,
                     to_base64url(*signature));
}

}  // namespace

bool is_nonce(std::string_view text) {
  constexpr std::size_t longest = 1024;
  return !text.empty() && text.size() <= longest &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; });
}

Expected<std::string, KeyError> which_account_body(const AccountKey& key,
                                                   const SignedTarget& target) {
  constexpr std::string_view payload = R"({"onlyReturnExisting":true})";
  return to_jws(key, target, fmt::format(R"("jwk":{})", key.public_jwk()), payload);
}

Expected<std::string, KeyError> post_as_get_body(const AccountKey& key, const SignedTarget& target,
                                                 std::string_view account_url) {
  return to_jws(key, target, fmt::format(R"("kid":"{}")", account_url), "");
}

}  // namespace persist::acme
