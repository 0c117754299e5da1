#include <unistd.h>

#include <fmt/format.h>

#include <utility>

#include "acme/account_request.h"
#include "base/escape.h"
#include "clients/key_file.h"
#include "hook/account.h"
#include "hook/acme/acme.h"
#include "hook/acme/https.h"
#include "hook/command.h"
#include "record/ca_profile.h"

namespace persist::hook {
namespace {

Expected<clients::KeyFile, clients::FileFault> read_key(const std::string& path,
                                                        const clients::FileTree& tree,
                                                        const Options& options,
                                                        const app::Environment& environment) {
  auto file = clients::read_key_file(
      tree, path,
      {.user = ::geteuid(),
       .allows_insecure_permissions = options.acme.allows_insecure_permissions});
  if (!file) return file;
  for (const std::string& warning : file->warnings) {
    print_warning(environment, fmt::format("{}: {}", escape(file->facts.path), warning));
  }
  return file;
}

void tell_key(clients::ClientAccount& account, const clients::KeyFile& file) {
  account.key_file = file.facts;
  account.key_type = file.key.key_type();
  account.thumbprint = file.key.thumbprint();
}

/// A path of the tree, without the root that a path for outside has in front.
std::string inside(const std::string& path, const clients::FileTree& tree) {
  return path.substr(tree.full_path("").size());
}

app::ExitStatus list_with_keys(const Options& options, const app::Environment& environment) {
  const auto tree = open_files(options, environment);
  if (!tree) return tree.error();
  AccountList list = find_accounts(options.acme, *tree);
  for (ListedAccount& listed : list.accounts) {
    if (!listed.account.key_file) continue;
    const std::string path = inside(listed.account.key_file->path, *tree);
    auto file = read_key(path, *tree, options, environment);
    if (file) {
      tell_key(listed.account, *file);
    } else {
      list.faults.push_back(std::move(file.error()));
    }
  }
  return print_accounts(list, options, environment);
}

/// URL of the directory that is to be asked.
Expected<std::string, app::UsageError> find_directory(const Options& options) {
  std::string url = options.common.directory;
  if (const auto* ca = record::find_profile(options.common.ca); ca != nullptr && url.empty()) {
    url = ca->directory_url;
  }
  if (url.empty()) {
    return Unexpected(app::UsageError{"which CA has the account is not known",
                                      "give its directory with --directory"});
  }
  if (auto fault = find_url_fault(url)) return Unexpected(*std::move(fault));
  return url;
}

app::ExitStatus tell_answer(const acme::AccountAnswer& answer, const clients::KeyFile& file,
                            const Options& options, const app::Environment& environment) {
  ListedAccount listed{.account = {.client = "", .directory = answer.directory_url},
                       .status = answer.status};
  tell_key(listed.account, file);
  if (!answer.account_url.empty()) listed.account.account_url = answer.account_url;
  const AccountList list{.accounts = {listed}};
  const bool as_json = options.format == OutputFormat::json;
  environment.out.write(as_json ? to_json(list) : to_text(list));
  if (is_usable(answer)) return app::ExitStatus::ok;
  print_error(environment, {explain(answer)});
  return app::ExitStatus::refused;
}

app::ExitStatus ask_ca(const Options& options, const app::Environment& environment) {
  const auto directory = find_directory(options);
  if (!directory) {
    print_error(environment, directory.error());
    return app::ExitStatus::usage;
  }
  const auto tree = open_files(options, environment);
  if (!tree) return tree.error();
  const auto file = read_key(options.acme.key_file, *tree, options, environment);
  if (!file) {
    print_error(environment, {fmt::format("{}: {}", escape(file.error().path), file.error().why)});
    return app::ExitStatus::usage;
  }
  const auto http = make_http_client(options, environment);
  return ask_network(options.rights, Afterwards::nothing, environment, [&](auto&, auto&) {
    const auto answer = acme::look_up_account(
        *http, *environment.timer, file->key,
        {.directory_url = *directory, .deadline = deadline_of(options, environment)});
    if (!answer) return print_fetch_error(answer.error(), environment);
    return tell_answer(*answer, *file, options, environment);
  });
}

}  // namespace

app::ExitStatus run_account_with_keys(const Options& options, const app::Environment& environment) {
  if (const auto fault = find_fault(options)) {
    print_error(environment, *fault);
    return app::ExitStatus::usage;
  }
  return options.acme.key_file.empty() ? list_with_keys(options, environment)
                                       : ask_ca(options, environment);
}

}  // namespace persist::hook
