#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "integration/child_process.h"
#include "integration/fake_dns.h"

namespace persist::integration {

/// A fake name server of a scenario; `{name}` in the command is its address.
struct ScenarioServer {
  std::string name;
  FakeDnsOptions options{};
};

/// What has to be true of a server's query log afterwards.
struct LogCheck {
  enum class Kind { count, contains, lacks, well_formed };
  Kind kind;
  std::string server;
  std::string text{};  ///< part of a line as `to_text(LoggedQuery)` gives it
  std::size_t number = 0;
};

struct ScenarioFile {
  std::string name;
  std::string text{};
};

/// One run of a program and what is expected of it, read from integration/scenarios/*.txt.
///
/// A line is `keyword [argument]: value`, `| text` (part of the block above), a `#` comment or
/// empty. `integration/scenarios/README.md` has every keyword.
struct Scenario {
  std::vector<ScenarioServer> servers{{.name = "dns"}};
  std::vector<ScenarioFile> files{};
  std::vector<std::string> environment{};
  std::vector<std::string> command{};  ///< program name first
  std::array<Redirection, 3> descriptors{};
  std::optional<BindMount> mount{};
  std::string status{};
  std::optional<std::chrono::milliseconds> within{};
  std::vector<LogCheck> log_checks{};
  std::optional<std::string> out{}, err{};  ///< not there until written by the golden update
  std::string output_of{};                  ///< name of the scenario with the same output
};

struct ScenarioOrError {
  Scenario scenario{};
  std::string error{};  ///< with its line number; empty if there is none
};

ScenarioOrError parse_scenario(std::string_view text);

/// The text of a scenario with its expected output replaced.
std::string with_output(std::string_view text, std::string_view out, std::string_view err);

}  // namespace persist::integration
