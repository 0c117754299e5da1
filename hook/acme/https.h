#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "acme/account_request.h"
#include "acme/http_client.h"
#include "app/environment.h"
#include "app/exit_status.h"
#include "hook/cli.h"

namespace persist::hook {

/// The client for this run, as the options want it.
std::unique_ptr<acme::HttpClient> make_http_client(const Options& options,
                                                   const app::Environment& environment);

/// When all requests must be done.
std::chrono::steady_clock::time_point deadline_of(const Options& options,
                                                  const app::Environment& environment);

/// Why no request can go to `url`; empty if one can.
std::optional<app::UsageError> find_url_fault(const std::string& url);

/// Prints why a server could not be asked, and gives the status for it.
app::ExitStatus print_fetch_error(const acme::FetchError& error,
                                  const app::Environment& environment);

}  // namespace persist::hook
