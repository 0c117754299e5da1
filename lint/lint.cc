#include "lint/lint.h"

#include <fmt/format.h>

#include "app/version.h"
#include "lint/audit.h"
#include "lint/cli.h"
#include "lint/rules_command.h"

namespace persist::lint {

app::ExitStatus run(std::span<const std::string_view> arguments,
                    const app::Environment& environment) {
  if (!arguments.empty() && arguments.front() == "rules") {
    return rules_command(arguments.subspan(1), environment);
  }
  if (!arguments.empty() && (arguments.front() == "-V" || arguments.front() == "--version")) {
    environment.out.write(fmt::format("persist-lint {}\n", app::version()));
    return app::ExitStatus::ok;
  }
  const auto options = parse_cli(arguments);
  if (!options) {
    print_error(environment, options.error());
    return app::ExitStatus::usage;
  }
  if (options->wants_help) {
    environment.out.write(usage());
    return app::ExitStatus::ok;
  }
  return audit(*options, environment);
}

}  // namespace persist::lint
