#include "record/a_label.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace persist::record {
namespace {

struct Case {
  std::string name;
  std::string label;
  ALabel want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"no_a_label", "example", ALabel::valid},
    {"reserved_label", "ab--cd", ALabel::valid},
    {"german", "xn--bcher-kva", ALabel::valid},
    {"sharp_s", "xn--strae-oqa", ALabel::valid},
    {"chinese", "xn--ihqwcrb4cv8a8dqg056pqjye", ALabel::valid},
    {"emoji", "xn--ls8h", ALabel::not_idna_2008},
    {"emoji_beside_a_letter", "xn--i-7iq", ALabel::not_idna_2008},
    {"control_character", "xn--a", ALabel::not_idna_2008},
    {"both_directions", "xn--a-0hc", ALabel::not_idna_2008},
    {"digit_that_is_none", "xn--0", ALabel::malformed},
    {"cut", "xn--bcher-kva7", ALabel::malformed},
    {"nothing", "xn--", ALabel::malformed},
    {"ascii_alone", "xn--example-", ALabel::malformed},
    {"overflow", "xn--99999999", ALabel::malformed},
    {"not_in_nfc", "xn--109-3veba6djs1bfxlfmx6c9g", ALabel::malformed},
};

class CheckALabel : public testing::TestWithParam<Case> {};

TEST_P(CheckALabel, TellsWhatTheLabelHolds) {
  EXPECT_EQ(check_a_label(GetParam().label), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, CheckALabel, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::record
