#include <gtest/gtest.h>

#include "list_files.h"
#include "printing.h"

namespace persist::config {
namespace {

std::string result_of(const std::string& folder, const std::string& name) {
  const std::string text = read_list(folder, name);
  return folder == "ok" ? read_all(InventoryReader::from_text("list.yaml", text, ListFormat::yaml))
                        : error_of(InventoryReader::from_text("list.yaml", text, ListFormat::yaml));
}

const auto print_name = [](const auto& row) { return row.param; };

class GoodList : public ::testing::TestWithParam<std::string> {};
TEST_P(GoodList, IsReadAsExpected) {
  persist::testing::expect_golden("config/ok/" + GetParam() + ".out", result_of("ok", GetParam()));
}
INSTANTIATE_TEST_SUITE_P(Files, GoodList, ::testing::ValuesIn(lists_in("ok")), print_name);

class BadList : public ::testing::TestWithParam<std::string> {};
TEST_P(BadList, IsRefusedAsExpected) {
  const std::string error = result_of("err", GetParam());
  EXPECT_NE(error, "") << "the list was accepted";
  persist::testing::expect_golden("config/err/" + GetParam() + ".out", error);
}
INSTANTIATE_TEST_SUITE_P(Files, BadList, ::testing::ValuesIn(lists_in("err")), print_name);

TEST(ListFolders, HoldLists) {
  EXPECT_GE(lists_in("ok").size(), 10U);
  EXPECT_GE(lists_in("err").size(), 80U);
}

}  // namespace
}  // namespace persist::config
