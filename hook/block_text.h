#pragma once

#include <string>
#include <vector>

#include "hook/cli.h"
#include "survey/subject.h"

namespace persist::hook {

/// What a block says beside the verdict.
struct BlockNotes {
  std::vector<std::string> notes{};    ///< findings, a line each
  std::string hint{};                  ///< a way out that fits better than the reason's remedy
  std::vector<std::string> publish{};  ///< zone lines
  std::string message{};               ///< instead of the verdict's own words
};

/// The text of a block, at most a screen: what was wanted, what was found and why it does not do,
/// what to publish, how to check again. Every line has a beginning of ours; text from outside is
/// escaped.
std::string block_text(const survey::Subject& subject, const BlockNotes& beside,
                       const Options& options);

}  // namespace persist::hook
