#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "hook/doctor/evidence.h"
#include "hook/doctor/host.h"

namespace persist::hook::doctor {

/// One kind of thing to look at; adds to the evidence and judges nothing that needs more than
/// itself. What starts clients comes before the clients' own files, as it can name their folders.
using Look = void (*)(Host& host, Evidence& evidence);
std::span<const Look> looks();

// One file each.
void look_at_units(Host& host, Evidence& evidence);
void look_at_cron(Host& host, Evidence& evidence);
void look_at_certbot(Host& host, Evidence& evidence);
void look_at_lego(Host& host, Evidence& evidence);
void look_at_acme_sh(Host& host, Evidence& evidence);
void look_at_dehydrated(Host& host, Evidence& evidence);
void look_at_mod_md(Host& host, Evidence& evidence);
void look_at_programs(Host& host, Evidence& evidence);
void look_at_accounts(Host& host, Evidence& evidence);

/// True if a text is worth reading as a command: it names us, or a client.
bool is_of_interest(std::string_view command);

/// What a script does; cannot be told of one for another interpreter than a shell. A program of
/// ours itself counts as a call of it.
CommandReading read_script(const std::string& path, std::string_view text);

/// A file of variables for lego: which of them look like secrets.
void add_lego_variables(Host& host, const std::string& path, Evidence& evidence);

/// The line, counted from 1, of the first place of a word in a text.
std::size_t line_of(std::string_view text, std::string_view word);

/// Takes a line `PERSIST_HOOK_X=value`, quoted or not, into the evidence.
void add_variable(std::string_view assignment, const Location& place, Evidence& evidence);

}  // namespace persist::hook::doctor
