#include "hook/chain.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <memory>
#include <system_error>

#include "base/escape.h"

namespace persist::hook {
namespace {

/// Who may change what stands at the path, links not followed; empty if only root and we may.
std::string changeable_by_others(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    return fmt::format("{}: {}", escape(path), std::generic_category().message(errno));
  }
  if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
    return fmt::format("{} belongs to user {}", escape(path), status.st_uid);
  }
  if (!S_ISLNK(status.st_mode) && (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return fmt::format("{} has mode {:04o}", escape(path), status.st_mode & 07777U);
  }
  return {};
}

/// The same for the path and every folder on the way to it.
std::string way_changeable_by_others(const std::string& path) {
  for (std::size_t slash = 0; slash != std::string::npos;) {
    slash = path.find('/', slash + 1);
    std::string problem = changeable_by_others(path.substr(0, slash));
    if (!problem.empty()) return problem;
  }
  return changeable_by_others("/");
}

std::optional<std::string> real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> found(::realpath(path.c_str(), nullptr),
                                                          std::free);
  if (!found) return {};
  return std::string(found.get());
}

}  // namespace

std::optional<app::UsageError> refuse_program(const std::string& path) {
  const auto refuse = [&path](const std::string& why) {
    return app::UsageError{fmt::format("--then {}: {}", quote(path, 200), why)};
  };
  if (path.empty() || path.front() != '/') return refuse("is no absolute path");
  const auto real = real_path(path);
  if (!real) return refuse(std::generic_category().message(errno));
  struct stat status {};
  if (::stat(real->c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return refuse("is no file");
  for (const std::string& way : {path, *real}) {
    const std::string problem = way_changeable_by_others(way);
    if (problem.empty()) continue;
    app::UsageError error = refuse("others may change it: " + problem);
    error.hint = "it runs with our rights: it and its folders must be writable by root or us only";
    return error;
  }
  if (::access(real->c_str(), X_OK) != 0) return refuse("is not executable");
  return {};
}

app::ExitStatus become_program(const std::vector<std::string>& arguments,
                               const app::Environment& environment) {
  const int error = environment.replace_process(arguments);
  environment.err.write(fmt::format("persist-hook: error: {} could not be run: {}\n",
                                    quote(arguments.front(), 200),
                                    std::generic_category().message(error)));
  if (error == ENOENT || error == ENOTDIR) return app::ExitStatus::not_found;
  const bool is_programs_fault = error == EACCES || error == ENOEXEC || error == EISDIR ||
                                 error == ELOOP || error == E2BIG || error == ENAMETOOLONG;
  return is_programs_fault ? app::ExitStatus::not_executable : app::ExitStatus::unknown;
}

}  // namespace persist::hook
