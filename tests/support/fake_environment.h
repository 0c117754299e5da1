#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/environment.h"
#include "app/exit_status.h"
#include "support/fake_http_client.h"
#include "support/fake_resolver.h"
#include "support/records.h"

namespace persist::testing {

/// What a program gave.
struct ProgramRun {
  int status;
  std::string out, err;
  bool operator==(const ProgramRun&) const = default;
};

/// Everything that a program needs from outside, made up.
class FakeEnvironment {
 public:
  using Program = app::ExitStatus (*)(std::span<const std::string_view>, const app::Environment&);

  UnixTime time = now;
  FakeResolver resolver{};
  std::vector<std::pair<std::string, std::string>> variables{};
  std::map<std::string, std::string> files{{"/etc/resolv.conf", "nameserver 192.0.2.53\n"}};
  std::map<std::string, std::string> unreadable{};  ///< path -> error text
  bool out_is_terminal = false;
  std::vector<std::string> log{};  ///< what was written to the system's log: `error: text`
  std::string proc_folder = "/nonexistent";  ///< no ancestors
  std::string root{};
  FakeTimer timer{};
  int replace_error = 0;  ///< errno with which becoming another program fails
  std::map<std::string, std::string> distrusted{};  ///< path -> why others may have written it
  bool is_root = false;
  std::optional<std::string> give_up_error{};
  std::optional<app::Rights> became_user{};  ///< that the process itself became
  std::optional<app::Rights> child_user{};   ///< that a child became
  int run_status = 0;                        ///< of programs that it runs
  std::vector<std::vector<std::string>> ran{};
  std::optional<std::vector<std::string>> became_acme{};  ///< likewise persist-hook-acme
  std::vector<std::string> became{};  ///< the program that it became; out and err are kept

  /// This object and the sinks must outlive it.
  app::Environment make(report::Sink& out, report::Sink& err);
  ProgramRun run(Program program, const std::vector<std::string>& arguments);

  /// What the last resolver was made with; empty if none was made.
  const std::optional<dns::ResolverSettings>& resolver_settings() const { return settings_; }

 private:
  std::optional<dns::ResolverSettings> settings_{};
};

/// Status, standard output and standard error, as a golden file holds them.
std::string to_text(const ProgramRun& run);
void PrintTo(const ProgramRun& run, std::ostream* out);

}  // namespace persist::testing
