#include "support/fake_environment.h"

#include <ostream>

namespace persist::testing {

app::Environment FakeEnvironment::make(report::Sink& out, report::Sink& err) {
  return {.now = time,
          .out = out,
          .err = err,
          .variables = variables,
          .make_resolver =
              [this](const dns::ResolverSettings& settings) {
                settings_ = settings;
                return resolver.borrow();
              },
          .read_file =
              [this](const std::string& path) -> Expected<std::optional<std::string>, std::string> {
            if (const auto error = unreadable.find(path); error != unreadable.end()) {
              return Unexpected(error->second);
            }
            const auto file = files.find(path);
            return file == files.end() ? std::nullopt : std::optional(file->second);
          },
          .distrust_file = [this](const std::string& path) -> std::optional<std::string> {
            const auto found = distrusted.find(path);
            if (found == distrusted.end()) return {};
            return found->second;
          },
          .log =
              [this](report::Severity severity, std::string_view line) {
                log.push_back(std::string(report::to_text(severity)) + ": " + std::string(line));
              },
          .timer = &timer,
          .execute_acme_program =
              [this](std::span<const std::string_view> arguments) {
                became_acme.emplace();
                for (const std::string_view text : arguments) became_acme->emplace_back(text);
                return std::string("persist-hook-acme is not there");
              },
          .stop = &resolver.stop_flag,
          .out_is_terminal = out_is_terminal,
          .proc_folder = proc_folder,
          .root = root,
          .replace_process =
              [this](const std::vector<std::string>& arguments) {
                became = arguments;
                return replace_error;
              },
          .run_program =
              [this](const std::vector<std::string>& arguments) {
                ran.push_back(arguments);
                return run_status;
              },
          .has_rights_to_give_up = is_root,
          .give_up_rights = [this](const app::Rights& rights) -> std::optional<std::string> {
            became_user = rights;
            return give_up_error;
          },
          .run_without_rights =
              [this](const app::Rights& rights, const app::NetworkWork& work, report::Sink& to_out,
                     report::Sink& to_err) {
                child_user = rights;
                return work(to_out, to_err);
              }};
}

ProgramRun FakeEnvironment::run(Program program, const std::vector<std::string>& arguments) {
  report::StringSink out;
  report::StringSink err;
  const app::Environment environment = make(out, err);
  const std::vector<std::string_view> views(arguments.begin(), arguments.end());
  const app::ExitStatus status = program(views, environment);
  return {.status = static_cast<int>(status), .out = out.text(), .err = err.text()};
}

std::string to_text(const ProgramRun& run) {
  return "status " + std::to_string(run.status) + "\n--- stdout\n" + run.out + "--- stderr\n" +
         run.err;
}

void PrintTo(const ProgramRun& run, std::ostream* out) {
  *out << to_text(run);
}

}  // namespace persist::testing
