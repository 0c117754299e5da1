#include "hook/callers/call.h"

#include <fmt/format.h>

#include <algorithm>

#include "clients/certificate_names.h"

namespace persist::hook {
namespace {

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// Programs whose first argument that is no option is the program that they run.
bool is_interpreter(std::string_view name) {
  constexpr std::string_view names[] = {"python",  "pypy", "sh",  "bash", "dash",
                                        "busybox", "ash",  "zsh", "ksh",  "env"};
  return std::any_of(std::begin(names), std::end(names), [name](std::string_view known) {
    const std::string_view rest =
        name.substr(0, known.size()) == known ? name.substr(known.size()) : "x";
    return std::all_of(rest.begin(), rest.end(),
                       [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  });
}

}  // namespace

Expected<std::string, app::UsageError> Call::required_variable(std::string_view name) const {
  const auto value = variable(name);
  if (!value) return Unexpected(app::UsageError{fmt::format("the variable {} is not set", name)});
  if (value->empty())
    return Unexpected(app::UsageError{fmt::format("the variable {} is set, but empty", name)});
  return std::string(*value);
}

std::string Call::variable_or_nothing(std::string_view name) const {
  return std::string(variable(name).value_or(""));
}

CertificateAtStake at_stake(const std::optional<clients::Validity>& validity) {
  CertificateAtStake certificate{.is_kept = true};
  if (!validity) return certificate;
  certificate.not_after = validity->not_after;
  certificate.lifetime =
      std::chrono::seconds(validity->not_after.seconds - validity->not_before.seconds);
  return certificate;
}

CertificateAtStake certificate_in(const Call& call, const std::string& path) {
  const auto file = call.files.read(path);
  if (file && !*file) return {};
  if (!file) return at_stake({});
  const auto validity = clients::read_certificate_validity((*file)->text);
  return at_stake(validity ? std::optional(*validity) : std::nullopt);
}

bool runs_program(const Process& process, std::string_view program) {
  const std::vector<std::string>& arguments = process.arguments;
  if (arguments.empty()) return false;
  if (file_name(arguments.front()) == program) return true;
  if (!is_interpreter(file_name(arguments.front()))) return false;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "-m" && i + 1 < arguments.size()) return arguments[i + 1] == program;
    if (argument == "-c") return false;  // a script in the argument, which may only mention it
    if (argument == "-W" || argument == "-X") {
      ++i;
    } else if (argument.empty() || argument.front() != '-') {
      return file_name(argument) == program;
    }
  }
  return false;
}

const Process* find_ancestor(const Call& call, std::span<const std::string_view> programs) {
  for (const Process& process : call.ancestors) {
    for (const std::string_view program : programs) {
      if (runs_program(process, program)) return &process;
    }
  }
  return nullptr;
}

std::string path_of(const std::string& path, const Process* process, const Call& call) {
  if (path.empty() || path.front() == '/') return path;
  if (process != nullptr && process->folder) return *process->folder + "/" + path;
  // What a client starts has its current folder, if it did not go elsewhere.
  if (call.self && call.self->folder) return *call.self->folder + "/" + path;
  return path;
}

}  // namespace persist::hook
