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
  /// A line for the log of the system; nobody is told where there is none.
  std::function<void(report::Severity severity, std::string_view line)> log{};
  const std::atomic<bool>* stop = nullptr;  ///< set when a signal asks us to end
  bool out_is_terminal = false;

  /// A variable; unset and empty are different.
  std::optional<std::string_view> variable(std::string_view name) const;
};

}  // namespace persist::app
