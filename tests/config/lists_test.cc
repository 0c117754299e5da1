#include <gtest/gtest.h>

#include "golden.h"
#include "printing.h"

namespace persist::config {
namespace {

std::string result_of(const std::string& folder, const std::string& name) {
  const std::string text = read_file(PERSIST_TESTDATA "/config/" + folder + "/" + name + ".yaml");
  return folder == "ok" ? read_all(InventoryReader::from_text("list.yaml", text, ListFormat::yaml))
                        : error_of(InventoryReader::from_text("list.yaml", text, ListFormat::yaml));
}

const auto print_name = [](const auto& row) { return row.param; };

class GoodList : public testing::TestWithParam<std::string> {};
TEST_P(GoodList, IsReadAsExpected) {
  expect_golden(PERSIST_TESTDATA "/config/ok/" + GetParam() + ".out", result_of("ok", GetParam()));
}
INSTANTIATE_TEST_SUITE_P(Files, GoodList, testing::ValuesIn(lists_in("ok")), print_name);

class BadList : public testing::TestWithParam<std::string> {};
TEST_P(BadList, IsRefusedAsExpected) {
  const std::string error = result_of("err", GetParam());
  EXPECT_NE(error, "") << "the list was accepted";
  expect_golden(PERSIST_TESTDATA "/config/err/" + GetParam() + ".out", error);
}
INSTANTIATE_TEST_SUITE_P(Files, BadList, testing::ValuesIn(lists_in("err")), print_name);

TEST(ListFolders, HoldLists) {
  EXPECT_GE(lists_in("ok").size(), 10U);
  EXPECT_GE(lists_in("err").size(), 80U);
}

}  // namespace
}  // namespace persist::config
