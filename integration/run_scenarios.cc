#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>
#include <sstream>

#include "integration/scenario.h"
#include "integration/words.h"

namespace persist::integration {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << "cannot read " << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_text(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << text;
  ASSERT_TRUE(file.flush()) << "cannot write " << path;
}

bool updates_golden() {
  const char* const value = std::getenv("PERSIST_UPDATE_GOLDEN");
  return value != nullptr && std::string_view(value) == "1";
}

/// A folder that is gone with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string path = (fs::temp_directory_path() / "persist-scenario-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) std::abort();
    path_ = path;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// What a scenario runs in: its servers, its folder, and the names that stand for them in texts.
class Stage {
 public:
  explicit Stage(const Scenario& scenario) {
    ::umask(022);  // modes of files are told in output
    for (const ScenarioServer& server : scenario.servers) {
      servers_.emplace(server.name, std::make_unique<FakeDns>(server.options));
    }
    for (const ScenarioFile& file : scenario.files) {
      write_text(folder_.path() / file.name, fill_in(file.text));
    }
  }

  /// Text of a scenario with its `{names}` replaced.
  std::string fill_in(std::string text) const {
    for (const auto& [name, value] : names()) text = replace_all(std::move(text), name, value);
    return text;
  }

  /// Output of a program with what differs from run to run replaced by `{names}`.
  std::string take_out(std::string text) const {
    for (const auto& [name, value] : names()) text = replace_whole(std::move(text), value, name);
    // How many tries fit into a time limit depends on the load of the machine.
    static const std::regex patience("\\([0-9]+ tr(y|ies), [0-9]+\\.[0-9] s\\)");
    text = std::regex_replace(text, patience, "({tries}, {seconds})");
    return text;
  }

  std::string folder() const { return folder_.path().string(); }
  std::vector<LoggedQuery> queries(const std::string& server) const {
    return servers_.at(server)->queries();
  }

 private:
  /// Whole addresses before bare ports.
  std::vector<std::pair<std::string, std::string>> names() const {
    std::vector<std::pair<std::string, std::string>> out{{"{tmp}", folder()}};
    // The server's sockets are bound to 127.0.0.1, so nobody can be listening there.
    out.emplace_back("{closed}", "127.0.0.2:" + std::to_string(servers_.at("dns")->port()));
    for (const auto& [name, server] : servers_) {
      out.emplace_back("{" + name + "}", server->address());
    }
    for (const auto& [name, server] : servers_) {
      out.emplace_back("{" + name + ".port}", std::to_string(server->port()));
    }
    return out;
  }

  std::map<std::string, std::unique_ptr<FakeDns>> servers_;
  TemporaryFolder folder_;
};

std::string program_path(const std::string& name) {
  if (name == "persist-hook") return PERSIST_HOOK_PATH;
  if (name == "persist-lint") return PERSIST_LINT_PATH;
  return {};
}

/// Little and always the same; what sanitizers and coverage need is handed on.
std::vector<std::string> base_environment(const Stage& stage) {
  std::vector<std::string> out{"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=" + stage.folder()};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LLVM_PROFILE_FILE"}) {
    if (const char* const value = std::getenv(name)) out.push_back(std::string(name) + "=" + value);
  }
  return out;
}

Command command_of(const Scenario& scenario, const Stage& stage) {
  Command command{.program = program_path(scenario.command[0]),
                  .arguments = {},
                  .environment = base_environment(stage),
                  .folder = stage.folder(),
                  .descriptors = scenario.descriptors,
                  .mount = scenario.mount};
  for (const std::string& word : scenario.command) command.arguments.push_back(stage.fill_in(word));
  for (const std::string& setting : scenario.environment) {
    command.environment.push_back(stage.fill_in(setting));
  }
  for (Redirection& redirection : command.descriptors) {
    redirection.path = stage.fill_in(redirection.path);
  }
  if (command.mount) command.mount->source = stage.fill_in(command.mount->source);
  return command;
}

/// What holds for the output of every run: whole lines, and no control octet but line ends and
/// tabs.
void check_is_printable(const std::string& text, const char* stream) {
  EXPECT_TRUE(text.empty() || text.back() == '\n') << stream << " ends within a line: " << text;
  const auto is_control = [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
  };
  EXPECT_EQ(std::count_if(text.begin(), text.end(), is_control), 0)
      << stream << " has control octets: " << testing::PrintToString(text);
}

void check_log(const LogCheck& check, const Stage& stage) {
  const auto queries = stage.queries(check.server);
  std::string log;
  for (const LoggedQuery& query : queries) log += to_text(query) + "\n";
  const bool found = log.find(check.text) != log.npos;
  switch (check.kind) {
    case LogCheck::Kind::count:
      EXPECT_EQ(queries.size(), check.number) << log;
      break;
    case LogCheck::Kind::contains:
      EXPECT_TRUE(found) << "no " << check.text << " in the query log:\n" << log;
      break;
    case LogCheck::Kind::lacks:
      EXPECT_FALSE(found) << check.text << " in the query log:\n" << log;
      break;
    case LogCheck::Kind::well_formed:
      EXPECT_FALSE(queries.empty());
      EXPECT_EQ(log.find(" malformed "), log.npos) << log;
  }
}

fs::path path_of(const std::string& name) {
  return fs::path(PERSIST_SCENARIOS_DIR) / (name + ".txt");
}

/// The scenario whose text is in the file; a failure, and the default, if it cannot be read.
Scenario read_scenario(const std::string& name) {
  auto parsed = parse_scenario(read_text(path_of(name)));
  EXPECT_EQ(parsed.error, "") << path_of(name);
  return std::move(parsed.scenario);
}

void check_output(const std::string& name, const Scenario& scenario, const std::string& out,
                  const std::string& err) {
  const Scenario expected =
      scenario.output_of.empty() ? scenario : read_scenario(scenario.output_of);
  ASSERT_TRUE(expected.out && expected.err)
      << name << " has no expected output; PERSIST_UPDATE_GOLDEN=1 writes it, for review";
  EXPECT_EQ(out, *expected.out) << "stdout";
  EXPECT_EQ(err, *expected.err) << "stderr";
}

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(PERSIST_SCENARIOS_DIR)) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(ScenarioFolder, IsNotEmpty) {
  EXPECT_FALSE(scenario_names().empty()) << PERSIST_SCENARIOS_DIR;
}

class Scenarios : public testing::TestWithParam<std::string> {};

TEST_P(Scenarios, Run) {
  const Scenario scenario = read_scenario(GetParam());
  if (HasFailure()) return;
  ASSERT_NE(program_path(scenario.command[0]), "") << scenario.command[0] << " is not ours to run";
  if (scenario.mount && !can_bind_mount()) GTEST_SKIP() << "needs a mount namespace";
  const Stage stage(scenario);
  if (HasFailure()) return;
  const CommandResult result = run_command(command_of(scenario, stage));
  const std::string out = stage.take_out(result.out), err = stage.take_out(result.err);
  EXPECT_EQ(result.status, scenario.status) << "stdout:\n" << out << "stderr:\n" << err;
  const auto bound = scenario.within.value_or(result.elapsed);
  EXPECT_LE(result.elapsed.count(), bound.count()) << "milliseconds";
  for (const LogCheck& check : scenario.log_checks) check_log(check, stage);
  check_is_printable(out, "stdout");
  check_is_printable(err, "stderr");
  if (!updates_golden()) {
    check_output(GetParam(), scenario, out, err);
  } else if (!HasFailure() && scenario.output_of.empty()) {
    const fs::path path = path_of(GetParam());
    write_text(path, with_output(read_text(path), out, err));
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Scenarios, testing::ValuesIn(scenario_names()),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace persist::integration
