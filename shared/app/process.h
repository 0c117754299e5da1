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

/// What the programs differ in, seen from `main`.
struct Program {
  std::string_view name;
  ExitStatus (*run)(std::span<const std::string_view>, const Environment&);
  std::unique_ptr<dns::Resolver> (*make_resolver)(const dns::ResolverSettings&);
  std::unique_ptr<acme::HttpClient> (*make_http_client)(const acme::HttpSettings&) = nullptr;
  std::string (*execute_acme_program)(std::span<const std::string_view>) = nullptr;
  void (*restore_limits)() = nullptr;  ///< in front of a program that is run; null: nothing to do
  bool ends_at_a_signal = false;  ///< SIGINT and SIGTERM are not caught: nothing is to be finished
};

/// For Program::make_resolver.
template <typename Resolver>
std::unique_ptr<dns::Resolver> make_resolver(const dns::ResolverSettings& settings) {
  return std::make_unique<Resolver>(settings);
}

/// For Program::make_http_client.
template <typename Client>
std::unique_ptr<acme::HttpClient> make_http_client(const acme::HttpSettings& settings) {
  return std::make_unique<Client>(settings);
}

/// The rim that the programs' `main` share. It opens /dev/null for standard streams that the
/// caller closed (before anything else gets their numbers: a report must never end up in a socket),
/// builds the Environment, runs the program, writes out what is left, and turns all that happened
/// into the exit status.
int run_process(int argc, char** argv, char** environ, UnixTime now, const Program& program);

}  // namespace persist::app
