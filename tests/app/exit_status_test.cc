// Of several statuses 2 comes before 1 before 3 before 0.

#include "app/exit_status.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace persist::app {
namespace {

TEST(ExitStatus, TwoBeforeOneBeforeThreeBeforeZero) {
  const std::vector<int> order{2, 1, 3, 0};
  for (auto worst = order.begin(); worst != order.end(); ++worst) {
    for (auto other = worst; other != order.end(); ++other) {
      const auto a = static_cast<ExitStatus>(*worst);
      const auto b = static_cast<ExitStatus>(*other);
      EXPECT_EQ(worse(a, b), a) << *worst << " and " << *other;
      EXPECT_EQ(worse(b, a), a) << *other << " and " << *worst;
    }
  }
}

}  // namespace
}  // namespace persist::app
