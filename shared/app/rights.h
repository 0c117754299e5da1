#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/exit_status.h"
#include "base/expected.h"
#include "report/sink.h"

namespace persist::app {

/// A user of this machine and its main group, by number.
struct Rights {
  unsigned user;
  unsigned group;
  bool operator==(const Rights&) const = default;
};

/// Who has no rights: `nobody`, under the number that Linux itself uses for it.
inline constexpr Rights nobody{65534, 65534};

/// The user that `name`, a name or a number, has in the text of an /etc/passwd; a number need not
/// be there. Error: one line, why that is nobody to become; root is none either.
Expected<Rights, std::string> find_rights(std::string_view name, std::string_view passwd);

/// Work that asks the network; its texts go to these two sinks.
using NetworkWork = std::function<ExitStatus(report::Sink& out, report::Sink& err)>;

/// True if this process was started as root.
bool has_rights_to_give_up();

/// Becomes that user for good: no group of before, no capability, no way back, and no core file.
/// Does nothing where root was made unable to (a container without CAP_SETUID).
/// Error: one line; then nothing may be asked with the rights that are left.
std::optional<std::string> give_up_rights(const Rights& rights);

/// What the parent of such a child has to know.
struct ChildSettings {
  std::string_view program;              ///< in front of error texts
  std::function<int()> received_signal;  ///< that asks us to end; 0 if none came yet
};

/// Does the work in a child that gave up its rights, so that this process keeps its own for what
/// comes after. Waits for it; a signal that asks us to end is handed on. What the child says cannot
/// be more than texts and a status.
ExitStatus run_without_rights(const Rights& rights, const NetworkWork& work, report::Sink& out,
                              report::Sink& err, const ChildSettings& settings);

}  // namespace persist::app
