#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/location.h"
#include "clients/client_findings.h"
#include "hook/doctor/command_reading.h"
#include "hook/doctor/finding.h"

namespace persist::hook::doctor {

/// A place where persist-hook is called.
struct CallSite {
  std::string client{};        ///< as `install` names it; empty: it starts none
  const Slot* slot = nullptr;  ///< null: by itself, in front of nothing
  std::string certificate{};  ///< the client's name of the only one that it is about; empty: of all
  Location place{};
  OwnCall call{};  ///< no program: the command could not be understood
};

/// A place where a client is started.
struct StartSite {
  ClientStart start{};
  Location place{};
  bool only_without_systemd = false;  ///< as the cron line of Debian's certbot says of itself
};

/// A certificate that a client renews with this method, or with our hook.
struct Certificate {
  std::string client{};
  std::string name{};
  Location place{};
};

/// Secrets for a DNS provider's interface.
struct DnsCredentials {
  std::string client{};
  Location place{};
  std::string what{};  ///< names of files or variables, never what is in them
  bool is_needed = true;
  unsigned mode = 0;  ///< of the file; 0: not there
};

/// A program of a client, and its version where a file tells it.
struct InstalledProgram {
  std::string client{};
  std::string path{};
  std::optional<std::string> version{};
  std::string version_source{};  ///< a path
};

/// The gate as the settings file has it.
struct GateSettings {
  bool only_warns = false;
  bool abort_none = false;
};

/// What was seen on a host; nothing of it is judged yet.
struct Evidence {
  std::vector<CallSite> calls{};
  std::vector<StartSite> starts{};
  std::vector<Certificate> certificates{};
  std::vector<DnsCredentials> credentials{};
  std::vector<InstalledProgram> programs{};
  std::vector<clients::ClientAccount> accounts{};
  std::vector<std::pair<std::string, Location>> variables{};  ///< PERSIST_HOOK_ ones, name=value
  GateSettings settings{};
  std::vector<Finding> findings{};  ///< what needs nothing else to be judged
};

/// Adds what a command does with us and with clients. The slot of `site` is that of the place, null
/// where the command itself tells. A command is never kept whole: secrets may stand beside our
/// part.
void add_command(const CommandReading& reading, CallSite site, Evidence& evidence);

}  // namespace persist::hook::doctor
