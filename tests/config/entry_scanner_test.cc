#include "config/entry_scanner.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "base/ascii.h"
#include "list_files.h"
#include "printing.h"

namespace persist::config {
namespace {

/// How the dashes of all entries here stand.
constexpr std::size_t indent = 2;
constexpr const char* next_entry = "  - next.example\n";

std::string read(const std::string& text, bool scan_entries) {
  return read_all(InventoryReader::from_text("list.yaml", text, ListFormat::yaml,
                                             {.scan_entries = scan_entries}));
}

/// One entry as yaml-cpp reads it; a node without a place if it does not.
Node node_of(std::string_view entry) {
  NodeBuilder nodes(read_yaml_events(entry, {}, 7));
  nodes.skip();
  auto node = nodes.take();
  return node && !nodes.fault() ? *std::move(node) : Node{};
}

struct Case {
  std::string name;
  std::string entry;
  bool scanned;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"name", "  - a.example\n", true},
    {"one_label", "  - a\n", true},
    {"name_with_digits_and_hyphens", "  - 1-2.a--b_c.example\n", true},
    {"capitals", "  - A.Example\n", true},
    {"final_dot", "  - a.example.\n", true},
    {"a_label", "  - xn--bcher-kva.example\n", true},
    {"bad_name", "  - a..example\n", true},
    {"map", "  - name: a.example\n", true},
    {"map_of_two", "  - name: a.example\n    wildcard: true\n", true},
    {"name_last", "  - wildcard: true\n    name: a.example\n", true},
    {"many_keys", "  - name: a\n    account: le\n    state: planned\n    renew_every: 60d\n", true},
    {"unknown_key", "  - name: a.example\n    colour: blue\n", true},
    {"spaces_behind_dash", "  -   name: a.example\n      wildcard: true\n", true},
    {"spaces_behind_colon", "  - name:   a.example\n", true},
    {"crlf", "  - name: a.example\r\n    wildcard: true\r\n", true},
    {"empty_lines_behind", "  - a.example\n\n\n", true},
    {"blanks_behind", "  - a.example\n  \n", true},
    {"comment_behind", "  - a.example\n# - b.example: \"\n", true},
    {"comment_below_dash", "  - name: a.example\n  # c\n", true},
    {"date", "  - name: a\n    next_renewal: 2027-02-01\n", true},
    {"number", "  - name: 010\n", true},
    {"octal_and_hexadecimal", "  - name: 0x1F\n    account: 0o17\n", true},
    {"float", "  - name: 1e3\n    account: 1.5\n", true},
    {"boolean_words", "  - name: yes\n    account: On\n    wildcard: TRUE\n", true},
    {"boolean_key", "  - yes: a\n", true},
    {"null_within", "  - nullx.example\n", true},
    {"null_in_other_case", "  - nULL\n", true},
    {"underscore_first", "  - _a.example\n", true},

    {"null_word", "  - null\n", false},
    {"null_capital", "  - Null\n", false},
    {"null_capitals", "  - NULL\n", false},
    {"null_value", "  - name: null\n", false},
    {"null_key", "  - null: a\n", false},
    {"tilde", "  - ~\n", false},
    {"tilde_value", "  - name: ~\n", false},
    {"empty_entry", "  -\n", false},
    {"empty_value", "  - name:\n", false},
    {"empty_value_with_blank", "  - name: \n", false},
    {"text_below_dash", "  -\n    name: a.example\n", false},
    {"double_quotes", "  - \"a.example\"\n", false},
    {"single_quotes", "  - name: 'a.example'\n", false},
    {"quoted_key", "  - \"name\": a.example\n", false},
    {"open_quote", "  - \"a.example\n", false},
    {"quote_within", "  - a\"b.example\n", false},
    {"comment_at_end", "  - a.example # c\n", false},
    {"hash_without_blank", "  - a#b\n", false},
    {"comment_of_value", "  - name: # c\n", false},
    {"comment_between_keys", "  - name: a.example\n# c\n    wildcard: true\n", false},
    {"comment_in_column_of_keys", "  - name: a.example\n    # c\n", false},
    {"comment_not_ascii", "  - a.example\n# \xC3\xBC\n", false},
    {"comment_with_nul", std::string("  - a.example\n# \0\n", 18), false},
    {"comment_with_tab", "  - a.example\n#\tc\n", false},
    {"empty_line_between_keys", "  - name: a.example\n\n    wildcard: true\n", false},
    {"colon_within", "  - a:b\n", false},
    {"colon_at_end", "  - a.example:\n", false},
    {"colon_and_blank", "  - name: a: b\n", false},
    {"colon_without_blank", "  - name:a.example\n", false},
    {"colon_and_tab", "  - name:\ta.example\n", false},
    {"blank_before_colon", "  - name : a.example\n", false},
    {"time", "  - name: a\n    next_renewal: 2027-02-01T12:00:00Z\n", false},
    {"dash_first", "  - -a\n", false},
    {"list_in_list", "  - - a\n", false},
    {"list_below", "  - name: a\n    account:\n    - b\n", false},
    {"dash_without_blank", "  -a.example\n", false},
    {"dash_and_tab", "  -\ta.example\n", false},
    {"question_mark", "  - ? name\n    : a.example\n", false},
    {"comma", "  - a,b\n", false},
    {"flow_list", "  - [a.example]\n", false},
    {"flow_map", "  - {name: a.example}\n", false},
    {"flow_value", "  - name: a\n    labels: {b: c}\n", false},
    {"bracket_within", "  - a]b\n", false},
    {"brace_within", "  - a}b\n", false},
    {"anchor", "  - &a a.example\n", false},
    {"alias", "  - *a\n", false},
    {"star_name", "  - *.a.example\n", false},
    {"tag", "  - !!str a.example\n", false},
    {"literal", "  - |\n    a.example\n", false},
    {"folded", "  - name: >-\n      a.example\n", false},
    {"percent", "  - %a\n", false},
    {"at_sign", "  - @a\n", false},
    {"backtick", "  - `a\n", false},
    {"merge_key", "  - name: a\n    <<: b\n", false},
    {"dot_first", "  - .a\n", false},
    {"infinity", "  - .inf\n", false},
    {"end_mark_as_text", "  - ...\n", false},
    {"begin_mark_as_text", "  - ---\n", false},
    {"end_mark_behind", "  - a.example\n...\n", false},
    {"blank_at_end", "  - a.example \n", false},
    {"tab_at_end", "  - a.example\t\n", false},
    {"blank_within", "  - a b\n", false},
    {"no_ascii",
     "  - b\xC3\xBC"
     "cher.example\n",
     false},
    {"no_utf_8",
     "  - b\xFC"
     "cher.example\n",
     false},
    {"nul", std::string("  - a\0b\n", 8), false},
    {"carriage_return_within", "  - a\rb\n", false},
    {"two_carriage_returns", "  - a\r\r\n", false},
    {"byte_order_mark",
     "  - \xEF\xBB\xBF"
     "a\n",
     false},
    {"folded_text", "  - a\n    b\n", false},
    {"folded_value", "  - name: a\n      b\n", false},
    {"key_under_text", "  - a\n    name: b\n", false},
    {"key_too_far_left", "  - name: a\n   wildcard: true\n", false},
    {"key_too_far_right", "  - name: a\n     wildcard: true\n", false},
    {"key_in_column_of_dash", "  - name: a\n  wildcard: true\n", false},
    {"tab_before_key", "  - name: a\n\twildcard: true\n", false},
    {"duplicate_key", "  - name: a\n    name: b\n", false},
    {"duplicate_key_later", "  - name: a\n    state: planned\n    name: b\n", false},
    {"dash_too_far_left", " - a.example\n", false},
    {"dash_too_far_right", "   - a.example\n", false},
    {"long_text", "  - " + std::string(4097, 'a') + "\n", false},
    {"longest_text", "  - " + std::string(4096, 'a') + "\n", true},
    {"long_key", "  - " + std::string(257, 'a') + ": b\n", false},
    {"longest_key", "  - " + std::string(256, 'a') + ": b\n", true},
};

class Scan : public ::testing::TestWithParam<Case> {
 protected:
  static std::optional<EntryExtent> scan(const std::string& text, Node& node) {
    return scan_entry({.text = text, .line = 7, .indent = indent}, {}, node);
  }
};

TEST_P(Scan, TakesOnlyWhatIsPlain) {
  Node node;
  EXPECT_EQ(scan(GetParam().entry + next_entry, node).has_value(), GetParam().scanned);
}

TEST_P(Scan, GivesTheNodeThatYamlCppGives) {
  // What was scanned before must not show.
  Node node{
      .key = "k", .text = "t", .items = {Node{.key = "name"}, Node{}, Node{}, Node{}, Node{}}};
  const auto extent = scan(GetParam().entry + next_entry, node);
  if (!extent) return;
  EXPECT_EQ(extent->octets, GetParam().entry.size());
  std::string text = GetParam().entry;
  EXPECT_EQ(extent->lines, std::count(text.begin(), text.end(), '\n'));
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  node.key.clear();  // never set: an entry has none
  EXPECT_EQ(node, node_of(text));
}

TEST_P(Scan, LeavesAnEntryWithoutAnEndAlone) {
  for (std::size_t size = 0; size < std::min<std::size_t>(GetParam().entry.size(), 60); ++size) {
    Node node;
    EXPECT_FALSE(scan(GetParam().entry.substr(0, size), node)) << size;
  }
}

TEST_P(Scan, ChangesNothingInAList) {
  const std::string text =
      "domains:\n" + std::string(next_entry) + GetParam().entry + next_entry + GetParam().entry;
  EXPECT_EQ(read(text, true), read(text, false));
}

INSTANTIATE_TEST_SUITE_P(Table, Scan, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(ScannedFiles, ReadTheSame) {
  for (const char* folder : {"ok", "err"}) {
    for (const std::string& name : lists_in(folder)) {
      const std::string text = read_list(folder, name);
      EXPECT_EQ(read(text, true), read(text, false)) << name;
    }
  }
}

/// Lists of entries of many shapes, with some octets or lines changed.
class ListMaker {
 public:
  explicit ListMaker(std::uint32_t seed) : random_(seed) {}

  std::string make() {
    std::string text = "accounts:\n  le: {ca: letsencrypt, url: https://ca.example/1}\ndomains:\n";
    const std::size_t begin = text.size();
    const std::size_t entries = 1 + pick(6);
    for (std::size_t i = 0; i < entries; ++i) {
      const std::string& shape = pick(4) == 0 ? cases[pick(std::size(cases))].entry : plain();
      if (shape.size() < 200) text += shape;
    }
    const std::size_t changes = pick(4);
    for (std::size_t i = 0; i < changes; ++i) change(text, begin);
    return text;
  }

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }

  const std::string& plain() {
    static const std::array<std::string, 6> shapes{
        "  - a.example\n",
        "  - name: b.example\n    wildcard: true\n",
        "  - name: c.example\n    account: le\n    state: planned\n",
        "  - name: d.example\n    renew_every: 60d\n    wildcard: false\n",
        "\n  # comment\n  - e.example\n",
        "  - next_renewal: 2027-02-01\n    name: f.example\n"};
    return shapes.at(pick(shapes.size()));
  }

  void change(std::string& text, std::size_t begin) {
    static const std::string octets = " \n\t\r-:#\"'[]{},&*!|>?%@`~.a0_/\\=<\xC3\xBC";
    if (text.size() == begin) return;
    const std::size_t at = begin + pick(text.size() - begin);
    const char octet = octets[pick(octets.size())];
    switch (pick(5)) {
      case 0:
        text.erase(at, 1);
        break;
      case 1:
        text.insert(at, 1, octet);
        break;
      case 2:
        text[at] = octet;
        break;
      case 3:
        text.insert(at, 1 + pick(3), ' ');
        break;
      default:  // a piece of it twice
        text.insert(begin + pick(text.size() - begin), text.substr(at, 1 + pick(30)));
    }
  }

  std::mt19937 random_;  // the same numbers everywhere
};

class ScannedList : public ::testing::TestWithParam<std::uint32_t> {};

TEST_P(ScannedList, ReadsTheSame) {
  ListMaker maker(GetParam());
  int accepted = 0;
  for (int i = 0; i < 3'000; ++i) {
    const std::string text = maker.make();
    const std::string with = read(text, true);
    ASSERT_EQ(with, read(text, false)) << text;
    if (!contains(with, "error: ")) ++accepted;
  }
  EXPECT_GT(accepted, 300);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ScannedList, ::testing::Range(1U, 9U));

/// Over the ends of what is read ahead.
TEST(ScannedLongList, ReadsTheSame) {
  std::string text = "domains:\n";
  for (int i = 0; i < 8'000; ++i) {
    text += i % 9 == 0   ? fmt::format("  - \"n{}.example\"\n", i)
            : i % 4 == 0 ? fmt::format("  - n{}.example\n\n", i)
                         : fmt::format("  - name: n{}.example\n    wildcard: true\n", i);
  }
  EXPECT_EQ(read(text, true), read(text, false));
  EXPECT_EQ(read(text + "  - b b\n", true), read(text + "  - b b\n", false));
  EXPECT_EQ(read(text + "  - \xFC\n", true), read(text + "  - \xFC\n", false));
}

}  // namespace
}  // namespace persist::config
