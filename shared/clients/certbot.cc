#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "clients/certbot_state.h"
#include "clients/client_readers.h"

namespace persist::clients {

ClientFindings read_certbot(const FileTree& tree, const std::string& path) {
  CertbotState state = read_certbot_state(tree, path);
  std::vector<FileFault> faults = std::move(state.unread_renewals);
  for (const BrokenRenewal& broken : state.broken_renewals) {
    faults.push_back({broken.path, fmt::format("cannot be understood at line {}", broken.line)});
  }
  faults.insert(faults.end(), std::make_move_iterator(state.faults.begin()),
                std::make_move_iterator(state.faults.end()));
  return {.accounts = std::move(state.accounts), .faults = std::move(faults)};
}

}  // namespace persist::clients
