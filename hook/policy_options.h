#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/option_table.h"
#include "hook/certbot_abort.h"
#include "hook/policy.h"

namespace persist::hook {

/// What is told of the gate itself.
struct PolicyOptions {
  OnRefused on_refused = OnRefused::block;
  std::optional<OnUnknown> on_unknown{};  ///< else automatic where a client calls, and block
  Pretend pretend = Pretend::nothing;
  std::chrono::seconds headroom{900};  ///< so long a record must still hold where a client calls
  CertbotAbort certbot_abort = CertbotAbort::lineage;
  std::optional<UnixTime> bypass_until{};
  std::string bypass_reason{};
};

/// The rows that fill `options`; it must outlive them.
std::vector<app::OptionRow> policy_option_rows(PolicyOptions& options);

/// The policy that they say; an error where the bypass is only half there.
Expected<Policy, app::UsageError> make_policy(const PolicyOptions& options, bool client_calls);

}  // namespace persist::hook
