// OpenSSL's one-shot functions go through EVP, which costs a static program 5.8 million
// instructions at start and pulls in its loader. The functions below are marked as deprecated for
// that detour only.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "base/sha2.h"

#include <openssl/sha.h>

#include <array>

namespace persist {
namespace {

using Digest = std::vector<std::uint8_t>;

template <typename Context, auto init, auto update, auto finish, std::size_t size_octets>
Digest compute(std::string_view message) {
  Digest result(size_octets);
  Context context;
  init(&context);
  update(&context, message.data(), message.size());
  finish(result.data(), &context);
  return result;
}

struct Algorithm {
  std::string_view name;
  std::size_t size_octets;
  Digest (*compute)(std::string_view);
};

constexpr std::array<Algorithm, 3> algorithms{{
    {"sha-256", SHA256_DIGEST_LENGTH,
     compute<SHA256_CTX, SHA256_Init, SHA256_Update, SHA256_Final, SHA256_DIGEST_LENGTH>},
    {"sha-384", SHA384_DIGEST_LENGTH,
     compute<SHA512_CTX, SHA384_Init, SHA384_Update, SHA384_Final, SHA384_DIGEST_LENGTH>},
    {"sha-512", SHA512_DIGEST_LENGTH,
     compute<SHA512_CTX, SHA512_Init, SHA512_Update, SHA512_Final, SHA512_DIGEST_LENGTH>},
}};

}  // namespace

std::optional<Digest> digest(std::string_view hash_alg, std::string_view message) {
  for (const Algorithm& algorithm : algorithms) {
    if (algorithm.name == hash_alg) return algorithm.compute(message);
  }
  return {};
}

std::size_t digest_size_octets(std::string_view hash_alg) {
  for (const Algorithm& algorithm : algorithms) {
    if (algorithm.name == hash_alg) return algorithm.size_octets;
  }
  return 0;
}

}  // namespace persist
