// S05 and C03: which program may follow, and what becomes of it.
#include "hook/chain.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "called_world.h"

namespace persist::hook {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A folder that only we may write to has to be somewhere else than below /tmp, where everybody
/// may.
class OwnFolder {
 public:
  OwnFolder() {
    std::string name = "/var/lib/persist_chain_XXXXXX";
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  ~OwnFolder() {
    if (!path_.empty()) std::filesystem::remove_all(path_);
  }
  bool is_there() const { return !path_.empty(); }
  std::string write(const std::string& name, unsigned mode = 0755) const {
    const std::string path = path_ + "/" + name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path) << "#!/bin/sh\n";
    set_mode(name, mode);
    return path;
  }
  void set_mode(const std::string& name, unsigned mode) const {
    std::filesystem::permissions(path_ + "/" + name, static_cast<std::filesystem::perms>(mode));
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_{};
};

std::string refusal(const std::string& path) {
  const auto problem = refuse_program(path);
  return problem ? problem->message : "";
}

TEST(RefuseProgram, S05_TakesWhatOnlyRootMayChange) {
  EXPECT_EQ(refusal("/bin/true"), "");
}

TEST(RefuseProgram, S05_RefusesWhatIsNoProgram) {
  EXPECT_THAT(refusal(""), HasSubstr("is no absolute path"));
  EXPECT_THAT(refusal("bin/true"), HasSubstr("is no absolute path"));
  EXPECT_THAT(refusal("/nonexistent/x"), HasSubstr("No such file"));
  EXPECT_THAT(refusal("/usr"), HasSubstr("is no file"));
  EXPECT_THAT(refusal("/etc/passwd"), HasSubstr("is not executable"));
}

TEST(RefuseProgram, S05_RefusesWhatOthersMayChange) {
  const OwnFolder folder;
  if (!folder.is_there()) GTEST_SKIP() << "/var/lib is not ours";
  const std::string program = folder.write("a/program");
  EXPECT_EQ(refusal(program), "");
  folder.set_mode("a/program", 0775);
  EXPECT_THAT(refusal(program), HasSubstr("others may change it: " + program + " has mode 0775"));
  folder.set_mode("a/program", 0755);
  folder.set_mode("a", 0777);
  EXPECT_THAT(refusal(program), HasSubstr(folder.path() + "/a has mode 0777"));
  folder.set_mode("a", 0755);
  ASSERT_EQ(::chown(program.c_str(), 12345, 0), 0);
  EXPECT_THAT(refusal(program), HasSubstr("belongs to user 12345"));
}

TEST(RefuseProgram, S05_RefusesALinkThatOthersMayChange) {
  const OwnFolder folder;
  if (!folder.is_there()) GTEST_SKIP() << "/var/lib is not ours";
  const testing::TemporaryFolder anybodys;
  anybodys.write("program", "#!/bin/sh\n");
  anybodys.set_mode("program", 0755);
  std::filesystem::create_symlink(anybodys / "program", folder.path() + "/outwards");
  EXPECT_THAT(refusal(folder.path() + "/outwards"), HasSubstr("others may change it: "));
  anybodys.link("inwards", "/bin/true");
  EXPECT_THAT(refusal(anybodys / "inwards"), HasSubstr("others may change it: "));
}

void good(CalledWorld& world) {
  world.set("PERSIST_HOOK_THEN", "/bin/true");
  world.set("PERSIST_HOOK_ACCOUNT_URL", "https://acme.test/my-account/1");
  world.set("PERSIST_HOOK_DIRECTORY", lab_directory);
  world.record("example.com", lab_record("1") + "; policy=wildcard");
}

const std::vector<std::string> raw{"present", "--", "example.com", "-t", "-k"};

TEST(Chain, S05_RunsTheProgramAfterAGoodCheck) {
  CalledWorld world;
  good(world);
  world.run(raw);
  EXPECT_THAT(world.fake.became,
              ElementsAre("/bin/true", "present", "--", "example.com", "-t", "-k"));
}

TEST(Chain, S05_HandsOnCleanUpWithoutAsking) {
  CalledWorld world;
  good(world);
  world.run({"cleanup", "--", "example.com", "-t", "-k"});
  EXPECT_THAT(world.fake.became,
              ElementsAre("/bin/true", "cleanup", "--", "example.com", "-t", "-k"));
  EXPECT_THAT(world.asked(), IsEmpty());
}

TEST(Chain, S05_HandsOnWhatComesAfterIssuance) {
  CalledWorld world;
  good(world);
  world.run({"deploy_cert", "example.com", "k", "c", "f", "h", "1"});
  EXPECT_EQ(world.fake.became.front(), "/bin/true");
  EXPECT_THAT(world.asked(), IsEmpty());
}

TEST(Chain, S05_TakesOtherTypesOfUacme) {
  CalledWorld world;
  good(world);
  world.ancestors({{"uacme", "issue", "example.com"}});
  world.run({"begin", "http-01", "example.com", "t", "a"});
  EXPECT_THAT(world.fake.became,
              ElementsAre("/bin/true", "begin", "http-01", "example.com", "t", "a"));
}

TEST(Chain, RunsNothingAfterABadCheck) {
  CalledWorld world;
  good(world);
  world.record("example.com", lab_record("2"));
  EXPECT_EQ(world.run(raw).status, 1);
  EXPECT_THAT(world.fake.became, IsEmpty());
}

TEST(Chain, S05_RefusesBeforeAnythingIsAsked) {
  CalledWorld world;
  good(world);
  world.unset("PERSIST_HOOK_THEN");
  world.set("PERSIST_HOOK_THEN", "/nonexistent/program");
  for (const std::string verb : {"present", "cleanup"}) {
    const auto got = world.run({verb, "--", "example.com", "-t", "-k"});
    EXPECT_EQ(got.status, 2);
    EXPECT_THAT(got.err, HasSubstr("--then \"/nonexistent/program\": No such file"));
  }
  EXPECT_THAT(world.asked(), IsEmpty());
  EXPECT_THAT(world.fake.became, IsEmpty());
}

std::vector<std::string> exec(const std::vector<std::string>& behind) {
  std::vector<std::string> arguments{"exec",          "example.com",
                                     "--issuer",      lab_issuer,
                                     "--account-url", "https://acme.test/my-account/1",
                                     "--no-wildcard"};
  arguments.insert(arguments.end(), behind.begin(), behind.end());
  return arguments;
}

struct ExecCase {
  std::string name;
  int error;
  int status;
  friend void PrintTo(const ExecCase& row, std::ostream* out) { *out << row.name; }
};

const ExecCase exec_cases[] = {{"C03_not_found", ENOENT, 127},
                               {"C03_no_folder", ENOTDIR, 127},
                               {"C03_not_executable", EACCES, 126},
                               {"C03_no_program", ENOEXEC, 126},
                               {"stopped", EINTR, 3}};

class Exec : public ::testing::TestWithParam<ExecCase> {};

TEST_P(Exec, HasTheStatusOfAShell) {
  CalledWorld world;
  world.record("example.com", lab_record("1"));
  world.fake.replace_error = GetParam().error;
  const auto got = world.run(exec({"--", "certbot", "renew", "--", "-q"}));
  EXPECT_EQ(got.status, GetParam().status);
  EXPECT_EQ(got.out, "");
  EXPECT_THAT(world.fake.became, ElementsAre("certbot", "renew", "--", "-q"));
}

INSTANTIATE_TEST_SUITE_P(Table, Exec, ::testing::ValuesIn(exec_cases),
                         [](const auto& row) { return row.param.name; });

TEST(Exec, RunsNothingAfterABadCheck) {
  CalledWorld world;
  world.record("example.com", lab_record("2"));
  const auto got = world.run(exec({"--", "certbot"}));
  EXPECT_EQ(got.status, 1);
  EXPECT_THAT(got.err, HasSubstr("persist-hook: error: command not run\n"));
  EXPECT_THAT(world.fake.became, IsEmpty());
}

TEST(Exec, NeedsACommand) {
  CalledWorld world;
  for (const auto& arguments : {exec({}), exec({"--"})}) {
    const auto got = world.run(arguments);
    EXPECT_EQ(got.status, 2);
    EXPECT_THAT(got.err, HasSubstr("no command to run"));
  }
  EXPECT_THAT(world.asked(), IsEmpty());
}

}  // namespace
}  // namespace persist::hook
