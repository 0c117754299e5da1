#pragma once

#include <string>
#include <vector>

#include "hook/cli.h"
#include "survey/subject.h"

namespace persist::hook {

/// The text of a block, at most a screen: what was wanted, what was found and why it does not do,
/// what to publish, how to check again. Every line has a beginning of ours; text from outside is
/// escaped.
std::string block_text(const survey::Subject& subject, const std::vector<std::string>& publish,
                       const std::vector<std::string>& warnings, const Options& options);

}  // namespace persist::hook
