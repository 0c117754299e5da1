#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/option_table.h"

namespace persist::app {

/// A sub-command as its usage text has it, for the manual page and the completions of shells.
struct CommandManual {
  std::string_view name;  ///< empty: the call without a sub-command
  std::string_view positional;
  std::string_view summary;
  std::string_view example;
  std::vector<OptionRow> rows;
  /// The words that an option takes where its metavar does not list them; by the option's name,
  /// what follows the options under the empty one.
  std::map<std::string_view, std::vector<std::string_view>> words{};
};

/// An entry of a list: what it is, and what is said of it.
struct ManualEntry {
  std::string term;
  std::string text;
};

/// Plain text under a heading: lines of paragraphs, an empty line between two, then a list.
struct ManualSection {
  std::string_view title;  ///< `FILES`
  std::string_view text{};
  std::vector<ManualEntry> entries{};
};

/// All that is known of one program's use.
struct Manual {
  std::string_view program;
  std::string_view title;        ///< what it does, in one line
  std::string_view date;         ///< of the text, `November 23, 2026`
  std::string_view description;  ///< as the text of a section
  std::vector<CommandManual> commands;
  std::vector<ManualSection> sections;                                  ///< in the order of mdoc(7)
  std::vector<std::pair<std::string_view, std::string_view>> see_also;  ///< `dig`, `1`; sorted
  std::string_view standards;  ///< as the text of a section
};

/// The words that the option, or with an empty row name what follows the options, can take; none
/// where anything goes.
std::vector<std::string_view> words_of(const CommandManual& command, const OptionRow& row);

/// The manual page in the language of mdoc(7), section 1.
std::string to_mdoc(const Manual& manual);

}  // namespace persist::app
