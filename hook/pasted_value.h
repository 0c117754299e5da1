#pragma once

#include <string>

#include "app/common_options.h"
#include "base/expected.h"
#include "hook/cli.h"
#include "record/ca_profile.h"
#include "survey/subject.h"

namespace persist::hook {

/// A value that somebody pasted, and what stands in it where the CA and the account belong, however
/// broken the rest is.
struct PastedValue {
  std::string text;
  std::string issuer;
  std::string accounturi{};
};
PastedValue take_apart(const std::string& text);

/// The CA for whose eyes the value is explained: the one that the options name, else the one of the
/// value itself. Where the issuer-domain-names of a CA are not known, the value's own counts.
Expected<record::CaProfile, app::UsageError> profile_for(app::CommonOptions options,
                                                         const PastedValue& value);

/// The value judged as the only record of a name. The account is the one that the options name,
/// else the one in the value, if this CA can have it.
survey::Subject judge(const PastedValue& value, const record::CaProfile& ca, const Options& options,
                      UnixTime now);

}  // namespace persist::hook
