#include "dns/answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"

namespace persist::dns {
namespace {

struct NumberName {
  std::uint16_t number;
  std::string_view name;
};

// Source: IANA "Domain Name System (DNS) Parameters", tables "DNS RCODEs" and "Resource Record (RR)
// TYPEs".
constexpr NumberName rcode_names[] = {
    {0, "NOERROR"},  {1, "FORMERR"},  {2, "SERVFAIL"},   {3, "NXDOMAIN"}, {4, "NOTIMP"},
    {5, "REFUSED"},  {6, "YXDOMAIN"}, {7, "YXRRSET"},    {8, "NXRRSET"},  {9, "NOTAUTH"},
    {10, "NOTZONE"}, {16, "BADVERS"}, {23, "BADCOOKIE"},
};
constexpr NumberName type_names[] = {
    {1, "A"},      {2, "NS"},   {5, "CNAME"}, {6, "SOA"},     {16, "TXT"},  {28, "AAAA"},
    {39, "DNAME"}, {41, "OPT"}, {43, "DS"},   {48, "DNSKEY"}, {257, "CAA"},
};
// Source: RFC 8914 section 5.2 and the IANA table "Extended DNS Error Codes".
constexpr NumberName extended_error_names[] = {
    {0, "Other Error"},
    {1, "Unsupported DNSKEY Algorithm"},
    {2, "Unsupported DS Digest Type"},
    {3, "Stale Answer"},
    {4, "Forged Answer"},
    {5, "DNSSEC Indeterminate"},
    {6, "DNSSEC Bogus"},
    {7, "Signature Expired"},
    {8, "Signature Not Yet Valid"},
    {9, "DNSKEY Missing"},
    {10, "RRSIGs Missing"},
    {11, "No Zone Key Bit Set"},
    {12, "NSEC Missing"},
    {13, "Cached Error"},
    {14, "Not Ready"},
    {15, "Blocked"},
    {16, "Censored"},
    {17, "Filtered"},
    {18, "Prohibited"},
    {19, "Stale NXDOMAIN Answer"},
    {20, "Not Authoritative"},
    {21, "Not Supported"},
    {22, "No Reachable Authority"},
    {23, "Network Error"},
    {24, "Invalid Data"},
    {25, "Signature Expired before Valid"},
    {26, "Too Early"},
    {27, "Unsupported NSEC3 Iterations Value"},
    {28, "Unable to conform to policy"},
    {29, "Synthesized"},
};

template <std::size_t size>
std::string name_or_number(const NumberName (&names)[size], std::uint16_t number,
                           std::string_view prefix) {
  const auto found = std::find_if(std::begin(names), std::end(names),
                                  [number](const NumberName& row) { return row.number == number; });
  if (found != std::end(names)) return std::string(found->name);
  return fmt::format("{}{}", prefix, number);
}

/// DNSSEC Bogus to NSEC Missing: the resolver has validated, and the zone failed.
bool is_failed_validation(const std::optional<ExtendedError>& error) {
  return error && error->code >= 6 && error->code <= 12;
}

std::string describe(const ExtendedError& error) {
  if (error.text.empty()) return to_name(error);
  return fmt::format("{}: {}", to_name(error), quote(error.text));
}

std::string explain_rcode(const LookupError& error, const std::string& resolver) {
  std::string text;
  if (is_failed_validation(error.extended_error)) {
    text = fmt::format("DNSSEC validation failed at {} ({})", resolver, to_text(error.rcode));
  } else if (error.rcode == Rcode::servfail) {
    text = fmt::format("{} could not get an answer (SERVFAIL)", resolver);
  } else if (error.rcode == Rcode::refused) {
    text = fmt::format("{} does not answer us (REFUSED)", resolver);
  } else {
    text = fmt::format("{} answered {}", resolver, to_text(error.rcode));
  }
  if (error.extended_error) text += "; it says: " + describe(*error.extended_error);
  return text;
}

std::string patience(const LookupError& error) {
  return fmt::format("{} {}, {:.1f} s", error.tries, error.tries == 1 ? "try" : "tries",
                     std::chrono::duration<double>(error.waited).count());
}

}  // namespace

std::string to_text(Rcode rcode) {
  return name_or_number(rcode_names, static_cast<std::uint16_t>(rcode), "RCODE");
}

std::string to_text(RrType type) {
  return name_or_number(type_names, static_cast<std::uint16_t>(type), "TYPE");
}

std::string to_name(const ExtendedError& error) {
  return name_or_number(extended_error_names, error.code, "EDE ");
}

bool is_suspicious(const ExtendedError& error) {
  constexpr std::uint16_t suspicious[] = {3, 4, 15, 16, 17, 18, 19};
  return std::find(std::begin(suspicious), std::end(suspicious), error.code) !=
         std::end(suspicious);
}

std::string explain(const LookupError& error, std::string_view role) {
  const std::string resolver = error.server ? fmt::format("{} {}", role, to_text(*error.server))
                                            : fmt::format("the {}", role);
  switch (error.code) {
    case LookupErrorCode::timeout:
      return fmt::format("no answer from {} ({})", resolver, patience(error));
    case LookupErrorCode::unreachable:
      return fmt::format("{} cannot be reached: {}", resolver, error.detail);
    case LookupErrorCode::rcode:
      return explain_rcode(error, resolver);
    case LookupErrorCode::malformed:
      return fmt::format("malformed answer from {}: {}", resolver, error.detail);
    case LookupErrorCode::truncated:
      return fmt::format("answer from {} was truncated, and TCP to the server failed: {}", resolver,
                         error.detail);
    case LookupErrorCode::not_recursive:
      return fmt::format("no answer from {}: {}", resolver, error.detail);
    case LookupErrorCode::alias_loop:
      return fmt::format("{}, in the answer of {}", error.detail, resolver);
    case LookupErrorCode::stopped:
      return fmt::format("{} before {} answered ({})", error.detail, resolver, patience(error));
    case LookupErrorCode::local_failure:
      return fmt::format("this system could not ask {}: {}", resolver, error.detail);
  }
  return "lookup failed";
}

}  // namespace persist::dns
