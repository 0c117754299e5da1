#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "base/unix_time.h"
#include "record/identifier.h"

namespace persist::clients {

/// The names that a certificate certifies, or that a certificate request asks for.
struct CertificateNames {
  /// In their order, none twice.
  std::vector<record::Identifier> identifiers;
  /// Whatever else is certified, for which no record can speak: a dNSName that is no domain name as
  /// it stands there (any octets), `an IP address`, `an e-mail address`, `another kind of name`.
  std::vector<std::string> others;
};

enum class CertificateError {
  too_large,  ///< more than 65,536 octets
  not_pem,    ///< no PEM block of the kind asked for
  malformed,  ///< such a block, but what is in it cannot be read
  no_names,   ///< nothing in it names anything
};

/// One line, no capital, no full stop: `holds no certificate in PEM`.
std::string explain(CertificateError error);

/// The subjectAltName of the first certificate of a PEM text, a chain for example; blocks of other
/// kinds are passed over, and so is damage that no name is near. Source: RFC 7468 section 5, RFC
/// 5280 section 4.2.1.6.
Expected<CertificateNames, CertificateError> read_certificate_names(std::string_view pem);

/// The same of a certificate request: the subjectAltName that it asks for and the common name, of
/// which ACME servers make an identifier too. Source: RFC 2986, RFC 8555 section 7.4.
Expected<CertificateNames, CertificateError> read_request_names(std::string_view pem);

/// The first and the last second in which a certificate is valid.
struct Validity {
  UnixTime not_before;
  UnixTime not_after;
};

/// That of the first certificate of a PEM text. Source: RFC 5280 section 4.1.2.5.
Expected<Validity, CertificateError> read_certificate_validity(std::string_view pem);

}  // namespace persist::clients
