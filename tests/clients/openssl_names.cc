#include "clients/openssl_names.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace persist::clients::oracle {
namespace {

constexpr std::size_t largest_pem_octets = 65'536;

void free_extensions(X509_EXTENSIONS* extensions) {
  sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
}

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Request = std::unique_ptr<X509_REQ, decltype(&X509_REQ_free)>;
using AlternativeNames = std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)>;
using Extensions = std::unique_ptr<X509_EXTENSIONS, decltype(&free_extensions)>;
using Reader = std::unique_ptr<BIO, decltype(&BIO_free)>;

/// Nobody is asked for a password, neither at a terminal.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*context*/) {
  return -1;
}

/// A reader of the text; the machine's OpenSSL configuration has no say in what a name is.
Reader open_text(std::string_view pem) {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
}

std::optional<CertificateError> check_size(std::string_view pem) {
  if (pem.empty()) return CertificateError::not_pem;
  if (pem.size() > largest_pem_octets) return CertificateError::too_large;
  return {};
}

/// Why nothing was read: no block of the kind, or a bad one. Leaves no errors behind.
CertificateError take_error() {
  const auto error = ERR_peek_last_error();
  const bool is_absent =
      ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  return is_absent ? CertificateError::not_pem : CertificateError::malformed;
}

std::string_view text_of(const ASN1_STRING* text) {
  const unsigned char* const octets = ASN1_STRING_get0_data(text);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): octets are octets
  return {reinterpret_cast<const char*>(octets),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string kind_of(int type) {
  if (type == GEN_IPADD) return "an IP address";
  if (type == GEN_EMAIL) return "an e-mail address";
  return "another kind of name";
}

/// A dNSName holds ASCII; what is not would be read as a U-label elsewhere.
bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void add_name(CertificateNames& names, std::string_view text) {
  auto identifier = record::parse_identifier(text);
  if (!identifier || !is_ascii(text)) {
    names.others.emplace_back(text);
  } else if (std::find(names.identifiers.begin(), names.identifiers.end(), *identifier) ==
             names.identifiers.end()) {
    names.identifiers.push_back(*std::move(identifier));
  }
}

void add_names(CertificateNames& names, const GENERAL_NAMES* alternatives) {
  for (int i = 0; i < sk_GENERAL_NAME_num(alternatives); ++i) {
    int type = 0;
    const void* const value =
        GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(alternatives, i), &type);
    if (type == GEN_DNS) {
      add_name(names, text_of(static_cast<const ASN1_STRING*>(value)));
    } else {
      names.others.push_back(kind_of(type));
    }
  }
}

/// A common name may be anything, a person's: only one that is a domain name counts.
void add_common_names(CertificateNames& names, const X509_NAME* subject) {
  for (int at = -1; (at = X509_NAME_get_index_by_NID(subject, NID_commonName, at)) >= 0;) {
    const X509_NAME_ENTRY* const entry = X509_NAME_get_entry(subject, at);
    const std::string_view text = text_of(X509_NAME_ENTRY_get_data(entry));
    if (record::parse_identifier(text)) add_name(names, text);
  }
}

Expected<CertificateNames, CertificateError> checked(CertificateNames names) {
  if (names.identifiers.empty() && names.others.empty()) {
    return Unexpected(CertificateError::no_names);
  }
  return names;
}

/// `state` is what OpenSSL says in the place of an extension: -1 if there is none.
bool is_bad(const AlternativeNames& alternatives, int state) {
  return !alternatives && state != -1;
}

}  // namespace

Expected<CertificateNames, CertificateError> read_certificate_names(std::string_view pem) {
  if (const auto error = check_size(pem)) return Unexpected(*error);
  const Reader reader = open_text(pem);
  const Certificate certificate(PEM_read_bio_X509(reader.get(), nullptr, no_password, nullptr),
                                X509_free);
  if (!certificate) return Unexpected(take_error());
  int state = 0;
  const AlternativeNames alternatives(
      static_cast<GENERAL_NAMES*>(
          X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, &state, nullptr)),
      GENERAL_NAMES_free);
  ERR_clear_error();
  if (is_bad(alternatives, state)) return Unexpected(CertificateError::malformed);
  CertificateNames names;
  add_names(names, alternatives.get());
  return checked(std::move(names));
}

Expected<CertificateNames, CertificateError> read_request_names(std::string_view pem) {
  if (const auto error = check_size(pem)) return Unexpected(*error);
  const Reader reader = open_text(pem);
  const Request request(PEM_read_bio_X509_REQ(reader.get(), nullptr, no_password, nullptr),
                        X509_REQ_free);
  if (!request) return Unexpected(take_error());
  const Extensions extensions(X509_REQ_get_extensions(request.get()), free_extensions);
  int state = 0;
  const AlternativeNames alternatives(static_cast<GENERAL_NAMES*>(X509V3_get_d2i(
                                          extensions.get(), NID_subject_alt_name, &state, nullptr)),
                                      GENERAL_NAMES_free);
  ERR_clear_error();
  if (is_bad(alternatives, state)) return Unexpected(CertificateError::malformed);
  CertificateNames names;
  add_names(names, alternatives.get());
  add_common_names(names, X509_REQ_get_subject_name(request.get()));
  return checked(std::move(names));
}

}  // namespace persist::clients::oracle
