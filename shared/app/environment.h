#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "acme/http_client.h"
#include "acme/timer.h"
#include "app/rights.h"
#include "base/unix_time.h"
#include "dns/resolver.h"
#include "report/diagnostic.h"
#include "report/sink.h"

namespace persist::app {

/// Everything that a program needs from outside. `main` builds the real one, a test one from fakes.
struct Environment {
  UnixTime now;                                                  ///< one for the whole run
  report::Sink& out;                                             ///< results
  report::Sink& err;                                             ///< everything else
  std::vector<std::pair<std::string, std::string>> variables{};  ///< of the process, as given
  std::function<std::unique_ptr<dns::Resolver>(const dns::ResolverSettings&)> make_resolver;
  /// Text of a small configuration file; empty if there is none, an error text if it cannot be
  /// used.
  std::function<Expected<std::optional<std::string>, std::string>(const std::string& path)>
      read_file;
  /// Why a file may hold what others wrote, where this process has root's rights; empty if it may
  /// not.
  std::function<std::optional<std::string>(const std::string& path)> distrust_file{};
  /// A line for the log of the system.
  std::function<void(report::Severity severity, std::string_view line)> log;
  /// Hands over what was written to `err`, which may be kept back until the end; for who waits.
  std::function<void()> show_errors{};
  /// HTTPS, in a program that has it, and the time for it.
  std::function<std::unique_ptr<acme::HttpClient>(const acme::HttpSettings&)> make_http_client{};
  acme::Timer* timer = nullptr;
  /// Replaces persist-hook by persist-hook-acme, with these arguments; comes back only where that
  /// fails, with the reason.
  std::function<std::string(std::span<const std::string_view>)> execute_acme_program{};
  /// The thumbprint that a private key tells, in a program that opens such files; else an error
  /// text.
  std::function<Expected<std::string, std::string>(const std::string& key_file,
                                                   bool allows_insecure_permissions)>
      read_thumbprint{};
  const std::atomic<bool>* stop = nullptr;  ///< set when a signal asks us to end
  bool out_is_terminal = false;
  std::string proc_folder = "/proc";  ///< where processes are looked for
  std::string root{};                 ///< clients' files are those below it; empty: this machine
  /// Becomes another program: what was written is out before, the environment, the standard input
  /// and the signals are as the caller left them. Comes back, with an errno, only if that fails.
  std::function<int(const std::vector<std::string>& arguments)> replace_process{};

  /// Runs another program as the caller would have, and waits for it: its exit status, 128 and the
  /// signal that ended it, or 126 or 127 where it cannot be started.
  std::function<int(const std::vector<std::string>& arguments)> run_program{};

  bool has_rights_to_give_up = false;  ///< this process is root
  /// Becomes another user for good; an error text if that fails.
  std::function<std::optional<std::string>(const Rights&)> give_up_rights{};
  /// Does the work as another user, while this process stays what it is.
  std::function<ExitStatus(const Rights&, const NetworkWork&, report::Sink& out, report::Sink& err)>
      run_without_rights{};

  /// The same, but for where is written, and for the time.
  Environment with(report::Sink& results, report::Sink& errors, UnixTime time) const;

  /// A variable; unset and empty are different.
  std::optional<std::string_view> variable(std::string_view name) const;
};

}  // namespace persist::app
