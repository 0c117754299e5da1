#include "app/environment.h"

namespace persist::app {

std::optional<std::string_view> Environment::variable(std::string_view name) const {
  for (const auto& [key, value] : variables) {
    if (key == name) return value;
  }
  return {};
}

Environment Environment::with(report::Sink& results, report::Sink& errors, UnixTime time) const {
  return {.now = time,
          .out = results,
          .err = errors,
          .variables = variables,
          .make_resolver = make_resolver,
          .read_file = read_file,
          .distrust_file = distrust_file,
          .log = log,
          .show_errors = show_errors,
          .make_http_client = make_http_client,
          .timer = timer,
          .execute_acme_program = execute_acme_program,
          .read_thumbprint = read_thumbprint,
          .stop = stop,
          .out_is_terminal = out_is_terminal,
          .proc_folder = proc_folder,
          .root = root,
          .replace_process = replace_process,
          .run_program = run_program,
          .has_rights_to_give_up = has_rights_to_give_up,
          .give_up_rights = give_up_rights,
          .run_without_rights = run_without_rights};
}

}  // namespace persist::app
