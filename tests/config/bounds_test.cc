#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "child.h"
#include "printing.h"
#include "temporary_folder.h"

namespace persist::config {
namespace {

constexpr std::size_t mebi = 1024 * 1024;

/// A file: a begin, one text again and again, and after that holes up to its size.
struct Filling {
  std::string begin;
  std::string unit;
  std::size_t size_octets;
  std::size_t written_octets = mebi;
  std::string end{};
};

std::string write(const TemporaryFolder& folder, const Filling& filling) {
  std::string block;
  while (block.size() < 64 * 1024) block += filling.unit;
  const std::string path = folder / "list.yaml";
  std::ofstream file(path, std::ios::binary);
  file << filling.begin;
  std::size_t count = 0;
  for (; count < std::min(filling.size_octets, filling.written_octets); count += block.size())
    file << block;
  file << filling.end;
  file.close();
  if (count < filling.size_octets) std::filesystem::resize_file(path, filling.size_octets);
  return path;
}

struct Case {
  std::string name;
  Filling filling;
  std::string error;  ///< its first line, without the name of the list
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"Y02_brackets", {"domains:\n- ", "[", 100'000}, ":2:1003: error: nested deeper than 16"},
    {"Y02_braces", {"domains:\n- ", "{", 100'000}, ":2:1003: error: nested deeper than 16"},
    {"Y02_dashes", {"domains:\n- ", "- ", 200'000}, ":2:31: error: nested deeper than 16"},
    {"Y02_keys", {"domains:\n- ", "? ", 200'000}, ":2:31: error: nested deeper than 16"},
    {"Y02_brackets_at_root", {"", "[", 100'000}, ":1:1001: error: nested deeper than 16"},
    {"Y02_dashes_at_root", {"", "- ", 200'000}, ":1:33: error: nested deeper than 16"},
    {"Y02_flow_maps", {"domains:\n- ", "{a: ", 400'000}, ":2:4003: error: nested deeper than 16"},
    {"Y02_empty_lists",
     {"domains:\n- ", "[]", 400'000},
     ":2:3: error: expected a domain name or a map with \"name\", found an empty list"},
    {"Y13_scalar_of_64_mib",
     {"domains:\n- ", "a", 64 * mebi},
     ":2: error: a line is longer than 524288 octets"},
    {"Y13_scalar_over_lines",
     {"domains:\n- |\n", "  aaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", 64 * mebi},
     ":2: error: an entry is longer than 524288 octets"},
    {"Y13_comment_of_64_mib",
     {"#", "a", 64 * mebi},
     ":1: error: a line is longer than 524288 octets"},
    {"Y13_comment_lines_in_settings",
     {"", "# aa\n", 64 * mebi, 4 * mebi},
     ": error: the settings are longer than 524288 octets"},
    {"Y13_blanks_of_64_mib",
     {"domains:\n", " ", 64 * mebi},
     ":2: error: a line is longer than 524288 octets"},
    {"Y13_blank_lines_in_entry",
     {"domains:\n- a\n", "\n", 64 * mebi},
     ":2: error: an entry is longer than 524288 octets"},
    {"Y13_line_of_300_mib",
     {"domains:\n- {name: a, labels: {", "a: b, ", 300 * mebi},
     ":2: error: a line is longer than 524288 octets"},
    {"Y13_settings_of_64_mib",
     {"accounts:\n", "  a: {}\n", 64 * mebi},
     ": error: the settings are longer than 524288 octets"},
};

class Bound : public testing::TestWithParam<Case> {};

TEST_P(Bound, IsKeptInFlatMemory) {
  const TemporaryFolder folder;
  const std::string path = write(folder, GetParam().filling);
  const ChildResult used =
      run_in_child([&path] { return error_of(InventoryReader::open(path, ListFormat::yaml)); });
  ASSERT_TRUE(used.ended_well);
  ASSERT_EQ(used.text.substr(0, path.size()), path);
  EXPECT_EQ(used.text.substr(path.size(), used.text.find('\n') - path.size()), GetParam().error);
  if (memory_is_ours) {
    EXPECT_LT(used.peak_kib, 100 * 1024);
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Bound, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Y13_Limit, CountsOctets) {
  const ReaderLimits limits{.octets = 30};
  const auto error = [&limits](const std::string& text) {
    return error_of(InventoryReader::from_text("l", text, ListFormat::yaml, limits));
  };
  EXPECT_EQ(error("domains:\n- a.example\n#23456789"), "");
  EXPECT_EQ(error("domains:\n- a.example\n#234567890"), "l: error: longer than 30 octets\n");
}

TEST(Y13_Limit, CountsEntries) {
  const ReaderLimits limits{.entries = 2};
  const auto error = [&limits](const std::string& text) {
    return error_of(InventoryReader::from_text("l", text, ListFormat::yaml, limits));
  };
  EXPECT_EQ(error("domains:\n- a\n- b\n"), "");
  EXPECT_EQ(error("domains: [a, b, c]\n"),
            "l:1:17: error: more than 2 entries\nhint: --max-entries allows more\n");
}

TEST(Y13_Limit, ScalarAndKey) {
  const auto error = [](const std::string& text) {
    const std::string whole = error_of("domains:\n- {name: a, labels: {" + text + "}}\n");
    return whole.substr(0, whole.find('\n'));
  };
  EXPECT_EQ(error("k: " + std::string(4096, 'v')), "");
  EXPECT_EQ(error("k: " + std::string(4097, 'v')),
            "l:2:25: error: a text is longer than 4096 octets");
  EXPECT_EQ(error(std::string(256, 'k') + ": v"), "");
  EXPECT_EQ(error(std::string(257, 'k') + ": v"), "l:2:22: error: a key is longer than 256 octets");
}

TEST(Y02_Limit, IsReachedAndNotPassed) {
  const auto error = [](int levels) {
    const std::string nested = std::string(static_cast<std::size_t>(levels), '[') +
                               std::string(static_cast<std::size_t>(levels), ']');
    const std::string whole = error_of("domains:\n- {name: a, labels: {x: " + nested + "}}\n");
    return whole.substr(0, whole.find('\n'));
  };
  // Around it are the root, the list, the entry and the labels.
  EXPECT_EQ(error(12), "l:2:25: error: x: expected a text, found a list");
  EXPECT_EQ(error(13), "l:2:37: error: nested deeper than 16");
}

TEST(Y13_CommentedEntries, AreNoPartOfTheEntryBefore) {
  std::string text = "domains:\n  - a.example\n";
  for (int i = 0; i < 40'000; ++i) text += "  # - commented-out.example\n";
  EXPECT_EQ(error_of(text + "  - b.example\n"), "");
}

/// Time in processor seconds: other programs on the machine do not count.
/// With a sanitizer, which makes it ten times slower, a tenth of the list.
TEST(Y18_MillionDomains, LoadsInTimeAndFlatMemory) {
  const int entries = memory_is_ours ? 1'000'000 : 100'000;
  const TemporaryFolder folder;
  {
    std::ofstream file(folder / "list.yaml");
    file << "domains:\n";
    for (int i = 0; i < entries; ++i) file << "  - name-" << i << ".example.com\n";
  }
  const ChildResult used = run_in_child([&folder] {
    auto reader = InventoryReader::open(folder / "list.yaml", ListFormat::yaml);
    std::size_t count = 0;
    std::string last;
    for (;;) {
      const auto entry = reader->next();
      if (!entry) return explain(entry.error());
      if (!*entry) return std::to_string(count) + " " + last;
      ++count;
      last = to_text(**entry);
    }
  });
  EXPECT_EQ(used.text,
            fmt::format("{} {}:5: name-{}.example.com\n", entries, entries + 1, entries - 1));
  EXPECT_LT(used.cpu_seconds, 30);
  EXPECT_LT(used.peak_kib, (memory_is_ours ? 50 : 600) * 1024);
}

}  // namespace
}  // namespace persist::config
