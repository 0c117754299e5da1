#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/unix_time.h"
#include "dns/resolver.h"
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
  const std::atomic<bool>* stop = nullptr;  ///< set when a signal asks us to end
  bool out_is_terminal = false;
  std::string proc_folder = "/proc";  ///< where processes are looked for
  std::string root{};                 ///< clients' files are those below it; empty: this machine
  /// Becomes another program: what was written is out before, the environment, the standard input
  /// and the signals are as the caller left them. Comes back, with an errno, only if that fails.
  std::function<int(const std::vector<std::string>& arguments)> replace_process{};

  /// A variable; unset and empty are different.
  std::optional<std::string_view> variable(std::string_view name) const;
};

}  // namespace persist::app
