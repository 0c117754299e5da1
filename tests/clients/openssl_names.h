#pragma once

#include "clients/certificate_names.h"

namespace persist::clients::oracle {

/// As read_certificate_names, by OpenSSL's reader of X.509.
Expected<CertificateNames, CertificateError> read_certificate_names(std::string_view pem);
/// As read_request_names, likewise.
Expected<CertificateNames, CertificateError> read_request_names(std::string_view pem);

}  // namespace persist::clients::oracle
