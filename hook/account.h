#pragma once

#include <string>

#include "app/environment.h"
#include "app/exit_status.h"
#include "base/expected.h"
#include "clients/file_tree.h"
#include "hook/account_list.h"
#include "hook/cli.h"

namespace persist::hook {

/// What is wrong with the options of `account` together; empty if nothing is.
std::optional<app::UsageError> find_fault(const Options& options);

/// The accounts on this machine that the options ask for; no key is opened.
AccountList find_accounts(const AcmeOptions& options, const clients::FileTree& tree);

/// `persist-hook: warning: ...`
void print_warning(const app::Environment& environment, const std::string& text);

/// Prints the list in the format that is asked for, what could not be read and what is doubtful.
/// The status: ok, usage if there is no account, unknown if something could not be read.
app::ExitStatus print_accounts(const AccountList& list, const Options& options,
                               const app::Environment& environment);

/// The files of the root that the options name; prints why not.
Expected<clients::FileTree, app::ExitStatus> open_files(const Options& options,
                                                        const app::Environment& environment);

}  // namespace persist::hook
