#pragma once

#include <string>
#include <string_view>

#include "publish/proposal.h"

namespace persist::publish {

/// A string of JSON, which YAML (between double quotes) and JavaScript read the same. Only
/// printable ASCII comes out. Source: RFC 8259 section 7, YAML 1.2.2 section 5.7, ECMA-262
/// section 12.9.4.
std::string json_string(std::string_view text);

/// A string of HCL without templates: beside `"` and `\` the `$` or `%` of `${` and `%{` is
/// escaped, by its number, so that one before it changes nothing. Source: HCL Native Syntax
/// Specification, "Template Expressions".
std::string hcl_string(std::string_view text);

/// `name` without the zone, which it lies in: `www`; empty for the zone itself.
std::string relative_name(const record::DomainName& name, const record::DomainName& zone);

/// The value of a TXT record as a zone file has it: strings of at most 255 octets, between quotes.
std::string zone_strings(const TxtProposal& record);

/// What the person who publishes CAA has to know; one line.
std::string caa_remark(const Proposal& proposal);

}  // namespace persist::publish
