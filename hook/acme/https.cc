#include "hook/acme/https.h"

#include <fmt/format.h>

#include "acme/https_url.h"
#include "app/version.h"
#include "base/escape.h"
#include "hook/command.h"

namespace persist::hook {

std::unique_ptr<acme::HttpClient> make_http_client(const Options& options,
                                                   const app::Environment& environment) {
  return environment.make_http_client(
      {.user_agent = fmt::format("persist-hook/{}", app::version()),
       .ca_file = options.acme.ca_file,
       .proxy_from_environment = options.acme.proxy_from_environment});
}

std::chrono::steady_clock::time_point deadline_of(const Options& options,
                                                  const app::Environment& environment) {
  return environment.timer->now() + options.timeout;
}

std::optional<app::UsageError> find_url_fault(const std::string& url) {
  if (acme::is_https_url(url)) return {};
  return app::UsageError{quote(url) + " is no https:// URL of a directory",
                         "as in https://acme-v02.api.letsencrypt.org/directory"};
}

app::ExitStatus print_fetch_error(const acme::FetchError& error,
                                  const app::Environment& environment) {
  print_error(environment, {explain(error)});
  const bool is_configuration =
      error.transport && error.transport->code == acme::HttpErrorCode::bad_ca_file;
  return is_configuration ? app::ExitStatus::usage : app::ExitStatus::unknown;
}

}  // namespace persist::hook
