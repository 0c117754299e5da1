#pragma once

#include <string>

#include "rules/anatomy.h"
#include "survey/subject.h"

namespace persist::rules {

/// What is wrong with the issuer-domain-name of a record; one fault at most, so that one mistake
/// gives one finding.
enum class IssuerFault {
  none,     ///< nothing, or damage that other rules speak of, or the name of another CA
  missing,  ///< nothing there, or a parameter
  url,
  key_value,      ///< `issuer=...`
  acme_host,      ///< the host of the CA's ACME server
  not_canonical,  ///< capitals, a final dot, characters outside ASCII
  unknown,        ///< none of the names, though the CA is meant
};
IssuerFault find_fault_of_issuer(const survey::Subject& subject, const Anatomy& record);

/// `letsencrypt.org`, or `a or b`: the names that the CA answers to; in words where none is known.
std::string expected_issuers(const survey::Subject& subject);

/// True if one record names the CA without any account and another one begins with a parameter: one
/// value, cut in two.
bool is_split(std::span<const Anatomy> records);

/// The host in a URL, without port; empty if there is none.
std::string_view host_of(std::string_view url);

}  // namespace persist::rules
