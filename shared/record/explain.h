#pragma once

#include <string>
#include <string_view>

#include "record/evaluate.h"

namespace persist::record {

/// Why a text is no name, for people: `"a..b" is no domain name: empty label at octet 3`.
std::string explain(const NameError& error, std::string_view text);

/// `a.example or b.example`; empty if there is none.
std::string names_of(const std::vector<DomainName>& names);

/// What everything that is said about a verdict refers to.
struct Circumstances {
  const Requirement& required;
  const CaProfile& ca;
  UnixTime now;
};

/// Why one record does not authorise, or that it does; one line, no capital, no full stop, text
/// from outside escaped: `its account is "https://ca.example/acct/9", not
/// "https://ca.example/acct/1" (they differ from octet 24 on)`.
std::string describe(const Judgement& judgement, const Circumstances& circumstances);

/// Why the name as a whole is not authorised, or that it is; the same form.
std::string describe(const Evaluation& evaluation, const Circumstances& circumstances);

/// What the owner can do about a reason; one line.
std::string_view remedy(Reason reason);

/// The words by which this CA itself would tell of the reason, for recognising them in a log; empty
/// where they are not known. Source: what Boulder and Pebble were seen to answer.
std::string_view words_of_ca(Reason reason, const CaProfile& ca);

}  // namespace persist::record
