#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/option_table.h"
#include "base/unix_time.h"
#include "dns/answer.h"
#include "dns/resolver.h"
#include "record/ca_profile.h"
#include "record/domain_name.h"

namespace persist::app {

/// What both programs are told about the CA, the account, the resolvers and the time.
struct CommonOptions {
  std::string ca{};  ///< id of a profile
  std::string directory{};
  std::optional<record::Dialect> dialect{};
  std::vector<record::DomainName> issuers{};
  std::string account_url{};
  std::vector<std::string> thumbprints{};
  std::string account_hash_prefix{};
  std::vector<std::string> hash_algs{};
  bool climb_parents = false;
  bool no_caa = false;
  std::vector<dns::ServerAddress> resolvers{};
  std::optional<UnixTime> now{};
  std::optional<std::chrono::seconds> warn_before{};  ///< else that of the list, else 30 days
};

/// The rows that fill `options`; it must outlive them.
std::vector<OptionRow> common_option_rows(CommonOptions& options);

/// Says of `30` and `+30` that the unit of the duration is missing; nothing of any other text.
std::optional<std::string> missing_unit(std::string_view text);

/// Puts the text into a whole-second duration of `least` to `most`; an error text otherwise.
std::optional<std::string> parse_bounded(std::string_view text, std::chrono::seconds least,
                                         std::chrono::seconds most, std::chrono::seconds& result);

/// The CA of the table to which `account_url` belongs, if that is not `ca`; null otherwise.
const record::CaProfile* find_other_ca(const record::CaProfile& ca, std::string_view account_url);

/// The profile that the options describe: a built-in one by id, by directory or by the account URL,
/// changed where an option says otherwise; without any of them the draft to the letter under the
/// issuers given. Options that name different CAs of the table are an error.
Expected<record::CaProfile, UsageError> make_profile(const CommonOptions& options);

/// The same, but it may lack issuer-domain-names.
Expected<record::CaProfile, UsageError> make_nameless_profile(const CommonOptions& options);

/// The servers to ask: those given, else the `nameserver` lines of /etc/resolv.conf.
Expected<std::vector<dns::ServerAddress>, UsageError> find_resolvers(
    const CommonOptions& options, const Environment& environment);

}  // namespace persist::app
