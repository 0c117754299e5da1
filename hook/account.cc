#include "hook/account.h"

#include <fmt/format.h>

#include <utility>

#include "base/escape.h"
#include "clients/client_readers.h"
#include "hook/command.h"

namespace persist::hook {
namespace {

app::ExitStatus find_nobody(const Options& options, const app::Environment& environment) {
  const std::string& client = options.acme.client;
  print_error(environment, {fmt::format("no account of {} was found",
                                        client.empty() ? "an ACME client" : client),
                            "name the client with --client and its folder with --path"});
  return app::ExitStatus::usage;
}

bool is_flag(const Options& options, std::string_view name) {
  const auto given = options.given.find(name);
  return given != options.given.end() && given->second.origin == app::Origin::flag;
}

}  // namespace

std::optional<app::UsageError> find_fault(const Options& options) {
  const AcmeOptions& acme = options.acme;
  if (!acme.folder.empty() && acme.client.empty()) {
    return app::UsageError{"--path is the folder of a client", "name the client with --client"};
  }
  const bool has_key = !acme.key_file.empty();
  if (has_key && (acme.read_keys || !acme.client.empty() || !acme.root.empty())) {
    return app::UsageError{"--key asks a CA about one key, beside which nothing is looked for"};
  }
  if (!has_key &&
      (is_flag(options, "directory") || is_flag(options, "server") || is_flag(options, "ca"))) {
    return app::UsageError{"no CA is asked without a key", "give one with --key"};
  }
  return {};
}

AccountList find_accounts(const AcmeOptions& options, const clients::FileTree& tree) {
  clients::ClientFindings found;
  if (const auto* reader = clients::find_client_reader(options.client)) {
    found = options.folder.empty() ? clients::read_client(*reader, tree)
                                   : reader->read(tree, options.folder);
  } else {
    found = clients::read_clients(tree);
  }
  AccountList list{.faults = std::move(found.faults)};
  for (clients::ClientAccount& account : found.accounts) {
    list.accounts.push_back({.account = std::move(account)});
  }
  return list;
}

void print_warning(const app::Environment& environment, const std::string& text) {
  environment.err.write(fmt::format("persist-hook: warning: {}\n", text));
}

app::ExitStatus print_accounts(const AccountList& list, const Options& options,
                               const app::Environment& environment) {
  const bool as_json = options.format == OutputFormat::json;
  environment.out.write(as_json ? to_json(list) : to_text(list));
  for (const Doubt& doubt : find_doubts(list)) {
    print_warning(environment, escape(doubt.path) + " " + doubt.what);
  }
  for (const clients::FileFault& fault : list.faults) {
    print_error(environment, {fmt::format("{}: {}", escape(fault.path), fault.why)});
  }
  if (!list.faults.empty()) return app::ExitStatus::unknown;
  return list.accounts.empty() ? find_nobody(options, environment) : app::ExitStatus::ok;
}

Expected<clients::FileTree, app::ExitStatus> open_files(const Options& options,
                                                        const app::Environment& environment) {
  auto tree = clients::FileTree::open(options.acme.root);
  if (tree) return *std::move(tree);
  print_error(environment, {fmt::format("{}: {}", escape(tree.error().path), tree.error().why)});
  return Unexpected(app::ExitStatus::usage);
}

app::ExitStatus run_account(const Options& options, const app::Environment& environment) {
  if (const auto fault = find_fault(options)) {
    print_error(environment, *fault);
    return app::ExitStatus::usage;
  }
  const auto tree = open_files(options, environment);
  if (!tree) return tree.error();
  return print_accounts(find_accounts(options.acme, *tree), options, environment);
}

}  // namespace persist::hook
