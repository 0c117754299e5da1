#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hook/doctor/command_list.h"
#include "hook/slots.h"

namespace persist::hook::doctor {

/// What a refusal of ours does to the rest of the command in which we are called.
enum class Effect {
  stops,   ///< no client behind us is started, and the whole command fails
  passes,  ///< a client is started all the same, or the command succeeds
  cannot_tell,
};

/// A call of persist-hook in a command.
struct OwnCall {
  std::string program{};                 ///< as it is written: a path or a name
  std::vector<std::string> arguments{};  ///< the program's own name first
  Effect effect = Effect::stops;
  const Slot* slot = nullptr;  ///< that of a client's option; null: the command itself calls us
  std::string client{};        ///< that is started behind us; empty: none
  bool moves_output = false;   ///< our output is kept from who called
};

/// A start of an ACME client.
struct ClientStart {
  std::string client{};  ///< as `install` names it
  std::vector<std::string> words{};
  bool is_gated = false;  ///< a call of ours on the same line stops it, or is its hook before the
                          ///< order
};

struct CommandReading {
  std::vector<OwnCall> calls{};
  std::vector<ClientStart> starts{};
  bool names_us_oddly = false;  ///< persist-hook occurs where it cannot be told what it does
};

/// What a text for a shell does with persist-hook and with ACME clients.
CommandReading read_shell_command(std::string_view text);
/// The same of a command that no shell sees.
CommandReading read_plain_command(std::string_view text);

/// The file name in a path.
std::string_view file_name_of(std::string_view path);
/// The client whose program has this name; empty if it is none.
std::string_view client_of_program(std::string_view path);

}  // namespace persist::hook::doctor
