#include "acme/account_key.h"

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "base/base64url.h"
#include "base/sha2.h"
#include "support/files.h"

namespace persist::acme {
namespace {

using Code = KeyErrorCode;
using Json = nlohmann::json;

std::string key_text(const std::string& file) {
  return testing::read_file(testing::testdata_folder() / "acme/keys" / file);
}

Json members(const std::string& file, const Json& changes = Json::object()) {
  Json jwk = Json::parse(key_text(file));
  jwk.merge_patch(changes);  // null takes a member away
  return jwk;
}

// ---- Keys that are good

struct GoodKey {
  std::string file;
  std::string key_type;
  std::string thumbprint;
  friend void PrintTo(const GoodKey& row, std::ostream* out) { *out << row.file; }
};

std::vector<GoodKey> good_keys() {
  std::vector<GoodKey> rows;
  for (const Json& row : Json::parse(key_text("keys.json"))) {
    rows.push_back({row["file"], row["key_type"], row["thumbprint"]});
  }
  return rows;
}

std::string algorithm_of(const std::string& key_type) {
  if (key_type == "EC P-256") return "ES256";
  if (key_type == "EC P-384") return "ES384";
  if (key_type == "EC P-521") return "ES512";
  return key_type == "Ed25519" ? "EdDSA" : "RS256";
}

class Good : public ::testing::TestWithParam<GoodKey> {};

TEST_P(Good, A17_IsReadWithTypeAndThumbprint) {
  const auto key = AccountKey::parse(key_text(GetParam().file));
  ASSERT_TRUE(key) << explain(key.error());
  EXPECT_EQ(key->key_type(), GetParam().key_type);
  EXPECT_EQ(key->algorithm(), algorithm_of(GetParam().key_type));
  EXPECT_EQ(key->thumbprint(), GetParam().thumbprint);
  EXPECT_EQ(to_base64url(*digest("sha-256", key->public_jwk())), GetParam().thumbprint);
  EXPECT_FALSE(Json::parse(key->public_jwk()).contains("d"));
}

BIGNUM* number(const std::uint8_t* octets, std::size_t size) {
  return BN_bin2bn(octets, static_cast<int>(size), nullptr);
}

/// The signature as OpenSSL verifies it: R and S back in DER.
std::vector<std::uint8_t> to_der(const std::vector<std::uint8_t>& raw) {
  ECDSA_SIG* const signature = ECDSA_SIG_new();
  const std::size_t half = raw.size() / 2;
  ECDSA_SIG_set0(signature, number(raw.data(), half), number(raw.data() + half, half));
  std::vector<std::uint8_t> der(static_cast<std::size_t>(i2d_ECDSA_SIG(signature, nullptr)));
  std::uint8_t* at = der.data();
  i2d_ECDSA_SIG(signature, &at);
  ECDSA_SIG_free(signature);
  return der;
}

/// The private key file read by OpenSSL itself; JWK files stand beside a PEM file of the same key.
EVP_PKEY* read_by_openssl(const std::string& file) {
  const std::string text = key_text(file);
  BIO* const bio = BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
  EVP_PKEY* const key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  return key;
}

bool verifies(EVP_PKEY* key, const std::string& algorithm, std::vector<std::uint8_t> signature,
              const std::string& message) {
  const EVP_MD* hash = EVP_sha256();
  if (algorithm == "ES384") hash = EVP_sha384();
  if (algorithm == "ES512") hash = EVP_sha512();
  if (algorithm == "EdDSA") hash = nullptr;
  if (algorithm.substr(0, 2) == "ES") signature = to_der(signature);
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  const auto octets = std::vector<std::uint8_t>(message.begin(), message.end());
  const bool good = EVP_DigestVerifyInit(context, nullptr, hash, nullptr, key) == 1 &&
                    EVP_DigestVerify(context, signature.data(), signature.size(), octets.data(),
                                     octets.size()) == 1;
  EVP_MD_CTX_free(context);
  return good;
}

std::size_t signature_size(const GoodKey& key) {
  if (key.key_type == "EC P-256" || key.key_type == "Ed25519") return 64;
  if (key.key_type == "EC P-384") return 96;
  if (key.key_type == "EC P-521") return 132;
  return std::stoul(key.key_type.substr(4)) / 8;
}

TEST_P(Good, A17_SignsWhatOpensslVerifies) {
  const auto key = AccountKey::parse(key_text(GetParam().file));
  ASSERT_TRUE(key);
  std::string pem = GetParam().file;
  if (pem == "rsa-3072-no-factors.json") pem = "rsa-3072.pem";
  if (pem.ends_with(".json")) pem.replace(pem.size() - 5, 5, ".pem");
  EVP_PKEY* const judge = read_by_openssl(pem);
  ASSERT_NE(judge, nullptr);
  // Often enough that R or S of ECDSA begins with a zero octet, which must not be left out: one in
  // 128 signatures of P-256, most of P-521.
  const int times = key->algorithm() == "ES256" ? 600 : 10;
  for (int i = 0; i < times; ++i) {
    const std::string message = "message " + std::to_string(i);
    const auto signature = key->sign(message);
    ASSERT_TRUE(signature);
    EXPECT_EQ(signature->size(), signature_size(GetParam()));
    ASSERT_TRUE(verifies(judge, key->algorithm(), *signature, message)) << i;
    ASSERT_FALSE(verifies(judge, key->algorithm(), *signature, message + "!")) << i;
  }
  EVP_PKEY_free(judge);
}

std::string name_of(const std::string& file) {
  std::string name = file;
  for (char& c : name) c = c == '.' || c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Table, Good, ::testing::ValuesIn(good_keys()),
                         [](const auto& row) { return name_of(row.param.file); });

// ---- Texts that are no key of ours

struct BadKey {
  std::string name;
  std::string text;
  KeyError want;
  friend void PrintTo(const BadKey& row, std::ostream* out) { *out << row.name; }
};

std::string cut(const std::string& text) {
  return text.substr(0, text.size() / 2);
}

const BadKey bad_keys[] = {
    {"empty", "", {Code::no_key}},
    {"blank", " \n", {Code::no_key}},
    {"prose", "dear reader", {Code::no_key}},
    {"der", std::string("\x30\x82\x04\xBD\x02\x01\x00", 7), {Code::no_key}},
    {"too_large", std::string(largest_key_octets + 1, ' '), {Code::too_large}},
    {"rsa_1024", key_text("rsa-1024.pem"), {Code::rsa_too_short, "1024"}},
    {"rsa_2047", key_text("rsa-2047.pem"), {Code::rsa_too_short, "2047"}},
    {"secp256k1", key_text("ec-secp256k1.pem"), {Code::unsupported_curve, "secp256k1"}},
    {"ed448", key_text("ed448.pem"), {Code::unsupported_type, "ED448"}},
    {"x25519", key_text("x25519.pem"), {Code::unsupported_type, "X25519"}},
    {"rsa_pss", key_text("rsa-pss.pem"), {Code::unsupported_type, "RSA-PSS"}},
    {"openssh", key_text("openssh.pem"), {Code::unsupported_type, "OPENSSH PRIVATE KEY"}},
    {"encrypted_pkcs8", key_text("encrypted-pkcs8.pem"), {Code::encrypted}},
    {"encrypted_pkcs1", key_text("encrypted-pkcs1.pem"), {Code::encrypted}},
    {"public", key_text("public.pem"), {Code::public_half, "PUBLIC KEY"}},
    {"certificate",
     "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
     {Code::no_key, "CERTIFICATE"}},
    {"two_keys", key_text("ec-p256.pem") + key_text("rsa-2048.pem"), {Code::several_keys}},
    {"cut", cut(key_text("ec-p256.pem")), {Code::malformed}},
    {"wrong_label",
     "-----BEGIN EC PRIVATE KEY-----\nTm8ga2V5\n-----END EC PRIVATE KEY-----\n",
     {Code::malformed}},
    {"label_without_end", "-----BEGIN MIIEvgIBADANBgkqhkiG9w0BAQEFAASC", {Code::no_key}},
    {"label_over_lines", "-----BEGIN PRIVATE\nKEY-----\n", {Code::no_key}},

    {"jwk_cut", cut(key_text("rsa-2048.json")), {Code::no_key}},
    {"jwk_with_more_behind", key_text("rsa-2048.json") + "{}", {Code::no_key}},
    {"jwk_array", "[" + key_text("rsa-2048.json") + "]", {Code::no_key}},
    {"jwk_member_twice", R"({"kty":"RSA","kty":"EC"})", {Code::no_key}},
    {"jwk_set", R"({"keys":[{"kty":"RSA"}]})", {Code::no_key}},
    {"jwk_string_without_end", R"({"kty":"RSA})", {Code::no_key}},
    {"jwk_without_type",
     members("rsa-2048.json", {{"kty", nullptr}}).dump(),
     {Code::no_key, "JSON object without kty"}},
    {"jwk_symmetric", R"({"kty":"oct","k":"AAAA"})", {Code::unsupported_type, "oct"}},
    {"jwk_public", members("rsa-2048.json", {{"d", nullptr}}).dump(), {Code::public_half, "JWK"}},
    {"jwk_without_modulus", members("rsa-2048.json", {{"n", nullptr}}).dump(), {Code::malformed}},
    {"jwk_without_one_factor",
     members("rsa-2048.json", {{"q", nullptr}}).dump(),
     {Code::malformed}},
    {"jwk_exponent_is_a_number",
     members("rsa-2048.json", {{"e", 65537}}).dump(),
     {Code::malformed}},
    {"jwk_padded", members("rsa-2048.json", {{"e", "AQAB="}}).dump(), {Code::malformed}},
    {"jwk_empty_exponent", members("rsa-2048.json", {{"e", ""}}).dump(), {Code::malformed}},
    {"jwk_secp256k1",
     members("ec-p256.json", {{"crv", "secp256k1"}}).dump(),
     {Code::unsupported_curve, "secp256k1"}},
    {"jwk_curve_of_another", members("ec-p256.json", {{"crv", "P-384"}}).dump(), {Code::malformed}},
    {"jwk_x_is_short", members("ec-p256.json", {{"x", "AAAA"}}).dump(), {Code::malformed}},
    {"jwk_not_on_the_curve",
     members("ec-p256.json", {{"x", members("ec-p256.json")["y"]}}).dump(),
     {Code::malformed}},
    {"jwk_other_curve_of_okp",
     members("ed25519.json", {{"crv", "X25519"}}).dump(),
     {Code::unsupported_curve, "X25519"}},
    {"jwk_short_seed", members("ed25519.json", {{"d", "AAAA"}}).dump(), {Code::malformed}},
    {"jwk_x_of_another",
     members("ed25519.json", {{"x", members("ec-p256.json")["x"]}}).dump(),
     {Code::inconsistent}},
    {"jwk_d_of_another",
     members("ec-p256.json", {{"d", members("ed25519.json")["d"]}}).dump(),
     {Code::inconsistent}},
    {"jwk_modulus_of_another",
     members("rsa-3072-no-factors.json", {{"n", members("rsa-2048.json")["n"]}}).dump(),
     {Code::inconsistent}},
};

class Bad : public ::testing::TestWithParam<BadKey> {};

TEST_P(Bad, A17_IsRefusedWithTheReason) {
  const auto key = AccountKey::parse(GetParam().text);
  ASSERT_FALSE(key) << key->key_type();
  EXPECT_EQ(key.error(), GetParam().want) << explain(key.error());
}

INSTANTIATE_TEST_SUITE_P(Table, Bad, ::testing::ValuesIn(bad_keys),
                         [](const auto& row) { return row.param.name; });

TEST(AccountKey, CurveWithExplicitParametersIsRefused) {
  const auto key = AccountKey::parse(key_text("ec-explicit.pem"));
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, Code::unsupported_curve) << explain(key.error());
}

TEST(AccountKey, WorksAfterItWasMoved) {
  auto key = *AccountKey::parse(key_text("ec-p256.pem"));
  const std::string thumbprint = key.thumbprint();
  key = *AccountKey::parse(key_text("ed25519.pem"));
  EXPECT_NE(key.thumbprint(), thumbprint);
  EXPECT_EQ(key.sign("x")->size(), 64U);
}

TEST(AccountKey, TextIsWiped) {
  std::string text = "a key of more octets than a short string has";
  const char* const octets = text.data();
  const std::size_t size = text.size();
  wipe(text);
  EXPECT_EQ(text, "");
  // The storage is still the string's own.
  EXPECT_EQ(std::string(octets, size), std::string(size, '\0'));
}

struct Sentence {
  Code code;
  std::string found;
  std::string want;
  friend void PrintTo(const Sentence& row, std::ostream* out) { *out << row.want; }
};

const Sentence sentences[] = {
    {Code::too_large, "", "it has more than 65536 octets"},
    {Code::no_key, "", "it holds no private key"},
    {Code::no_key, "CERTIFICATE", "it holds no private key (CERTIFICATE)"},
    {Code::public_half, "JWK", "it holds the public half only (JWK)"},
    {Code::encrypted, "", "it is encrypted, and nobody is asked for a pass phrase"},
    {Code::several_keys, "", "it holds several private keys"},
    {Code::malformed, "", "it is cut or damaged"},
    {Code::unsupported_type, "a\n{0}", R"(its type is a\x0a{0}, not RSA, EC or Ed25519)"},
    {Code::unsupported_curve, "secp256k1",
     "its curve is secp256k1, not P-256, P-384, P-521 or Ed25519"},
    {Code::rsa_too_short, "512", "it is RSA of 512 bits, and 2048 are the least"},
    {Code::rsa_too_long, "16384", "it is RSA of 16384 bits, and 8192 are the most"},
    {Code::inconsistent, "", "its two halves do not belong together"},
    {Code::cannot_sign, "", "no signature could be made with it"},
};

class KeySentence : public ::testing::TestWithParam<Sentence> {};

TEST_P(KeySentence, IsOneLine) {
  EXPECT_EQ(explain(KeyError{.code = GetParam().code, .found = GetParam().found}), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, KeySentence, ::testing::ValuesIn(sentences), [](const auto& row) {
  return "code_" + std::to_string(static_cast<int>(row.param.code)) +
         (row.param.found.empty() ? "" : "_with_what_was_found");
});

}  // namespace
}  // namespace persist::acme
