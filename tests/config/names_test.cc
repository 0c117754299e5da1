#include <gtest/gtest.h>

#include "printing.h"

namespace persist::config {
namespace {

/// A domain value, written in double quotes, and what becomes of it.
struct Case {
  std::string name;
  std::string value;
  std::string identifier;  ///< empty: refused
  std::string error{};     ///< the whole text
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

std::string refusal(const std::string& shown, const std::string& reason,
                    const std::string& hint = {}) {
  return "l:2:3: error: \"" + shown + "\" is no domain name: " + reason + "\n    2 | - \"" + shown +
         "\"\n      |   ^\n" + (hint.empty() ? "" : "hint: " + hint + "\n");
}

std::string bad_character(const std::string& shown, int octet, const std::string& hint = {}) {
  return refusal(
      shown, "it has a character that no host name may have (octet " + std::to_string(octet) + ")",
      hint);
}

std::string repeated(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

const std::string label_63(63, 'a');
const std::string name_253 =
    label_63 + "." + label_63 + "." + label_63 + "." + std::string(61, 'b');

const Case cases[] = {
    {"plain", "example.com", "example.com"},
    {"capitals", "EXAMPLE.Com", "example.com"},
    {"final_dot", "example.com.", "example.com"},
    {"unicode",
     "b\xC3\xBC"
     "cher.example",
     "xn--bcher-kva.example"},
    {"unicode_capital",
     "B\xC3\x9C"
     "CHER.example",
     "xn--bcher-kva.example"},
    {"a_label", "XN--bcher-kva.example", "xn--bcher-kva.example"},
    {"underscore", "_dmarc.example.com", "_dmarc.example.com"},
    {"single_label", "localhost", "localhost"},
    {"star", "*.example.com", "*.example.com"},
    {"label_of_63", label_63 + ".example", label_63 + ".example"},
    {"name_of_253", name_253, name_253},
    {"name_of_254", name_253 + "b", "", refusal(name_253 + "b", "it has more than 253 octets")},
    {"label_of_64", label_63 + "a.example", "",
     refusal(label_63 + "a.example", "it has a label of more than 63 octets (octet 1)")},
    {"empty", "", "", refusal("", "it is empty")},
    {"dot", ".", "", refusal(".", "it is empty")},
    {"dots", "..", "", refusal("..", "it has an empty label (octet 1)")},
    {"leading_dot", ".example.com", "", refusal(".example.com", "it has an empty label (octet 1)")},
    {"inner_dots", "a..b", "", refusal("a..b", "it has an empty label (octet 3)")},
    {"star_alone", "*", "",
     refusal("*", "a star may only be the whole first label (*.example.com)")},
    {"two_stars", "*.*.x", "",
     refusal("*.*.x", "a star may only be the whole first label (*.example.com)")},
    {"inner_star", "a.*.b", "",
     refusal("a.*.b", "a star may only be the whole first label (*.example.com)")},
    {"part_star", "a*.example", "",
     refusal("a*.example", "a star may only be the whole first label (*.example.com)")},
    {"port", "example.com:443", "",
     bad_character("example.com:443", 12, "write the name alone: \"example.com\"")},
    {"url", "https://example.com/x?y", "",
     bad_character("https://example.com/x?y", 6, "write the name alone: \"example.com\"")},
    {"url_with_port", "http://example.com:80/", "",
     bad_character("http://example.com:80/", 5, "write the name alone: \"example.com\"")},
    {"path", "example.com/x", "",
     bad_character("example.com/x", 12, "write the name alone: \"example.com\"")},
    {"mail_address", "root@example.com", "", bad_character("root@example.com", 5)},
    {"ipv4", "192.0.2.1", "", refusal("192.0.2.1", "addresses cannot be validated by this method")},
    {"ipv6", "2001:db8::1", "",
     refusal("2001:db8\\x3a:1", "addresses cannot be validated by this method")},
    {"space_inside", "a b", "", bad_character("a b", 2, "one name for each entry")},
    {"space_before", " a.example", "",
     bad_character(" a.example", 1, "write the name alone: \"a.example\"")},
    {"comma", "a.example,b.example", "",
     bad_character("a.example,b.example", 10, "one name for each entry")},
    {"E01_option", "--help", "",
     refusal("--help", "it has a label that begins or ends with a hyphen (octet 1)")},
    {"E01_dash", "-", "",
     refusal("-", "it has a label that begins or ends with a hyphen (octet 1)")},
    {"E01_path", "../../etc/passwd", "",
     refusal("../../etc/passwd", "it has an empty label (octet 1)")},
    {"E01_command", "a;id", "", bad_character("a;id", 2)},
    {"E01_substitution", "$(id)", "", bad_character("$(id)", 1)},
    {"E01_backticks", "`id`", "", bad_character("`id`", 1)},
    {"E01_300_characters", repeated("abc.", 75), "",
     refusal(repeated("abc.", 75), "it has more than 253 octets")},
};

class Y15_Name : public testing::TestWithParam<Case> {};

TEST_P(Y15_Name, IsNormalisedOrRefused) {
  auto reader = InventoryReader::from_text("l", "domains:\n- \"" + GetParam().value + "\"\n",
                                           ListFormat::yaml);
  ASSERT_TRUE(reader) << explain(reader.error());
  const auto entry = reader->next();
  ASSERT_EQ(entry.has_value(), !GetParam().identifier.empty());
  if (entry) {
    EXPECT_EQ((*entry)->identifier.text(), GetParam().identifier);
  } else if (GetParam().name == "E01_300_characters" || GetParam().name == "name_of_254") {
    EXPECT_EQ(entry.error().message,
              "\"" + GetParam().value + "\" is no domain name: it has more than 253 octets");
  } else {
    EXPECT_EQ(explain(entry.error()), GetParam().error);
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Y15_Name, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

/// Names that only an escape in a YAML text can write.
struct EscapedCase {
  std::string name;
  std::string value;
  std::string message;
  friend void PrintTo(const EscapedCase& row, std::ostream* out) { *out << row.name; }
};
const std::string not_a_host =
    "\" is no domain name: it has a character that no host name may have (octet ";
const EscapedCase escaped[] = {
    {"nul", "a\\0.example", "\"a\\x00.example" + not_a_host + "2)"},
    {"line_feed", "a\\n.example", "\"a\\x0a.example" + not_a_host + "2)"},
    {"escape", "\\e[2J", "\"\\x1b[2J" + not_a_host + "1)"},
    {"tab", "a\\tb", "\"a\\x09b" + not_a_host + "2)"},
    {"runner_command", "::error::x", "\"\\x3a:error\\x3a:x" + not_a_host + "1)"},
    {"quote", "a\\\"b", "\"a\\\"b" + not_a_host + "2)"},
};

class Y15_Escaped : public testing::TestWithParam<EscapedCase> {};
TEST_P(Y15_Escaped, IsRefusedAndShownEscaped) {
  auto reader = InventoryReader::from_text("l", "domains:\n- \"" + GetParam().value + "\"\n",
                                           ListFormat::yaml);
  ASSERT_TRUE(reader) << explain(reader.error());
  const auto entry = reader->next();
  ASSERT_FALSE(entry);
  EXPECT_EQ(entry.error().message, GetParam().message);
}
INSTANTIATE_TEST_SUITE_P(Table, Y15_Escaped, testing::ValuesIn(escaped),
                         [](const auto& row) { return row.param.name; });

TEST(Y15_Plain, ShowsTheCharacterAtFault) {
  EXPECT_EQ(error_of("domains:\n  - name: example.com/x\n"),
            "l:2:22: error: \"example.com/x\" is no domain name: it has a character that no host "
            "name may have "
            "(octet 12)\n    2 |   - name: example.com/x\n      |                      ^\n"
            "hint: write the name alone: \"example.com\"\n");
}

}  // namespace
}  // namespace persist::config
