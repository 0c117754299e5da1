#pragma once

#include <string>
#include <string_view>

#include "hook/cli.h"
#include "survey/subject.h"

namespace persist::hook {

/// `text` as one word of a POSIX shell, quoted where that is needed. Holds no octet that acts on a
/// terminal, and nothing that a CI runner takes for a command.
std::string shell_quote(std::string_view text);

/// The command that repeats the check of one identifier: every option that can change the verdict,
/// from where it came: a variable is set in front, so that what it says proves no more than before;
/// the settings file counts again by itself.
std::string again_command(const survey::Subject& subject, const Options& options);

}  // namespace persist::hook
