#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "hook/hook.h"
#include "support/fake_environment.h"
#include "support/files.h"

namespace persist::hook {

/// Options for a CA of one's own with the usual account.
inline const std::vector<std::string> own_ca{"--issuer", testing::issuer, "--account-url",
                                             testing::account_url};

inline std::vector<std::string> operator+(std::vector<std::string> left,
                                          const std::vector<std::string>& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

/// A run whose whole output is `tests/testdata/hook/<name>.txt`; what is asked is a part of the
/// row, but for what is looked into after a refusal.
struct Case {
  std::string name;
  std::vector<std::string> arguments;
  int status;
  void (*arrange)(testing::FakeEnvironment&) = nullptr;
  std::vector<std::string> asked{};  ///< without `TXT _validation-persist.`; `CAA com` in full
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

inline void expect_run(const Case& row) {
  testing::FakeEnvironment fake;
  if (row.arrange != nullptr) row.arrange(fake);
  const testing::ProgramRun got = fake.run(run, row.arguments);
  EXPECT_EQ(got.status, row.status);
  std::vector<std::string> asked;
  for (const std::string& name : row.asked) {
    asked.push_back(name.starts_with("CAA ") ? name : "TXT _validation-persist." + name);
  }
  EXPECT_EQ(fake.resolver.asked_at_first(), asked);
  testing::expect_golden("hook/" + row.name + ".txt", testing::to_text(got));
}

}  // namespace persist::hook
