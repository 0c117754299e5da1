#include "record/account_binding.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/base64url.h"
#include "base/sha2.h"

namespace persist::record {
namespace {

bool is_base64url(char c) {
  return is_alphanumeric(c) || c == '-' || c == '_';
}

/// Characters of the unpadded base64url text of a digest.
std::size_t text_length(std::size_t size_octets) {
  return (size_octets * 4 + 2) / 3;
}

}  // namespace

std::string account_hash_preimage(std::string_view name, std::string_view thumbprint,
                                  std::string_view account_url) {
  std::string octets;
  octets.reserve(1 + name.size() + thumbprint.size() + account_url.size());
  octets += static_cast<char>(name.size());
  octets.append(name).append(thumbprint).append(account_url);
  return octets;
}

std::optional<std::string> account_hash(std::string_view hash_alg, std::string_view name,
                                        std::string_view thumbprint, std::string_view account_url) {
  if (name.size() > 255) return {};
  const auto octets = digest(hash_alg, account_hash_preimage(name, thumbprint, account_url));
  if (!octets) return {};
  return std::string(hash_alg) + "/" + to_base64url(*octets);
}

HashFault check_hash(std::string_view hash, const std::vector<std::string>& hash_algs) {
  const std::size_t slash = hash.find('/');
  if (slash == std::string_view::npos) return HashFault::format;
  const std::string_view algorithm = hash.substr(0, slash);
  const std::string_view text = hash.substr(slash + 1);
  const std::size_t size_octets = digest_size_octets(algorithm);
  if (size_octets == 0 ||
      std::find(hash_algs.begin(), hash_algs.end(), algorithm) == hash_algs.end()) {
    return HashFault::algorithm;
  }
  const bool well_formed = text.size() == text_length(size_octets) &&
                           std::all_of(text.begin(), text.end(), is_base64url);
  return well_formed ? HashFault::none : HashFault::format;
}

std::optional<HashMatch> match_hash(std::string_view hash, const Account& account,
                                    const DomainName& validated_fqdn) {
  const std::string_view algorithm = hash.substr(0, hash.find('/'));
  for (std::size_t key = 0; key < account.thumbprints.size(); ++key) {
    for (const bool star : {false, true}) {
      const std::string_view name = star ? star_name : std::string_view(validated_fqdn.text());
      if (account_hash(algorithm, name, account.thumbprints[key], account.url) == hash) {
        return HashMatch{.key = key, .star = star};
      }
    }
  }
  return {};
}

}  // namespace persist::record
