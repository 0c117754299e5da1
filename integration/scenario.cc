#include "integration/scenario.h"

#include <sstream>

#include "integration/fake_dns_text.h"
#include "integration/words.h"

namespace persist::integration {
namespace {

/// One line, cut up: `keyword argument: value`.
struct Line {
  std::string keyword;
  std::string argument;
  std::string value;
};

std::string without_outer_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

Line split_line(std::string_view text) {
  const auto colon = text.find(':');
  const std::string head = without_outer_blanks(text.substr(0, colon));
  const auto blank = head.find(' ');
  Line line{.keyword = head.substr(0, blank), .argument = {}, .value = {}};
  if (blank != head.npos) line.argument = without_outer_blanks(head.substr(blank));
  if (colon != text.npos) line.value = without_outer_blanks(text.substr(colon + 1));
  return line;
}

std::vector<std::string> words_of(const Line& line) {
  return split_command(line.value).value_or(std::vector<std::string>{});
}

ScenarioServer& server_named(Scenario& scenario, const std::string& name) {
  const std::string wanted = name.empty() ? "dns" : name;
  for (ScenarioServer& server : scenario.servers) {
    if (server.name == wanted) return server;
  }
  return scenario.servers.emplace_back(ScenarioServer{.name = wanted});
}

int descriptor_named(std::string_view name) {
  constexpr std::string_view names[] = {"stdin", "stdout", "stderr"};
  for (int number = 0; number < 3; ++number) {
    if (names[number] == name) return number;
  }
  return -1;
}

// Every handler returns what is wrong with the line; empty if nothing is.

std::string read_server(Scenario& scenario, const Line& line) {
  FakeDnsOptions& options = server_named(scenario, line.argument).options;
  for (const std::string& setting : words_of(line)) {
    const auto equals = setting.find('=');
    const std::string key = setting.substr(0, equals);
    const std::string value = equals == setting.npos ? "" : setting.substr(equals + 1);
    if (setting == "tcp=off") {
      options.tcp = false;
    } else if (key == "mode") {
      options.default_mode = value;
    } else if (key == "seed" && number_of(value)) {
      options.seed = *number_of(value);
    } else {
      return "expected tcp=off, mode=NAME or seed=N, found " + setting;
    }
  }
  return {};
}

std::string read_zone(Scenario& scenario, const Line& line) {
  return server_named(scenario, line.argument).options.zone.add_line(line.value);
}

std::string read_value(Scenario& scenario, const Line& line) {
  if (line.argument.empty()) return "a value needs a name";
  scenario.servers[0].options.values[line.argument] = unescape(line.value);
  return {};
}

std::string read_file(Scenario& scenario, const Line& line) {
  if (line.argument.empty()) return "a file needs a name";
  scenario.files.push_back({.name = line.argument});
  return {};
}

std::string read_env(Scenario& scenario, const Line& line) {
  if (line.value.find('=') == line.value.npos) return "expected NAME=VALUE";
  scenario.environment.push_back(line.value);
  return {};
}

std::string read_run(Scenario& scenario, const Line& line) {
  const auto words = split_command(line.value);
  if (!words || words->empty()) return "no command, or an open quote";
  scenario.command = *words;
  return {};
}

std::string read_closed(Scenario& scenario, const Line& line) {
  for (const std::string& name : words_of(line)) {
    const int number = descriptor_named(name);
    if (number < 0) return "expected stdin, stdout or stderr, found " + name;
    scenario.descriptors[static_cast<std::size_t>(number)].closed = true;
  }
  return {};
}

std::string read_redirection(Scenario& scenario, const Line& line) {
  if (line.value.empty()) return "expected a path";
  const auto number = static_cast<std::size_t>(descriptor_named(line.keyword));
  scenario.descriptors[number].path = line.value;
  return {};
}

std::string read_mount(Scenario& scenario, const Line& line) {
  const auto paths = words_of(line);
  if (paths.size() != 2) return "expected SOURCE TARGET";
  scenario.mount = BindMount{.source = paths[0], .target = paths[1]};
  return {};
}

std::string read_status(Scenario& scenario, const Line& line) {
  scenario.status = line.value;
  return line.value.empty() ? "expected a number, or signal N" : "";
}

std::string read_within(Scenario& scenario, const Line& line) {
  const auto unit = line.value.find_first_not_of("0123456789");
  const auto number = number_of(line.value.substr(0, unit));
  const std::string name = unit == line.value.npos ? "" : line.value.substr(unit);
  if (!number || (name != "ms" && name != "s")) return "expected a number of ms or s";
  scenario.within = std::chrono::milliseconds(*number * (name == "s" ? 1000U : 1U));
  return {};
}

std::string read_queries(Scenario& scenario, const Line& line) {
  const auto number = number_of(line.value);
  if (!number) return "expected a number";
  scenario.log_checks.push_back({.kind = LogCheck::Kind::count,
                                 .server = server_named(scenario, line.argument).name,
                                 .number = *number});
  return {};
}

std::string read_query_log(Scenario& scenario, const Line& line) {
  LogCheck check{.kind = LogCheck::Kind::well_formed,
                 .server = server_named(scenario, line.argument).name};
  const auto blank = line.value.find(' ');
  const std::string verb = line.value.substr(0, blank);
  if (blank != line.value.npos) check.text = without_outer_blanks(line.value.substr(blank));
  if (verb == "contains") check.kind = LogCheck::Kind::contains;
  if (verb == "lacks") check.kind = LogCheck::Kind::lacks;
  if (check.text.empty() != (line.value == "well-formed")) {
    return "expected contains TEXT, lacks TEXT or well-formed";
  }
  scenario.log_checks.push_back(std::move(check));
  return {};
}

std::string read_expect(Scenario& scenario, const Line& line) {
  if (line.argument == "stdout") scenario.out.emplace();
  if (line.argument == "stderr") scenario.err.emplace();
  return line.argument == "stdout" || line.argument == "stderr" ? "" : "expected stdout or stderr";
}

std::string read_output_of(Scenario& scenario, const Line& line) {
  scenario.output_of = line.value;
  return {};
}

struct Keyword {
  std::string_view name;
  std::string (*read)(Scenario& scenario, const Line& line);
};

constexpr Keyword keywords[] = {
    {"server", read_server},
    {"zone", read_zone},
    {"value", read_value},
    {"file", read_file},
    {"env", read_env},
    {"run", read_run},
    {"closed", read_closed},
    {"stdin", read_redirection},
    {"stdout", read_redirection},
    {"stderr", read_redirection},
    {"mount", read_mount},
    {"status", read_status},
    {"within", read_within},
    {"queries", read_queries},
    {"query-log", read_query_log},
    {"expect", read_expect},
    {"output-of", read_output_of},
};

/// Adds a `| text` line to the block that `line`, the last line with a keyword, has opened.
std::string add_to_block(Scenario& scenario, const Line& line, std::string_view text) {
  text.remove_prefix(text.starts_with("| ") ? 2 : 1);
  const std::string whole = std::string(text) + "\n";
  if (line.keyword == "file") {
    scenario.files.back().text += whole;
  } else if (line.keyword == "expect") {
    (line.argument == "stdout" ? scenario.out : scenario.err)->append(whole);
  } else {
    return "text that belongs to no block";
  }
  return {};
}

std::string read_line(Scenario& scenario, Line& block, const std::string& text) {
  if (text.empty() || text.starts_with('#')) return {};
  if (text.starts_with('|')) {
    const bool expected = block.keyword == "expect";
    return add_to_block(scenario, block, expected ? text : expand_repeats(text));
  }
  block = split_line(expand_repeats(text));
  for (const Keyword& keyword : keywords) {
    if (keyword.name == block.keyword) return keyword.read(scenario, block);
  }
  return "unknown keyword " + block.keyword;
}

std::string what_is_missing(const Scenario& scenario) {
  if (scenario.command.empty()) return "no run line";
  if (scenario.status.empty()) return "no status line";
  return {};
}

}  // namespace

ScenarioOrError parse_scenario(std::string_view text) {
  ScenarioOrError out;
  Line block;
  std::istringstream lines{std::string(text)};
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (const auto error = read_line(out.scenario, block, line); !error.empty()) {
      out.error = "line " + std::to_string(number) + ": " + error;
      return out;
    }
  }
  out.error = what_is_missing(out.scenario);
  return out;
}

std::string with_output(std::string_view text, std::string_view out, std::string_view err) {
  std::string result;
  bool in_output = false;
  std::istringstream kept{std::string(text)};
  for (std::string line; std::getline(kept, line);) {
    in_output = line.starts_with("expect ") || (in_output && line.starts_with('|'));
    if (!in_output) result += line + "\n";
  }
  const auto append = [&result](std::string_view title, std::string_view output) {
    result += title;
    std::istringstream lines{std::string(output)};
    for (std::string line; std::getline(lines, line);)
      result += line.empty() ? "|\n" : "| " + line + "\n";
  };
  append("expect stdout:\n", out);
  append("expect stderr:\n", err);
  return result;
}

}  // namespace persist::integration
