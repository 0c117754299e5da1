#include "integration/test_certificate.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>

namespace persist::integration {
namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "cannot make a certificate: %s\n", what);
  std::abort();
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, nullptr, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, value.c_str());
  X509_EXTENSION_free(extension);
}

}  // namespace

std::string Certificate::to_pem() const {
  BIO* const memory = BIO_new(BIO_s_mem());
  require(PEM_write_bio_X509(memory, certificate.get()) == 1, "PEM");
  std::string pem(8192, '\0');
  const int size = BIO_read(memory, pem.data(), static_cast<int>(pem.size()));
  require(size > 0, "PEM");
  BIO_free(memory);
  pem.resize(static_cast<std::size_t>(size));
  return pem;
}

Certificate make_certificate(const CertificateWish& wish, const Certificate* issuer) {
  static long serial = 1;
  Certificate made{std::unique_ptr<X509, OpensslRelease>(X509_new()),
                   std::unique_ptr<EVP_PKEY, OpensslRelease>(
                       EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"))};
  X509* const certificate = made.certificate.get();
  const Certificate& signer = issuer == nullptr ? made : *issuer;
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), wish.valid_from.count());
  X509_gmtime_adj(X509_getm_notAfter(certificate), wish.valid_to.count());
  const std::string name = "persist test " + std::to_string(serial++);
  X509_NAME* const subject = X509_get_subject_name(certificate);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): octets are octets
  const auto* const octets = reinterpret_cast<const unsigned char*>(name.c_str());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, octets, -1, -1, 0);
  X509_set_issuer_name(certificate, X509_get_subject_name(signer.certificate.get()));
  X509_set_pubkey(certificate, made.key.get());
  add_extension(certificate, NID_basic_constraints,
                wish.is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  add_extension(certificate, NID_subject_alt_name, wish.subject_alternative_name);
  require(X509_sign(certificate, signer.key.get(), EVP_sha256()) > 0, "signature");
  return made;
}

}  // namespace persist::integration
