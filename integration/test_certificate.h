#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace persist::integration {

struct OpensslRelease {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};

/// A certificate and its key.
struct Certificate {
  std::unique_ptr<X509, OpensslRelease> certificate;
  std::unique_ptr<EVP_PKEY, OpensslRelease> key;
  std::string to_pem() const;  ///< the certificate
};

/// What the certificate is to say; as it stands, one that a client at 127.0.0.1 takes.
struct CertificateWish {
  std::string subject_alternative_name = "IP:127.0.0.1";
  std::chrono::seconds valid_from{-3600};  ///< from now on
  std::chrono::seconds valid_to{3600};
  bool is_authority = false;
};

/// A new certificate; without an issuer it is signed by its own key.
Certificate make_certificate(const CertificateWish& wish, const Certificate* issuer = nullptr);

}  // namespace persist::integration
