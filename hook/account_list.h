#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clients/client_findings.h"
#include "record/account_binding.h"

namespace persist::hook {

struct ListedAccount {
  clients::ClientAccount account;
  std::optional<record::AccountStatus> status{};  ///< where the CA was asked
};

/// What `account` found.
struct AccountList {
  std::vector<ListedAccount> accounts{};
  std::vector<clients::FileFault> faults{};  ///< what could not be read: the list is not complete
};

/// A block for each account; text from outside is escaped.
std::string to_text(const AccountList& list);

/// The document of docs/schema/accounts.schema.json, one account a line.
std::string to_json(const AccountList& list);

/// Who could have changed or read a file.
struct Doubt {
  std::string path;
  bool is_key = false;  ///< a private key may be read; else an account may be changed
  std::string what;     ///< what stands behind the path in a sentence
};
/// What is doubtful of the files.
std::vector<Doubt> find_doubts(const AccountList& list);

}  // namespace persist::hook
