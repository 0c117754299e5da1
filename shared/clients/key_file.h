#pragma once

#include <string>
#include <vector>

#include "acme/account_key.h"
#include "base/expected.h"
#include "clients/file_tree.h"

namespace persist::clients {

/// Who reads a key, and how strictly.
struct KeyFileRules {
  unsigned user;  ///< effective id; root refuses what others could have changed
  bool allows_insecure_permissions = false;
};

struct KeyFile {
  acme::AccountKey key;
  FileFacts facts;
  std::vector<std::string> warnings{};  ///< of its permissions, each as FileFault::why
};

/// Who but root and `user` could have put another file there, in words: it, or its folder, may be
/// written by others or belongs to somebody else. Empty if nobody could. That file and folder
/// belong to the same user, as an ACME client's own do, is no fault.
std::string find_foreign_writer(const FileFacts& facts, unsigned user);

/// Reads the private key of an account. A regular file of at most `largest_file_octets`, and no
/// symbolic link; its text is overwritten once it is read. Errors: any of that, nothing there, no
/// key, and for root a file that others could have changed.
Expected<KeyFile, FileFault> read_key_file(const FileTree& tree, const std::string& path,
                                           const KeyFileRules& rules);

}  // namespace persist::clients
