#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/environment.h"
#include "clients/certificate_names.h"
#include "clients/file_tree.h"
#include "hook/cli.h"
#include "hook/policy.h"
#include "hook/process_tree.h"

namespace persist::hook {

/// Everything by which a client tells what it is about to do.
struct Call {
  const Options& options;                  ///< what the owner said
  std::span<const std::string> arguments;  ///< what the client added
  const app::Environment& environment;
  std::vector<Process> ancestors;  ///< nearest first
  std::optional<Process> self;
  const clients::FileTree& files;
  bool caller_is_named = false;  ///< by a sub-command of ours

  /// A variable of the client; unset and empty are different.
  std::optional<std::string_view> variable(std::string_view name) const {
    return environment.variable(name);
  }
  /// A variable that has to be there; the error names it.
  Expected<std::string, app::UsageError> required_variable(std::string_view name) const;
  /// A variable, or nothing if it is unset or empty.
  std::string variable_or_nothing(std::string_view name) const;
};

/// A certificate that the client keeps, as what an order would renew.
CertificateAtStake at_stake(const std::optional<clients::Validity>& validity);

/// The certificate in a file, which an order would renew; none is kept if there is no such file.
CertificateAtStake certificate_in(const Call& call, const std::string& path);

/// True if the process runs this program: itself, or as a script of an interpreter. Its
/// `argv` tells: the name can be anything.
bool runs_program(const Process& process, std::string_view program);

/// The nearest ancestor that runs one of the programs; null if there is none.
const Process* find_ancestor(const Call& call, std::span<const std::string_view> programs);

/// `path` as that process means it: a relative one is below its current folder.
std::string path_of(const std::string& path, const Process* process, const Call& call);

}  // namespace persist::hook
