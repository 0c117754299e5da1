#include "clients/lego_settings.h"

#include "base/ascii.h"

namespace persist::clients {

std::string lego_storage(std::string_view configuration) {
  constexpr std::string_view key = "storage:";
  for (std::string_view line : split(configuration, '\n')) {
    if (line.substr(0, key.size()) != key) continue;
    line = trim(line.substr(key.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const bool is_quoted = !line.empty() && (line.front() == '"' || line.front() == '\'');
    line = is_quoted ? line.substr(1, line.find(line.front(), 1) - 1)
                     : trim(line.substr(0, line.find(" #")));
    return line.empty() ? ".lego" : std::string(line);
  }
  return ".lego";
}

}  // namespace persist::clients
