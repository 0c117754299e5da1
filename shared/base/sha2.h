#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace persist {

/// Digest of `message` by an algorithm of the RFC 6920 registry: `sha-256`, `sha-384`, `sha-512`.
/// Empty for any other name. For public values only.
std::optional<std::vector<std::uint8_t>> digest(std::string_view hash_alg,
                                                std::string_view message);

/// Length of that digest in octets; 0 for a name that `digest` does not know.
std::size_t digest_size_octets(std::string_view hash_alg);

}  // namespace persist
