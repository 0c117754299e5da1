// persist-hook and the servers of a zone: nsd and knotd that do not say the same, one that is dead,
// one that does not serve the zone, and unbound with what it has in its cache.
#include "integration/zone_servers.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>

#include "integration/child_process.h"
#include "integration/file_descriptor.h"
#include "support/temporary_folder.h"

namespace persist::integration {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Clock = std::chrono::steady_clock;

constexpr const char* first_address = "127.0.0.11";
constexpr const char* second_address = "127.0.0.12";
constexpr const char* lame_address = "127.0.0.14";
constexpr const char* silent_address = "127.0.0.15";

/// Name servers of a zone: the first and the second, a dead and a lame one.
const std::string both = "@ NS a\n@ NS b\na A 127.0.0.11\nb A 127.0.0.12\n";
const std::string one = "@ NS a\na A 127.0.0.11\n";
const std::string with_dead = both + "@ NS dead\ndead A 127.0.0.13\n";
const std::string with_lame = "@ NS a\n@ NS lame\na A 127.0.0.11\nlame A 127.0.0.14\n";

const std::string only_silent = "@ NS silent\nsilent A 127.0.0.15\n";
const std::string half_silent = one + only_silent;

/// Hears every question and answers none.
FileDescriptor silent_server() {
  FileDescriptor socket(checked(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket"));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(53);
  inet_pton(AF_INET, silent_address, &address.sin_addr);
  checked(bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), "bind");
  return socket;
}

std::string record_of(const std::string& name) {
  return "_validation-persist." + name + " TXT \"ca.example; accounturi=https://ca.example/1\"\n";
}

/// Both servers and unbound, for all tests of this file.
class ZoneServers : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!is_possible_) return;
    using Software = ZoneServer::Software;
    first_ = std::make_unique<ZoneServer>(
        Software::nsd, first_address,
        Zones{{"both.test", both + record_of("good") + record_of("differs") +
                                "_validation-persist.alias CNAME x.only.test.\n"},
              {"dead.test", with_dead + record_of("good")},
              {"lame.test", with_lame + record_of("good")},
              // The second server does not have it.
              {"foreign.test", both + record_of("good")},
              {"silent.test", only_silent},
              {"half.test", half_silent + record_of("good")},
              {"cache.test", both},
              {"wait.test", both + record_of("x")},
              {"gone.test", both + record_of("x")},
              {"stop.test", both}});
    second_ = std::make_unique<ZoneServer>(
        Software::knotd, second_address,
        Zones{{"both.test",
               both + record_of("good") + "_validation-persist.alias CNAME x.only.test.\n"},
              {"dead.test", with_dead + record_of("good")},
              {"only.test",
               "@ NS b\nb A 127.0.0.12\nx TXT \"ca.example; "
               "accounturi=https://ca.example/1\"\n"},
              {"cache.test", both},
              {"wait.test", both},
              {"gone.test", both + record_of("x")},
              {"stop.test", both}});
    std::map<std::string, std::string> stubs{{"only.test", second_address}};
    for (const std::string zone :
         {"both.test", "dead.test", "lame.test", "foreign.test", "cache.test", "wait.test",
          "gone.test", "stop.test", "silent.test", "half.test"})
      stubs.emplace(zone, first_address);
    cache_ = std::make_unique<CachingServer>(stubs, lame_address);
  }
  static void TearDownTestSuite() {
    cache_.reset();
    second_.reset();
    first_.reset();
  }
  void SetUp() override {
    if (!is_possible_) GTEST_SKIP() << "no network of our own, or " << missing_name_servers();
  }

 public:
  inline static bool is_possible_ = false;

 protected:
  static Command command(const std::vector<std::string>& arguments) {
    Command command{
        .program = PERSIST_HOOK_PATH,
        .arguments = {"persist-hook"},
        .environment = {"PATH=/usr/bin:/bin", "PERSIST_HOOK_RESOLVER=" + cache_->address(),
                        "PERSIST_HOOK_ALLOW_PRIVATE_SERVERS=true", "PERSIST_HOOK_NO_CAA=true",
                        "PERSIST_HOOK_ISSUER=ca.example",
                        "PERSIST_HOOK_ACCOUNT_URL=https://ca.example/1"}};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    return command;
  }
  static CommandResult hook(const std::vector<std::string>& arguments) {
    return run_command(command(arguments));
  }
  static CommandResult authoritative(const std::string& name) {
    return hook({"check", name, "--authoritative"});
  }
  /// A call by a client.
  static CommandResult call(const std::string& name) {
    return hook({"dehydrated", "generate_csr", name, "/nonexistent", name});
  }

  inline static std::unique_ptr<ZoneServer> first_, second_;
  inline static std::unique_ptr<CachingServer> cache_;
};

std::string file_text(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// persist-hook in the background, as a shell would have it.
class Background {
 public:
  explicit Background(Command command) {
    command.descriptors[2].path = errors();
    std::ofstream(errors()).close();
    std::vector<std::string> words{"sh", "-c", "echo $$ > \"$0\"; exec \"$@\"", folder_ / "pid",
                                   command.program};
    // The shell gives the program its own name.
    words.insert(words.end(), command.arguments.begin() + 1, command.arguments.end());
    command.arguments = std::move(words);
    command.program = "/bin/sh";
    thread_ = std::thread([this, command] { result_ = run_command(command); });
  }
  ~Background() {
    if (thread_.joinable()) thread_.join();
  }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  /// Until it has said so; false if it never does.
  bool wait_for(const std::string& text) const {
    const auto deadline = Clock::now() + std::chrono::seconds{30};
    while (Clock::now() < deadline) {
      if (file_text(errors()).find(text) != std::string::npos) return true;
      poll(nullptr, 0, 20);
    }
    return false;
  }
  void signal(int number) const { ::kill(std::stoi(file_text(folder_ / "pid")), number); }
  const CommandResult& end() {
    thread_.join();
    result_.err = file_text(errors());
    return result_;
  }

 private:
  std::string errors() const { return folder_ / "errors"; }

  testing::TemporaryFolder folder_{};
  CommandResult result_{};
  std::thread thread_{};
};

TEST_F(ZoneServers, AllAuthorise) {
  const auto got = authoritative("good.both.test");
  EXPECT_EQ(got.status, "0") << got.err;
  EXPECT_EQ(got.err, "");
}

TEST_F(ZoneServers, TheyDisagree) {
  const auto got = authoritative("differs.both.test");
  EXPECT_EQ(got.status, "3");
  EXPECT_THAT(got.err, HasSubstr("the name servers of the zone do not agree (1 authorise, 1 "
                                 "refuse)"));
  EXPECT_THAT(got.err, HasSubstr("asked:   a.both.test (127.0.0.11): authorised ("));
  EXPECT_THAT(got.err, HasSubstr("asked:   b.both.test (127.0.0.12): the record is missing"));
}

TEST_F(ZoneServers, AllRefuse) {
  const auto got = authoritative("none.both.test");
  EXPECT_EQ(got.status, "1") << got.err;
}

TEST_F(ZoneServers, OneIsDead) {
  const auto got = authoritative("good.dead.test");
  EXPECT_EQ(got.status, "0") << got.err;
  EXPECT_THAT(got.err, HasSubstr("warning: dead.dead.test (127.0.0.13): "));
}

TEST_F(ZoneServers, D27_OneAnswersFromItsCache) {
  // So that the lame server has the answer, and gives it without authority.
  ASSERT_EQ(hook({"check", "good.lame.test"}).status, "0");
  const auto got = authoritative("good.lame.test");
  EXPECT_EQ(got.status, "0") << got.err;
  EXPECT_THAT(got.err, HasSubstr("warning: lame.lame.test (127.0.0.14): no answer from the server: "
                                 "it does not serve this name"));
}

TEST_F(ZoneServers, D04_OneDoesNotServeTheZone) {
  const auto got = authoritative("good.foreign.test");
  EXPECT_EQ(got.status, "0") << got.err;
  EXPECT_THAT(got.err, HasSubstr("warning: b.foreign.test (127.0.0.12): the server does not answer "
                                 "us (REFUSED)"));
}

TEST_F(ZoneServers, AnAliasLeadsToTheServersOfItsTarget) {
  const auto got = hook({"check", "alias.both.test", "--authoritative", "--format", "json"});
  EXPECT_EQ(got.status, "0") << got.err;
  EXPECT_THAT(got.out, HasSubstr("\"server\":\"b.only.test\",\"address\":\"127.0.0.12\""));
}

TEST_F(ZoneServers, S14_LoopbackIsNotAskedUnlessAllowed) {
  Command check = command({"check", "good.both.test", "--authoritative"});
  std::erase(check.environment, "PERSIST_HOOK_ALLOW_PRIVATE_SERVERS=true");
  const auto got = run_command(check);
  EXPECT_EQ(got.status, "3");
  EXPECT_THAT(got.err, HasSubstr("the address is no public one (--allow-private-servers)"));
}

TEST_F(ZoneServers, G3_ANegativeCacheDoesNotBlockARepairedName) {
  EXPECT_EQ(call("x.cache.test").status, "1");
  first_->serve("cache.test", both + record_of("x"));
  second_->serve("cache.test", both + record_of("x"));
  const auto by_hand = hook({"check", "x.cache.test"});
  EXPECT_EQ(by_hand.status, "1") << "unbound should still have the old answer";
  const auto got = call("x.cache.test");
  EXPECT_EQ(got.status, "0") << got.err;
  EXPECT_THAT(got.err, HasSubstr("warning: the name servers of the zone authorise it "
                                 "(a.cache.test (127.0.0.11), b.cache.test (127.0.0.12)); the "
                                 "resolver still has an older answer, for up to "));
}

TEST_F(ZoneServers, G3_ARefusalIsConfirmed) {
  const auto got = call("none.both.test");
  EXPECT_EQ(got.status, "1");
  EXPECT_THAT(got.err, HasSubstr("confirmed by the name servers of the zone: a.both.test "
                                 "(127.0.0.11), b.both.test (127.0.0.12)"));
}

TEST_F(ZoneServers, WaitEndsWhenTheSecondServerHasTheRecord) {
  Background wait(command({"wait", "x.wait.test", "--interval", "1s", "--timeout", "60s"}));
  ASSERT_TRUE(wait.wait_for("b.wait.test (127.0.0.12): the record is missing"));
  second_->serve("wait.test", both + record_of("x"));
  const CommandResult& got = wait.end();
  EXPECT_EQ(got.status, "0") << got.err;
  EXPECT_EQ(got.out,
            "x.wait.test: every name server of the zone serves a record that authorises\n");
  EXPECT_EQ(got.err,
            "persist-hook: x.wait.test: a.wait.test (127.0.0.11): authorised (wildcard: no; until: "
            "never)\n"
            "persist-hook: x.wait.test: b.wait.test (127.0.0.12): the record is missing: the name "
            "does not exist (NXDOMAIN)\n"
            "persist-hook: x.wait.test: b.wait.test (127.0.0.12): authorised (wildcard: no; until: "
            "never)\n");
}

TEST_F(ZoneServers, WaitUntilNoServerHasTheRecord) {
  first_->serve("gone.test", both);
  Background wait(command({"wait", "x.gone.test", "--gone", "--interval", "1s"}));
  ASSERT_TRUE(wait.wait_for("b.gone.test (127.0.0.12): authorised"));
  second_->serve("gone.test", both);
  const CommandResult& got = wait.end();
  EXPECT_EQ(got.status, "0") << got.err;
  EXPECT_EQ(got.out, "x.gone.test: no name server of the zone serves a record that authorises\n");
}

TEST_F(ZoneServers, C10_WaitEndsInTime) {
  const auto got = hook({"wait", "x.stop.test", "--timeout", "2s", "--interval", "1s"});
  EXPECT_EQ(got.status, "1") << got.err;
  EXPECT_LT(got.elapsed, std::chrono::milliseconds{2500});
}

TEST_F(ZoneServers, C10_SilentServersEndInTime) {
  const FileDescriptor silent = silent_server();
  for (const std::string& resolver : {cache_->address(), std::string(silent_address)}) {
    const auto got = hook({"check", "good.silent.test", "--authoritative", "--timeout", "1s",
                           "--resolver", resolver});
    EXPECT_EQ(got.status, "3") << got.err;
    EXPECT_LT(got.elapsed, std::chrono::milliseconds{1500});
  }
}

TEST_F(ZoneServers, C10_ConfirmationEndsInTime) {
  const FileDescriptor silent = silent_server();
  const auto got = hook({"dehydrated", "--timeout", "1s", "generate_csr", "none.half.test",
                         "/nonexistent", "none.half.test"});
  EXPECT_EQ(got.status, "1") << got.err;
  EXPECT_THAT(got.err, HasSubstr("confirmed by the name servers of the zone: a.half.test"));
  EXPECT_LT(got.elapsed, std::chrono::milliseconds{1500});
}

TEST_F(ZoneServers, OneIsSilent) {
  const FileDescriptor silent = silent_server();
  const auto got = authoritative("good.half.test");
  EXPECT_EQ(got.status, "0") << got.err;
  EXPECT_THAT(got.err, HasSubstr("warning: silent.half.test (127.0.0.15): it does not answer\n"));
}

TEST_F(ZoneServers, F06_ASignalEndsTheWait) {
  for (const int number : {SIGINT, SIGTERM}) {
    Background wait(command({"wait", "x.stop.test", "--interval", "30s"}));
    ASSERT_TRUE(wait.wait_for("a.stop.test (127.0.0.11): the record is missing"));
    const auto signalled = Clock::now();
    wait.signal(number);
    const CommandResult& got = wait.end();
    EXPECT_LT(Clock::now() - signalled, std::chrono::seconds{1});
    EXPECT_EQ(got.status, "signal " + std::to_string(number));
    EXPECT_THAT(got.err, HasSubstr("interrupted"));
  }
}

}  // namespace
}  // namespace persist::integration

int main(int argc, char** argv) {
  ::testing::InitGoogleMock(&argc, argv);
  using persist::integration::ZoneServers;
  ZoneServers::is_possible_ = persist::integration::missing_name_servers().empty() &&
                              persist::integration::enter_own_network();
  return RUN_ALL_TESTS();
}
