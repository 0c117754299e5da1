#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace persist::hook {

/// An option of somebody else's command line: `--server`, `-s`. A letter of '\0' is none.
struct OtherOption {
  std::string_view name;  ///< with its dashes, as the other program spells it
  char letter = '\0';
};

/// The values of an option that takes one, in order: `--server URL`, `--server=URL`, `-s URL`,
/// `-sURL`. The program's own name and what stands behind `--` are not looked at.
/// `flag_letters` are those that may stand before the letter: `-qd NAME`.
std::vector<std::string> values_of(std::span<const std::string> arguments, OtherOption option,
                                   std::string_view flag_letters = "");

/// The last of them, which is the one that counts in every client.
std::optional<std::string> last_value_of(std::span<const std::string> arguments,
                                         OtherOption option);

/// The names that are given to a client as `-d`, `--domains` or `--domain`, with commas between
/// several; empty ones are left out.
std::vector<std::string> names_of_domain_options(std::span<const std::string> arguments,
                                                 std::string_view flag_letters = "");

/// True if a flag is given.
bool has_flag(std::span<const std::string> arguments, OtherOption flag);

/// True if a word stands by itself, a sub-command for example.
bool has_word(std::span<const std::string> arguments, std::string_view word);

}  // namespace persist::hook
