#include "acme/account_key.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "acme/jwk_text.h"
#include "acme/pem_text.h"
#include "base/base64url.h"
#include "base/sha2.h"

namespace persist::acme {
namespace {

using Code = KeyErrorCode;
using Octets = std::vector<std::uint8_t>;

template <auto release>
struct Release {
  template <typename T>
  void operator()(T* held) const {
    release(held);
  }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Release<BN_clear_free>>;
using Bio = std::unique_ptr<BIO, Release<BIO_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, Release<OSSL_PARAM_BLD_free>>;
using ParameterArray = std::unique_ptr<OSSL_PARAM, Release<OSSL_PARAM_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Release<ECDSA_SIG_free>>;

Unexpected<KeyError> fault(Code code, std::string_view found = {}) {
  ERR_clear_error();
  return Unexpected(KeyError{.code = code, .found = std::string(found)});
}

struct Curve {
  std::string_view group;  ///< OpenSSL's name
  std::string_view name;   ///< RFC 7518 section 6.2.1.1
  std::string_view algorithm;
  std::size_t size_octets;  ///< of a coordinate, and of each half of a signature
  const EVP_MD* (*digest)();
};

constexpr std::array curves{
    Curve{"prime256v1", "P-256", "ES256", 32, EVP_sha256},
    Curve{"secp384r1", "P-384", "ES384", 48, EVP_sha384},
    Curve{"secp521r1", "P-521", "ES512", 66, EVP_sha512},
};

const Curve* find_curve(std::string_view Curve::*member, std::string_view wanted) {
  const auto at = std::find_if(curves.begin(), curves.end(),
                               [&](const Curve& curve) { return curve.*member == wanted; });
  return at == curves.end() ? nullptr : &*at;
}

// ---- From PEM

/// Without one OpenSSL would ask at the terminal.
int refuse_pass_phrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*user*/) {
  return -1;
}

Expected<KeyPointer, KeyError> read_pem(const std::vector<PemBlock>& blocks) {
  const auto block = choose_private_key(blocks);
  if (!block) return Unexpected(block.error());
  const Bio bio(BIO_new_mem_buf(block->text.data(), static_cast<int>(block->text.size())));
  KeyPointer key(PEM_read_bio_PrivateKey(bio.get(), nullptr, refuse_pass_phrase, nullptr));
  if (!key) return fault(Code::malformed);
  return key;
}

// ---- From a JSON Web Key

/// Octets that are overwritten in the end.
struct SecretOctets {
  explicit SecretOctets(Octets held) : octets(std::move(held)) {}
  SecretOctets(const SecretOctets&) = delete;
  SecretOctets(SecretOctets&&) = default;
  SecretOctets& operator=(const SecretOctets&) = delete;
  SecretOctets& operator=(SecretOctets&&) = delete;
  ~SecretOctets() { OPENSSL_cleanse(octets.data(), octets.size()); }
  Octets octets;
};

std::optional<SecretOctets> read_octets(const JwkText& jwk, std::string_view member) {
  auto octets = from_base64url(jwk.find(member).value_or(""));
  if (!octets || octets->empty()) return {};
  return SecretOctets(*std::move(octets));
}

/// What a key is made of, on its way to OpenSSL. It keeps pointers until the key is made.
class Parts {
 public:
  bool add_number(const char* part, const JwkText& jwk, std::string_view member) {
    const auto octets = read_octets(jwk, member);
    if (!octets) return false;
    // From a secure number the builder makes parameters that OpenSSL wipes.
    numbers_.emplace_back(BN_secure_new());
    return BN_bin2bn(octets->octets.data(), static_cast<int>(octets->octets.size()),
                     numbers_.back().get()) != nullptr &&
           OSSL_PARAM_BLD_push_BN(builder_.get(), part, numbers_.back().get()) == 1;
  }
  bool add_text(const char* part, std::string_view text) {
    return OSSL_PARAM_BLD_push_utf8_string(builder_.get(), part, text.data(), text.size()) == 1;
  }
  bool add_octets(const char* part, const Octets& octets) {
    return OSSL_PARAM_BLD_push_octet_string(builder_.get(), part, octets.data(), octets.size()) ==
           1;
  }
  Expected<KeyPointer, KeyError> make_key(const char* type) {
    const ParameterArray parameters(OSSL_PARAM_BLD_to_param(builder_.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()) != 1) {
      return fault(Code::malformed);
    }
    return KeyPointer(key);
  }

 private:
  ParameterBuilder builder_{OSSL_PARAM_BLD_new()};
  std::vector<Number> numbers_;
};

/// Source: RFC 7518 section 6.3.
Expected<KeyPointer, KeyError> read_rsa_jwk(const JwkText& jwk) {
  constexpr std::array<std::pair<const char*, std::string_view>, 3> required{
      {{OSSL_PKEY_PARAM_RSA_N, "n"}, {OSSL_PKEY_PARAM_RSA_E, "e"}, {OSSL_PKEY_PARAM_RSA_D, "d"}}};
  constexpr std::array<std::pair<const char*, std::string_view>, 5> factors{
      {{OSSL_PKEY_PARAM_RSA_FACTOR1, "p"},
       {OSSL_PKEY_PARAM_RSA_FACTOR2, "q"},
       {OSSL_PKEY_PARAM_RSA_EXPONENT1, "dp"},
       {OSSL_PKEY_PARAM_RSA_EXPONENT2, "dq"},
       {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, "qi"}}};
  Parts parts;
  const auto add = [&](const auto& part) { return parts.add_number(part.first, jwk, part.second); };
  if (!std::all_of(required.begin(), required.end(), add)) return fault(Code::malformed);
  // All of them or none.
  if (jwk.find("p") && !std::all_of(factors.begin(), factors.end(), add)) {
    return fault(Code::malformed);
  }
  return parts.make_key("RSA");
}

/// Source: RFC 7518 section 6.2.
Expected<KeyPointer, KeyError> read_ec_jwk(const JwkText& jwk) {
  const std::string_view name = jwk.find("crv").value_or("");
  const Curve* const curve = find_curve(&Curve::name, name);
  if (curve == nullptr) return fault(Code::unsupported_curve, name);
  const auto x = read_octets(jwk, "x");
  const auto y = read_octets(jwk, "y");
  if (!x || !y || x->octets.size() != curve->size_octets ||
      y->octets.size() != curve->size_octets) {
    return fault(Code::malformed);
  }
  Octets point{POINT_CONVERSION_UNCOMPRESSED};
  point.insert(point.end(), x->octets.begin(), x->octets.end());
  point.insert(point.end(), y->octets.begin(), y->octets.end());
  Parts parts;
  if (!parts.add_text(OSSL_PKEY_PARAM_GROUP_NAME, curve->group) ||
      !parts.add_octets(OSSL_PKEY_PARAM_PUB_KEY, point) ||
      !parts.add_number(OSSL_PKEY_PARAM_PRIV_KEY, jwk, "d")) {
    return fault(Code::malformed);
  }
  return parts.make_key("EC");
}

Octets ed25519_public_octets(const EVP_PKEY* key) {
  Octets octets(32);
  std::size_t size = octets.size();
  if (EVP_PKEY_get_raw_public_key(key, octets.data(), &size) != 1) size = 0;
  octets.resize(size);
  return octets;
}

/// Source: RFC 8037 section 2.
Expected<KeyPointer, KeyError> read_octet_key_pair(const JwkText& jwk) {
  const std::string_view name = jwk.find("crv").value_or("");
  if (name != "Ed25519") return fault(Code::unsupported_curve, name);
  const auto seed = read_octets(jwk, "d");
  const auto x = read_octets(jwk, "x");
  if (!seed || !x) return fault(Code::malformed);
  KeyPointer key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed->octets.data(),
                                              seed->octets.size()));
  if (!key) return fault(Code::malformed);
  if (ed25519_public_octets(key.get()) != x->octets) return fault(Code::inconsistent);
  return key;
}

Expected<KeyPointer, KeyError> read_jwk(const JwkText& jwk) {
  const auto type = jwk.find("kty");
  if (!type) return fault(Code::no_key, "JSON object without kty");
  if (*type != "RSA" && *type != "EC" && *type != "OKP")
    return fault(Code::unsupported_type, *type);
  if (!jwk.find("d")) return fault(Code::public_half, "JWK");
  if (*type == "RSA") return read_rsa_jwk(jwk);
  return *type == "EC" ? read_ec_jwk(jwk) : read_octet_key_pair(jwk);
}

Expected<KeyPointer, KeyError> read_key(std::string_view text) {
  if (text.size() > largest_key_octets) return fault(Code::too_large);
  const auto blocks = find_pem_blocks(text);
  if (!blocks.empty()) return read_pem(blocks);
  const auto jwk = JwkText::parse(text);
  if (!jwk) return fault(Code::no_key);
  return read_jwk(*jwk);
}

// ---- The public half, and signatures

struct PublicHalf {
  std::string key_type;
  std::string algorithm;
  std::string jwk;
  const EVP_MD* digest = nullptr;  ///< none for Ed25519
  std::size_t half_octets = 0;     ///< of an ECDSA signature
};

/// `size_octets` long, with zeros in front; 0: as short as can be.
std::string number_text(const EVP_PKEY* key, const char* part, std::size_t size_octets = 0) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, part, &number) != 1) return {};
  const Number held(number);
  Octets octets(std::max(size_octets, static_cast<std::size_t>(BN_num_bytes(number))));
  BN_bn2binpad(number, octets.data(), static_cast<int>(octets.size()));
  return to_base64url(octets);
}

Expected<PublicHalf, KeyError> rsa_half(const EVP_PKEY* key) {
  const int bits = EVP_PKEY_get_bits(key);
  if (bits < 2048) return fault(Code::rsa_too_short, std::to_string(bits));
  if (bits > 8192) return fault(Code::rsa_too_long, std::to_string(bits));
  return PublicHalf{.key_type = fmt::format("RSA {}", bits),
                    .algorithm = "RS256",
                    .jwk = fmt::format(R"({{"e":"{}","kty":"RSA","n":"{}"}})",
                                       number_text(key, OSSL_PKEY_PARAM_RSA_E),
                                       number_text(key, OSSL_PKEY_PARAM_RSA_N)),
                    .digest = EVP_sha256()};
}

Expected<PublicHalf, KeyError> ec_half(const EVP_PKEY* key) {
  std::array<char, 80> group{};
  if (EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) != 1) {
    return fault(Code::unsupported_curve, "explicit parameters");
  }
  const Curve* const curve = find_curve(&Curve::group, group.data());
  if (curve == nullptr) return fault(Code::unsupported_curve, group.data());
  return PublicHalf{
      .key_type = fmt::format("EC {}", curve->name),
      .algorithm = std::string(curve->algorithm),
      .jwk = fmt::format(R"({{"crv":"{}","kty":"EC","x":"{}","y":"{}"}})", curve->name,
                         number_text(key, OSSL_PKEY_PARAM_EC_PUB_X, curve->size_octets),
                         number_text(key, OSSL_PKEY_PARAM_EC_PUB_Y, curve->size_octets)),
      .digest = curve->digest(),
      .half_octets = curve->size_octets};
}

Expected<PublicHalf, KeyError> public_half(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1) return rsa_half(key);
  if (EVP_PKEY_is_a(key, "EC") == 1) return ec_half(key);
  if (EVP_PKEY_is_a(key, "ED25519") == 1) {
    return PublicHalf{.key_type = "Ed25519",
                      .algorithm = "EdDSA",
                      .jwk = fmt::format(R"({{"crv":"Ed25519","kty":"OKP","x":"{}"}})",
                                         to_base64url(ed25519_public_octets(key)))};
  }
  const char* const name = EVP_PKEY_get0_type_name(key);
  return fault(Code::unsupported_type, name == nullptr ? "unknown" : name);
}

const std::uint8_t* octets_of(std::string_view text) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): octets are octets
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

/// As OpenSSL writes it: ECDSA in DER. Empty if there is none.
Octets make_signature(EVP_PKEY* key, const EVP_MD* digest, std::string_view message) {
  const DigestContext context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (!context || EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, octets_of(message), message.size()) != 1) {
    return {};
  }
  Octets signature(size);
  if (EVP_DigestSign(context.get(), signature.data(), &size, octets_of(message), message.size()) !=
      1) {
    return {};
  }
  signature.resize(size);
  return signature;
}

bool belong_together(EVP_PKEY* key, const EVP_MD* digest) {
  constexpr std::string_view message = "first signature";
  const Octets signature = make_signature(key, digest, message);
  const DigestContext context(EVP_MD_CTX_new());
  return !signature.empty() && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(), octets_of(message),
                          message.size()) == 1;
}

/// R and S, each as long as a coordinate. Source: RFC 7518 section 3.4.
Octets to_raw_halves(const Octets& der, std::size_t half_octets) {
  const std::uint8_t* at = der.data();
  const EcdsaSignature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  const auto size = static_cast<int>(half_octets);
  Octets raw(2 * half_octets);
  if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), raw.data(), size) != size ||
      BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), raw.data() + half_octets, size) != size) {
    return {};
  }
  return raw;
}

}  // namespace

struct AccountKey::Secret {
  KeyPointer key;
  const EVP_MD* digest;
  std::size_t half_octets;
};

void wipe(std::string& text) {
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

AccountKey::AccountKey(std::unique_ptr<Secret> secret) : secret_(std::move(secret)) {
}
AccountKey::AccountKey(AccountKey&& other) noexcept = default;
AccountKey& AccountKey::operator=(AccountKey&& other) noexcept = default;
AccountKey::~AccountKey() = default;

Expected<AccountKey, KeyError> AccountKey::parse(std::string_view text) {
  auto read = read_key(text);
  if (!read) return Unexpected(read.error());
  auto half = public_half(read->get());
  if (!half) return Unexpected(half.error());
  if (!belong_together(read->get(), half->digest)) return fault(Code::inconsistent);
  AccountKey key(
      std::make_unique<Secret>(Secret{*std::move(read), half->digest, half->half_octets}));
  key.key_type_ = std::move(half->key_type);
  key.algorithm_ = std::move(half->algorithm);
  key.thumbprint_ = to_base64url(digest("sha-256", half->jwk).value());
  key.public_jwk_ = std::move(half->jwk);
  return key;
}

Expected<Octets, KeyError> AccountKey::sign(std::string_view message) const {
  Octets signature = make_signature(secret_->key.get(), secret_->digest, message);
  if (secret_->half_octets > 0) signature = to_raw_halves(signature, secret_->half_octets);
  if (signature.empty()) return fault(Code::cannot_sign);
  return signature;
}

}  // namespace persist::acme
