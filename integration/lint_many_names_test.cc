// The built persist-lint on a list of ten thousand names, against a server that answers some of
// them well, some not at once and some not at all.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "integration/child_process.h"
#include "integration/fake_dns.h"

namespace persist::integration {
namespace {

using Json = nlohmann::json;

struct Mode {
  std::string label;
  std::string status;
};

/// In an order that makes early names finish late.
const std::array<Mode, 8> modes{{{"late-120", "authorized"},
                                 {"ok", "authorized"},
                                 {"tc", "authorized"},
                                 {"nxdomain", "refused"},
                                 {"nodata", "refused"},
                                 {"lose-1", "authorized"},
                                 {"servfail", "unknown"},
                                 {"cname", "authorized"}}};

/// Every tenth name has a mode of its own; the others have the good record.
const Mode& mode_of(std::size_t i) {
  return modes.at(i % 10 == 0 ? i / 10 % modes.size() : 1);
}

std::string name_of(std::size_t i) {
  return fmt::format("n{:05}.{}.fault.test", i, mode_of(i).label);
}

/// A file of names that is gone with its owner.
class NameFile {
 public:
  explicit NameFile(std::size_t names)
      : path_(std::filesystem::temp_directory_path() /
              fmt::format("persist-lint-{}-{}.txt", ::getpid(), names)) {
    std::ofstream file(path_);
    for (std::size_t i = 0; i < names; ++i) file << name_of(i) << '\n';
  }
  ~NameFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  NameFile(const NameFile&) = delete;
  NameFile& operator=(const NameFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

CommandResult run_lint(const FakeDns& server, const NameFile& names, const std::string& format) {
  return run_command({.program = PERSIST_LINT_PATH,
                      .arguments = {"persist-lint", "--ca", "letsencrypt", "--account-url",
                                    "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
                                    "--resolver", server.address(), "--now", "1795219200",
                                    "--format", format, "--names", names.path()},
                      .environment = {"PATH=/usr/bin:/bin"},
                      .limit = std::chrono::minutes{5}});  // a busy machine, with sanitizers
}

#ifdef __SANITIZE_ADDRESS__
constexpr long held_back_octets = 512L << 20;  // the sanitizer keeps freed memory for a while
#else
constexpr long held_back_octets = 0;
#endif

/// The most memory that a child of this process has had, in KiB.
long peak_of_children_kib() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  return usage.ru_maxrss;
}

TEST(LintManyNames, TenThousandInListOrderWithTheSameOctetsEveryTime) {
  const FakeDns server;
  const NameFile names(10'000);
  const CommandResult first = run_lint(server, names, "jsonl");
  ASSERT_EQ(first.status, "1") << first.err;
  std::istringstream lines(first.out);
  std::string line;
  for (std::size_t i = 0; i < 10'000; ++i) {
    ASSERT_TRUE(std::getline(lines, line)) << "line " << i << " is missing";
    const Json check = Json::parse(line);
    ASSERT_EQ(check.at("name"), name_of(i));
    ASSERT_EQ(check.at("verdict"), mode_of(i).status) << line;
  }
  EXPECT_EQ(run_lint(server, names, "jsonl").out, first.out);
  EXPECT_EQ(run_lint(server, names, "jsonl").out, first.out);
  EXPECT_THAT(
      run_lint(server, names, "text").out,
      testing::HasSubstr("summary: 10000 checks: 9625 authorized, 250 refused, 125 unknown\n"));
}

TEST(LintManyNames, MemoryDoesNotGrowWithTheList) {
  const FakeDns server;
  const NameFile few(1'000);
  ASSERT_EQ(run_lint(server, few, "jsonl").status, "1");
  const long before_kib = peak_of_children_kib();
  const NameFile many(20'000);
  ASSERT_EQ(run_lint(server, many, "jsonl").status, "1");
  const long growth_octets = (peak_of_children_kib() - before_kib) * 1024;
  // 19 000 names more. What stays of a name are 8 to 16 octets; the rest is what names in flight
  // need.
  EXPECT_LT(growth_octets, 19'000 * 100L + held_back_octets);
}

}  // namespace
}  // namespace persist::integration
