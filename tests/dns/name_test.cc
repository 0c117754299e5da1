#include "dns/name.h"

#include <gmock/gmock.h>

#include <ostream>
#include <string>

namespace persist::dns {
namespace {

using std::string_literals::operator""s;

const std::string label_63(63, 'a');
const std::string name_253 = label_63 + "." + label_63 + "." + label_63 + "." + label_63.substr(2);

struct Case {
  std::string name;
  std::string text;
  std::optional<std::string> wire;
  std::string printed{};  ///< empty: like `text`
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"root", ".", "\0"s},
    {"one_label", "test", "\4test\0"s},
    {"final_dot", "a.test.", "\1a\4test\0"s, "a.test"},
    {"letter_case", "A.TeST", "\1a\4test\0"s, "a.test"},
    {"star", "*.a.test", "\1*\1a\4test\0"s},
    {"escaped_dot", "a\\.b.test", "\3a.b\4test\0"s},
    {"escaped_backslash", "a\\\\b", "\3a\\b\0"s},
    {"escaped_letter", "\\a", "\1a\0"s, "a"},
    {"escaped_number", "\\000\\255\\046", "\3\0\xff.\0"s, "\\000\\255\\."},
    {"capital_as_number", "\\065", "\1a\0"s, "a"},
    {"space", "a b", "\3a b\0"s, "a\\032b"},
    {"label_of_63", label_63, "\77" + label_63 + "\0"s},
    {"empty", "", {}},
    {"two_dots", "a..b", {}},
    {"leading_dot", ".a", {}},
    {"two_final_dots", "a..", {}},
    {"label_of_64", label_63 + "a", {}},
    {"name_of_254", name_253 + "a", {}},
    {"number_too_large", "\\256", {}},
    {"number_too_short", "\\25", {}},
    {"lone_backslash", "a\\", {}},
};

class NameText : public testing::TestWithParam<Case> {};

TEST_P(NameText, IsRead) {
  const auto name = Name::parse(GetParam().text);
  ASSERT_EQ(name.has_value(), GetParam().wire.has_value());
  if (!name) return;
  EXPECT_EQ(name->wire(), *GetParam().wire);
  EXPECT_EQ(name->to_text(), GetParam().printed.empty() ? GetParam().text : GetParam().printed);
  EXPECT_EQ(Name::parse(name->to_text()), name);
  EXPECT_EQ(Name::from_wire(name->wire()), name);
}

INSTANTIATE_TEST_SUITE_P(Table, NameText, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(Name, LongestHas253Octets) {
  EXPECT_EQ(Name::parse(name_253).value().wire().size(), 255U);
}

TEST(Name, FromWireRefusesWhatIsNoName) {
  EXPECT_EQ(Name::from_wire(""), std::nullopt);
  EXPECT_EQ(Name::from_wire("\1a"), std::nullopt);
  EXPECT_EQ(Name::from_wire("\2a\0"s), std::nullopt);
  EXPECT_EQ(Name::from_wire("\1a\0x"s), std::nullopt);
  EXPECT_EQ(Name::from_wire("\xc0\x0c"s), std::nullopt);
  EXPECT_EQ(Name::from_wire("\100" + std::string(64, 'a') + "\0"s), std::nullopt);
  std::string long_name;
  for (int i = 0; i < 128; ++i) long_name += "\1a";
  EXPECT_EQ(Name::from_wire(long_name + "\0"s), std::nullopt);
}

TEST(Name, FromWireLowersLetters) {
  EXPECT_EQ(Name::from_wire("\1A\0"s), Name::parse("a"));
}

TEST(Name, TakesADomainName) {
  EXPECT_EQ(Name(record::DomainName::parse("_validation-persist.example.com").value()),
            Name::parse("_validation-persist.example.com"));
}

TEST(Name, HasAParentUntilTheRoot) {
  const auto name = Name::parse("a.b").value();
  EXPECT_EQ(name.parent(), Name::parse("b"));
  EXPECT_EQ(name.parent()->parent(), Name());
  EXPECT_EQ(name.parent()->parent()->parent(), std::nullopt);
}

}  // namespace
}  // namespace persist::dns
