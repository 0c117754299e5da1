#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

#include "lint/lint.h"
#include "support/fake_environment.h"
#include "support/files.h"

namespace persist::lint {

/// Options for entries without an account of their own.
inline const std::vector<std::string> own_ca{"--issuer", testing::issuer, "--account-url",
                                             testing::account_url};

inline std::vector<std::string> operator+(std::vector<std::string> left,
                                          const std::vector<std::string>& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

/// The names of the lists in tests/testdata/lint, each with the fault or the state it is called
/// after.
inline void fill(testing::FakeResolver& resolver) {
  using testing::usual_record;
  const std::string wildcard_record = usual_record + "; policy=wildcard";
  dns::Answer forged = *testing::txt_answer({usual_record});
  forged.extended_error = dns::ExtendedError{.code = 4};
  for (const char* const name : {"ok.example", "both.example", "two.example", "retired.example"}) {
    resolver.set_record(name, {usual_record});
  }
  for (const char* const name :
       {"wild.example", "accepted.example", "lapsed.example", "broad.example", "narrow.example"}) {
    resolver.set_record(name, {wildcard_record});
  }
  resolver.set_record("empty.example", testing::txt_answer({}));
  resolver.set_record("expired.example", {usual_record + "; persistUntil=1700000000"});
  resolver.set_record("soon.example", {usual_record + "; persistUntil=1796000000"});
  resolver.set_record("down.example", testing::failed_answer(dns::LookupErrorCode::rcode));
  resolver.set_record("forged.example", testing::Outcome(forged));
  resolver.set_record("stolen.example",
                      {usual_record, "ca.example; accounturi=https://ca.example/acct/3"});
  resolver.set_record("foreign.example",
                      {"db-password=hunter2", "a b; hunter2=x", "db.corp.example hunter2",
                       "account=admin; password=hunter2"});
}

/// Runs the program in tests/testdata/lint, so that lists are named as a user names them.
inline testing::ProgramRun run_in_testdata(testing::FakeEnvironment& fake,
                                           const std::vector<std::string>& arguments) {
  std::filesystem::current_path(testing::testdata_folder() / "lint");
  return fake.run(run, arguments);
}

}  // namespace persist::lint
