#include "hook/acme_program.h"

#include <unistd.h>

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/escape.h"

namespace persist::hook {
namespace {

/// Empty if the system does not tell.
std::string own_path() {
  std::array<char, 4096> path{};
  const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
  if (size <= 0 || static_cast<std::size_t>(size) == path.size()) return {};
  return {path.data(), static_cast<std::size_t>(size)};
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

}  // namespace

std::string execute_acme_program(std::span<const std::string_view> arguments) {
  const std::string own = own_path();
  if (own.empty()) return "where this program is cannot be told: /proc/self/exe cannot be read";
  std::string program = parent_of(parent_of(own)) + "/libexec/persist-hook/persist-hook-acme";
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  ::execv(program.c_str(), pointers.data());
  return fmt::format("{} cannot be run, which is needed for HTTPS and private keys: {}",
                     escape(program), std::strerror(errno));
}

}  // namespace persist::hook
