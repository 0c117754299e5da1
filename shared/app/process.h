#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/environment.h"
#include "app/exit_status.h"
#include "base/expected.h"

namespace persist::app {

/// What the two programs differ in, seen from `main`.
struct Program {
  std::string_view name;
  ExitStatus (*run)(std::span<const std::string_view>, const Environment&);
  std::unique_ptr<dns::Resolver> (*make_resolver)(const dns::ResolverSettings&);
};

/// For Program::make_resolver.
template <typename Resolver>
std::unique_ptr<dns::Resolver> make_resolver(const dns::ResolverSettings& settings) {
  return std::make_unique<Resolver>(settings);
}

/// The rim that both programs' `main` share. It opens /dev/null for standard streams that the
/// caller closed (before anything else gets their numbers: a report must never end up in a socket),
/// builds the Environment, runs the program, writes out what is left, and turns all that happened
/// into the exit status.
int run_process(int argc, char** argv, char** environ, UnixTime now, const Program& program);

}  // namespace persist::app
