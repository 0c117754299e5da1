#include "base/sha2.h"

// The one-shot functions need no provider: through EVP a static program pays 5.8 million
// instructions at start to load them. They are not among those that OpenSSL 3 deprecates.
#include <openssl/sha.h>

#include <array>

namespace persist {
namespace {

struct Algorithm {
  std::string_view name;
  std::size_t size_octets;
  unsigned char* (*compute)(const unsigned char*, std::size_t, unsigned char*);
};

constexpr std::array<Algorithm, 3> algorithms{{
    {"sha-256", SHA256_DIGEST_LENGTH, SHA256},
    {"sha-384", SHA384_DIGEST_LENGTH, SHA384},
    {"sha-512", SHA512_DIGEST_LENGTH, SHA512},
}};

}  // namespace

std::optional<std::vector<std::uint8_t>> digest(std::string_view hash_alg,
                                                std::string_view message) {
  for (const Algorithm& algorithm : algorithms) {
    if (algorithm.name != hash_alg) continue;
    std::vector<std::uint8_t> result(algorithm.size_octets);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): octets are octets
    algorithm.compute(reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                      result.data());
    return result;
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
