#include <fmt/format.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "base/ascii.h"
#include "list_files.h"
#include "printing.h"
#include "record/identifier.h"

namespace persist::config {
namespace {

std::string line_for(std::size_t line, const std::string& identifier, bool wildcard) {
  return fmt::format("{}: {}{}\n", line, identifier, wildcard ? " +wildcard" : "");
}

/// The entries as this library reads them; empty if it refuses the list.
std::string ours(const std::string& text) {
  auto reader = InventoryReader::from_text("l", text, ListFormat::yaml);
  if (!reader) return {};
  std::string lines;
  for (;;) {
    const auto entry = reader->next();
    if (!entry) return {};
    if (!*entry) return lines;
    lines +=
        line_for((*entry)->location.line, (*entry)->identifier.text(), (*entry)->also_wildcard);
  }
}

std::string identifier_of(const YAML::Node& name) {
  const auto identifier = record::parse_identifier(name.Scalar());
  return identifier ? identifier->text() : "refused " + name.Scalar();
}

/// The same, as yaml-cpp reads the whole text into a tree.
std::string theirs(const std::string& text) {
  try {
    const YAML::Node root = YAML::Load(text);
    std::string lines;
    for (const YAML::Node& entry : root["domains"]) {
      const YAML::Node name = entry.IsMap() ? entry["name"] : entry;
      const bool wildcard =
          entry.IsMap() && entry["wildcard"] && entry["wildcard"].Scalar() == "true";
      lines +=
          line_for(static_cast<std::size_t>(name.Mark().line) + 1, identifier_of(name), wildcard);
    }
    return lines;
  } catch (const YAML::Exception& error) {
    return std::string("not read: ") + error.what();
  }
}

/// A list with a fault may be refused. If it is not, both must see the same in it: nothing is ever
/// lost silently.
void expect_agreement(const std::string& changed) {
  const std::string lines = ours(changed);
  if (lines.empty()) return;
  EXPECT_EQ(lines, theirs(changed)) << changed;
}

class SecondReader : public ::testing::TestWithParam<std::string> {
 protected:
  std::string text() const { return read_list("ok", GetParam()); }
};

TEST_P(SecondReader, Agrees) {
  ASSERT_NE(ours(text()), "");
  EXPECT_EQ(ours(text()), theirs(text()));
}

TEST_P(SecondReader, AgreesOnWhatIsAcceptedOfListsWithOneOctetLess) {
  const std::string good = text();
  for (std::size_t at = 0; at < good.size(); ++at) {
    const std::string changed = std::string(good).erase(at, 1);
    expect_agreement(changed);
  }
}

TEST_P(SecondReader, AgreesOnWhatIsAcceptedOfListsWithOneOctetMore) {
  const std::string good = text();
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char extra : std::string(" \n-#:\"[,")) {
      const std::string changed = std::string(good).insert(at, 1, extra);
      expect_agreement(changed);
    }
  }
}

TEST_P(SecondReader, AgreesOnWhatIsAcceptedOfListsWithLinesMoved) {
  const std::string good = text();
  const auto lines = split(good, '\n');
  for (std::size_t from = 0; from < lines.size(); ++from) {
    for (std::size_t to = 0; to < lines.size(); ++to) {
      auto moved = lines;
      moved.erase(moved.begin() + static_cast<std::ptrdiff_t>(from));
      moved.insert(moved.begin() + static_cast<std::ptrdiff_t>(to), lines[from]);
      const std::string changed = fmt::format("{}", fmt::join(moved, "\n"));
      expect_agreement(changed);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Files, SecondReader, ::testing::ValuesIn(lists_in("ok")),
                         [](const auto& row) { return row.param; });

/// Entries of every shape in changing order, over many pieces.
TEST(SecondReaderOnLongList, AgreesOverManyPieces) {
  const std::string shapes[] = {
      "  - name-{0}.example\n",
      "  - \"*.star-{0}.example\"\n",
      "  - name: map-{0}.example # comment\n    wildcard: true\n",
      "  - {{name: flow-{0}.example,\n     wildcard: true}}\n",
      "  # a comment\n\n  - 'quoted-{0}.example'\n",
      "  -\n    labels:\n      note: |\n        - no entry\n        domains:\n\n        end\n    "
      "name: block-{0}.example\n",
      "  - >-\n    folded-{0}.example\n",
      "  - ? name\n    : key-{0}.example\n",
  };
  std::string text = "version: 1\ndomains:\n";
  std::uint32_t random = 1;
  for (int i = 0; i < 5'000; ++i) {
    random = random * 1'664'525 + 1'013'904'223;
    text += fmt::format(fmt::runtime(shapes[random >> 29U]), i);
  }
  ASSERT_NE(ours(text), "");
  EXPECT_EQ(ours(text), theirs(text));
}

}  // namespace
}  // namespace persist::config
