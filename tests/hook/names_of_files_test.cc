#include "hook/names_of_files.h"

#include <gmock/gmock.h>

#include "hook/called_world.h"
#include "hook/hook_runs.h"

namespace persist::hook {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<std::string> account{"--account-url", "https://acme.test/my-account/1"};

std::string pem(const std::string& name) {
  return testing::testdata_folder() / "clients/pem" / name;
}

TEST(NamesOfFiles, AreThoseOfTheCertificate) {
  CalledWorld world;
  world.fake.root.clear();
  world.record("example.com", lab_record("1"));
  const auto got =
      world.run(std::vector<std::string>{"check", "--cert", pem("one_name.crt")} + account);
  EXPECT_EQ(got.status, 0) << got.err;
  EXPECT_THAT(world.asked(), ElementsAre("example.com"));
}

TEST(NamesOfFiles, AreThoseOfTheRequestBesideOthers) {
  CalledWorld world;
  world.fake.root.clear();
  const auto got = world.run(
      std::vector<std::string>{"check", "other.example", "--csr", pem("names.csr")} + account);
  EXPECT_EQ(got.status, 1);
  EXPECT_THAT(world.asked(), ::testing::Contains("other.example"));
  EXPECT_GT(world.asked().size(), 1U);
}

TEST(NamesOfFiles, StandInFrontOfACommandToo) {
  CalledWorld world;
  world.fake.root.clear();
  world.record("example.com", lab_record("1"));
  world.run(std::vector<std::string>{"exec", "--cert", pem("one_name.crt")} + account +
            std::vector<std::string>{"--", "true"});
  EXPECT_THAT(world.fake.became, ElementsAre("true"));
}

struct BadFile {
  std::string name, option, file, error;
  friend void PrintTo(const BadFile& row, std::ostream* out) { *out << row.name; }
};

const BadFile bad_files[] = {
    {"missing", "--cert", "/nonexistent.pem", "/nonexistent.pem: there is no such file"},
    {"folder", "--cert", "/etc", "/etc: is a directory, not a file"},
    {"other_names", "--cert", pem("other_names.crt"), "for which no record can speak"},
    {"no_names", "--csr", pem("no_names.csr"), "no_names.csr: "},
    {"request_as_certificate", "--cert", pem("names.csr"),
     "does not hold in PEM what is looked for"},
};

class BadFiles : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadFiles, AreRefusedBeforeAnythingIsAsked) {
  CalledWorld world;
  world.fake.root.clear();
  const std::vector<std::string> rest{"example.com", GetParam().option, GetParam().file};
  const auto check = world.run(std::vector<std::string>{"check"} + rest + account);
  const auto exec = world.run(std::vector<std::string>{"exec"} + rest + account +
                              std::vector<std::string>{"--", "true"});
  for (const auto& got : {check, exec}) {
    EXPECT_EQ(got.status, 2);
    EXPECT_THAT(got.err, HasSubstr(GetParam().error));
  }
  EXPECT_TRUE(world.asked().empty());
  EXPECT_TRUE(world.fake.became.empty());
}

INSTANTIATE_TEST_SUITE_P(Table, BadFiles, ::testing::ValuesIn(bad_files),
                         [](const auto& row) { return row.param.name; });

TEST(BlockedStatus, IsTheOwnersWhereTheCommandIsNotRun) {
  CalledWorld world;
  const std::vector<std::string> exec{"exec", "example.com", "--blocked-status", "75"};
  const auto got = world.run(exec + account + std::vector<std::string>{"--", "true"});
  EXPECT_EQ(got.status, 75);
  EXPECT_THAT(got.err, HasSubstr("persist-hook: error: command not run\n"));
  for (const std::string bad : {"0", "256", "-1", "1x", ""}) {
    const auto refused =
        world.run(std::vector<std::string>{"exec", "example.com", "--blocked-status", bad} +
                  account + std::vector<std::string>{"--", "true"});
    EXPECT_EQ(refused.status, 2) << bad;
  }
}

}  // namespace
}  // namespace persist::hook
