// Who may include whom: the table of docs/design.md, held by a test. Deciding stays pure and
// libraries stay exchangeable only as long as no include leads the wrong way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/files.h"

namespace {

using testing::IsEmpty;
using Texts = std::vector<std::string>;

/// A module's rights; a prefix that ends in a slash is a folder, any other one is a single header.
struct Module {
  Texts may_include;
  Texts third_party{};   ///< prefixes of headers of other libraries, in .cc files
  bool is_pure = false;  ///< no header of the operating system either
};

const std::map<std::string, Module> modules{
    {"base", {{"base/"}, {"fmt/"}, true}},
    {"record", {{"base/", "record/"}, {"fmt/"}, true}},
    {"dns", {{"base/", "record/", "dns/"}, {"fmt/"}}},
    {"acme", {{"base/", "record/", "acme/"}, {"fmt/"}}},
    {"config", {{"base/", "record/", "config/"}, {"fmt/", "nlohmann/"}}},
    {"report", {{"base/", "record/", "report/"}, {"fmt/", "nlohmann/"}}},
    {"publish",
     {{"base/", "record/", "publish/", "report/json_writer.h", "report/sink.h"}, {"fmt/"}, true}},
    {"clients",
     {{"base/", "record/", "clients/", "acme/account_key.h", "config/yaml_events.h"}, {"fmt/"}}},
    {"survey", {{"base/", "record/", "dns/", "survey/", "config/inventory.h"}, {"fmt/"}, true}},
    {"rules",
     {{"base/", "record/", "rules/", "survey/subject.h", "config/inventory.h",
       "report/diagnostic.h", "report/method_text.h"},
      {"fmt/"},
      true}},
    {"app",
     {{"base/", "record/", "dns/", "acme/", "config/", "report/", "clients/", "survey/", "rules/",
       "app/"},
      {"fmt/", "CLI/"}}},
    {"hook",
     {{"base/", "record/", "dns/", "acme/", "config/", "report/", "publish/", "clients/", "survey/",
       "rules/", "app/", "hook/"},
      {"fmt/"}}},
    {"lint",
     {{"base/", "record/", "dns/", "acme/", "config/", "report/", "publish/", "clients/", "survey/",
       "rules/", "app/", "lint/"},
      {"fmt/"}}},
};

/// Libraries that only these files may include: the header's prefix, the file.
const std::vector<std::pair<std::string, std::string>> sole_users{
    {"openssl/sha.h", "base/sha2.cc"},
    {"nlohmann/", "base/json.cc"},
    {"idn2.h", "record/a_label.cc"},
    {"libpsl.h", "record/public_suffix.cc"},
    {"ares.h", "dns/cares_channel.cc"},
    {"zscanner/", "dns/zone_file.cc"},
    {"curl/", "acme/curl_http_client.cc"},
    {"openssl/", "acme/account_key.cc"},
    {"yaml-cpp/", "config/yaml_events.cc"},
    {"pugixml", "report/junit.cc"},
    {"CLI/", "hook/cli.cc"},
    {"CLI/", "lint/cli.cc"},
};

const std::set<std::string> system_headers{
    "arpa/inet.h",     "fcntl.h",      "netinet/in.h",  "poll.h",        "sys/random.h",
    "sys/resource.h",  "sys/socket.h", "sys/stat.h",    "sys/time.h",    "sys/types.h",
    "sys/uio.h",       "sys/un.h",     "time.h",        "unistd.h",      "signal.h",
    "sys/epoll.h",     "sys/prctl.h",  "sys/mman.h",    "netinet/udp.h", "net/if.h",
    "errno.h",         "sys/ioctl.h",  "netinet/tcp.h", "sys/syscall.h", "dirent.h",
    "linux/openat2.h", "sys/auxv.h",   "sys/wait.h",    "syslog.h",      "langinfo.h",
    "locale.h",        "malloc.h",
};

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool has_prefix_of(const Texts& prefixes, std::string_view text) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return begins_with(text, prefix); });
}

bool is_sole_user(std::string_view header, const std::string& file) {
  return std::any_of(sole_users.begin(), sole_users.end(), [&](const auto& row) {
    return begins_with(header, row.first) && row.second == file;
  });
}

bool is_standard(std::string_view header) {
  return header.find_first_of("./") == std::string_view::npos;
}

/// `file` by module path, `record/evaluate.cc`; `header` between quotes or angle brackets.
bool may_include(const std::string& file, std::string_view header, bool angled) {
  const auto found = modules.find(file.substr(0, file.find('/')));
  if (found == modules.end()) return false;
  const Module& module = found->second;
  if (!angled) return has_prefix_of(module.may_include, header);
  if (is_standard(header)) return true;
  if (system_headers.count(std::string(header)) > 0) return !module.is_pure;
  if (file.ends_with(".h")) return false;
  return has_prefix_of(module.third_party, header) || is_sole_user(header, file);
}

struct Line {
  std::string header;
  bool angled;
};

std::optional<Line> include_in(std::string_view line) {
  constexpr std::string_view directive = "#include ";
  const auto at = line.find_first_not_of(" \t");
  if (at == std::string_view::npos || !begins_with(line.substr(at), directive)) return {};
  line.remove_prefix(at + directive.size());
  const auto end = line.find_first_of("\">", 1);
  if (end == std::string_view::npos) return {};
  return Line{std::string(line.substr(1, end - 1)), line[0] == '<'};
}

/// What only a program's main may do: ask the clock and the environment.
std::optional<std::string> impurity_in(const std::string& file, std::string_view line) {
  if (file.ends_with("/main.cc") || file.ends_with("/acme_main.cc")) return {};
  for (const std::string_view call :
       {"system_clock::now", "getenv", "gettimeofday", "CLOCK_REALTIME"}) {
    const auto at = line.find(call);
    if (at != std::string_view::npos && line.substr(0, at).find("//") == std::string_view::npos) {
      return std::string(call);
    }
  }
  return {};
}

struct Source {
  std::filesystem::path path;
  std::string file;  ///< by module path
};

std::vector<Source> all_sources() {
  const std::filesystem::path root(persist::testing::source_folder());
  std::vector<Source> sources;
  const auto add = [&](const std::filesystem::path& folder, const std::filesystem::path& base) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cc") continue;
      sources.push_back({entry.path(), entry.path().lexically_relative(base).generic_string()});
    }
  };
  add(root / "shared", root / "shared");
  add(root / "hook", root);
  add(root / "lint", root);
  return sources;
}

Texts violations_in(const Source& source) {
  Texts found;
  std::ifstream in(source.path);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const std::string place = source.file + ":" + std::to_string(number) + ": ";
    const auto include = include_in(line);
    if (include && !may_include(source.file, include->header, include->angled)) {
      found.push_back(place + "must not include " + include->header);
    }
    if (const auto call = impurity_in(source.file, line))
      found.push_back(place + "must not call " + *call);
  }
  return found;
}

TEST(Layering, IncludesFollowTheTable) {
  Texts found;
  for (const Source& source : all_sources()) {
    for (const std::string& violation : violations_in(source)) found.push_back(violation);
  }
  EXPECT_THAT(found, IsEmpty());
}

TEST(Layering, EveryModuleIsLookedAt) {
  std::set<std::string> seen;
  std::size_t includes = 0;
  for (const Source& source : all_sources()) {
    seen.insert(source.file.substr(0, source.file.find('/')));
    std::ifstream in(source.path);
    std::string line;
    while (std::getline(in, line)) includes += include_in(line) ? 1U : 0U;
  }
  for (const char* module : {"base", "record", "dns", "acme", "clients", "config", "survey",
                             "rules", "report", "publish", "app", "hook", "lint"}) {
    EXPECT_EQ(seen.count(module), 1U) << module;
  }
  EXPECT_GT(includes, 300U);
}

struct Case {
  std::string name;
  std::string file;
  std::string line;
  bool want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"own_module", "record/evaluate.cc", "#include \"record/evaluate.h\"", true},
    {"downwards", "record/evaluate.cc", "#include \"base/ascii.h\"", true},
    {"upwards", "base/ascii.h", "#include \"record/evaluate.h\"", false},
    {"sibling", "dns/message.cc", "#include \"config/inventory.h\"", false},
    {"rules_to_dns", "rules/ttl_long.cc", "#include \"dns/answer.h\"", false},
    {"rules_to_subject", "rules/ttl_long.cc", "#include \"survey/subject.h\"", true},
    {"rules_to_survey", "rules/ttl_long.cc", "#include \"survey/survey.h\"", false},
    {"survey_to_reader", "survey/survey.cc", "#include \"config/inventory_reader.h\"", false},
    {"report_to_rules", "report/text.cc", "#include \"rules/rule.h\"", false},
    {"publish_to_rules", "publish/ticket.cc", "#include \"rules/rule.h\"", false},
    {"publish_to_json", "publish/json.cc", "#include \"report/json_writer.h\"", true},
    {"hook_to_publish", "hook/record.cc", "#include \"publish/writer.h\"", true},
    {"hook_to_lint", "hook/hook.cc", "#include \"lint/audit.h\"", false},
    {"lint_to_hook", "lint/lint.cc", "#include \"hook/client.h\"", false},
    {"standard", "record/evaluate.h", "#include <vector>", true},
    {"system_in_pure_module", "record/evaluate.cc", "#include <unistd.h>", false},
    {"system_in_pure_rules", "rules/ttl_long.cc", "#include <poll.h>", false},
    {"system_at_the_rim", "dns/exchange.cc", "#include <poll.h>", true},
    {"third_party_in_header", "dns/cares_channel.h", "#include <ares.h>", false},
    {"fmt_in_header", "base/escape.h", "#include <fmt/format.h>", false},
    {"fmt_in_source", "base/escape.cc", "#include <fmt/format.h>", true},
    {"sole_user", "dns/cares_channel.cc", "#include <ares.h>", true},
    {"second_user", "dns/message.cc", "#include <ares.h>", false},
    {"openssl_of_another", "record/account_binding.cc", "#include <openssl/evp.h>", false},
    {"x509_elsewhere_in_clients", "clients/certbot.cc", "#include <openssl/x509v3.h>", false},
    {"clients_to_json_of_acme", "clients/certbot.cc", "#include \"acme/json_value.h\"", false},
    {"json_library_of_base", "base/json.cc", "#include <nlohmann/json.hpp>", true},
    {"json_library_elsewhere", "acme/directory.cc", "#include <nlohmann/json.hpp>", false},
    {"openssl_of_base", "base/sha2.cc", "#include <openssl/sha.h>", true},
    {"unknown_library", "app/process.cc", "#include <boost/asio.hpp>", false},
    {"unknown_module", "util/text.cc", "#include <string>", false},
    {"indented", "base/ascii.h", "  #include \"record/evaluate.h\"", false},
};

class LayeringTable : public testing::TestWithParam<Case> {};

TEST_P(LayeringTable, AllowsOrForbids) {
  const auto include = include_in(GetParam().line);
  ASSERT_TRUE(include.has_value());
  EXPECT_EQ(may_include(GetParam().file, include->header, include->angled), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, LayeringTable, testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(LayeringTable, ClockAndEnvironmentBelongToMain) {
  EXPECT_FALSE(impurity_in("hook/main.cc", "auto now = std::chrono::system_clock::now();"));
  EXPECT_TRUE(impurity_in("hook/hook.cc", "auto now = std::chrono::system_clock::now();"));
  EXPECT_TRUE(impurity_in("app/process.cc", "const char* home = std::getenv(\"HOME\");"));
  EXPECT_FALSE(impurity_in("app/process.cc", "// no getenv here"));
}

}  // namespace
