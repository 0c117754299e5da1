#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "hook/hook.h"
#include "made_proc.h"
#include "support/fake_environment.h"
#include "support/temporary_folder.h"

namespace persist::hook {

inline const std::string lab_issuer = "lab.example";
inline const std::string lab_directory = "https://acme.test/dir";

inline std::string lab_record(const std::string& account) {
  return lab_issuer + "; accounturi=https://acme.test/my-account/" + account;
}

/// A machine on which an ACME client calls persist-hook. Its CA is one of its own, whose issuer is
/// set by a variable; CAA is left out, so that what is asked is the records of the names.
class CalledWorld {
 public:
  CalledWorld() {
    fake.proc_folder = proc_.path();
    fake.root = root_.path();
    set("PERSIST_HOOK_ISSUER", lab_issuer);
    set("PERSIST_HOOK_NO_CAA", "true");
    proc_.add_chain({});
  }

  testing::FakeEnvironment fake{};

  void set(const std::string& name, const std::string& value) {
    fake.variables.emplace_back(name, value);
  }
  void unset(const std::string& name) {
    std::erase_if(fake.variables, [&name](const auto& variable) { return variable.first == name; });
  }
  /// The processes above us, the uppermost first.
  void ancestors(const std::vector<std::vector<std::string>>& command_lines,
                 const std::string& folder = "/") const {
    std::filesystem::remove(proc_.folder() / "self");
    for (const int pid : {1, 100, 101, 102, 103}) {
      std::filesystem::remove_all(proc_.folder() / std::to_string(pid));
    }
    proc_.add_chain(command_lines, folder);
  }
  const testing::TemporaryFolder& root() const { return root_; }
  /// What a client left, with its links to its certificates.
  void sample(const std::string& client) const {
    root_.copy_sample(client);
    if (client == "dehydrated") {
      root_.link("var/lib/dehydrated/certs/example-all/cert.pem", "cert-1795308681.pem");
    }
    if (client != "certbot") return;
    for (const std::string name : {"example.com", "port-example.com"}) {
      root_.link("etc/letsencrypt/live/" + name + "/cert.pem",
                 "../../archive/" + name + "/cert1.pem");
    }
  }
  void record(const std::string& name, const std::string& text) {
    fake.resolver.set_record(name, std::vector<std::string>{text});
  }
  /// A certificate that ends three days from now.
  void certificate_that_ends_soon(const std::string& path) {
    root_.write(path, testing::read_file(testing::testdata_folder() /
                                         "clients/lego-v5/tree/var/lib/lego/certificates/"
                                         "example.com.crt"));
    fake.time = *parse_time("2027-02-17");
  }
  void dns_is_down() {
    fake.resolver.set_record("example.com", testing::failed_answer(dns::LookupErrorCode::timeout));
  }
  testing::ProgramRun run(const std::vector<std::string>& arguments) {
    return fake.run(hook::run, arguments);
  }
  /// The names whose records were asked for, but for what is looked into after a refusal.
  std::vector<std::string> asked() const {
    constexpr std::string_view front = "TXT _validation-persist.";
    std::vector<std::string> names;
    for (const std::string& question : fake.resolver.asked_at_first()) {
      names.push_back(question.starts_with(front) ? question.substr(front.size()) : question);
    }
    return names;
  }

 private:
  MadeProc proc_{};
  testing::TemporaryFolder root_{};
};

/// A call, what it ends with, the names asked for, and a part of what is told.
struct CallCase {
  std::string name;
  void (*arrange)(CalledWorld& world);
  std::vector<std::string> arguments;
  int status;
  std::vector<std::string> asked{};
  std::string told{};  ///< a part of standard error; empty: nothing at all
  friend void PrintTo(const CallCase& row, std::ostream* out) { *out << row.name; }
};

inline void expect_call(const CallCase& row) {
  CalledWorld world;
  row.arrange(world);
  const testing::ProgramRun got = world.run(row.arguments);
  EXPECT_EQ(got.status, row.status) << got.err;
  EXPECT_EQ(world.asked(), row.asked) << got.err;
  EXPECT_THAT(got.out, ::testing::AnyOf("", "\xff"));  // that stops certbot
  if (row.told.empty()) {
    EXPECT_EQ(got.err, "");
  } else {
    EXPECT_THAT(got.err, ::testing::HasSubstr(row.told));
  }
}

/// For INSTANTIATE_TEST_SUITE_P.
inline constexpr auto case_name = [](const auto& row) { return row.param.name; };

}  // namespace persist::hook
