#include "hook/process_tree.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <string_view>
#include <utility>

#include "base/ascii.h"

namespace persist::hook {
namespace {

/// Of PID namespaces no more than 32 can be nested, but of processes any number.
constexpr std::size_t most_ancestors = 1000;
constexpr std::size_t largest_text_octets = 65'536;

struct FileText {
  std::string text;
  bool is_cut;
};

/// Files of /proc tell no size.
std::optional<FileText> read_text(const std::string& path, std::size_t most_octets) {
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return {};
  FileText read{.text = {}, .is_cut = false};
  std::array<char, 65'536> part;
  ssize_t count = 0;
  while (read.text.size() <= most_octets) {
    count = ::read(file, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    read.text.append(part.data(), static_cast<std::size_t>(count));
  }
  ::close(file);
  if (count < 0) return {};
  read.is_cut = read.text.size() > most_octets;
  if (read.is_cut) read.text.resize(most_octets);
  return read;
}

std::optional<std::string> read_link(const std::string& path) {
  std::string target(PATH_MAX, '\0');
  const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
  if (size <= 0 || static_cast<std::size_t>(size) == target.size()) return {};
  target.resize(static_cast<std::size_t>(size));
  return target;
}

template <typename Number>
std::optional<Number> parse_number(std::string_view text, int base = 10) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc{} || stop != end || text.empty()) return {};
  return number;
}

/// `PID (NAME) STATE PPID ...`; the name may hold anything, parentheses and newlines too.
/// Source: proc(5); field 22 is the start time.
std::optional<Process> parse_stat(std::string_view text, int pid) {
  constexpr std::size_t parent_field = 1;
  constexpr std::size_t start_time_field = 19;
  const std::size_t open = text.find('(');
  const std::size_t close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return {};
  const std::vector<std::string_view> fields = split(trim(text.substr(close + 1)), ' ');
  if (fields.size() <= start_time_field || fields[0].size() != 1) return {};
  const auto parent = parse_number<int>(fields[parent_field]);
  const auto start_time = parse_number<std::uint64_t>(fields[start_time_field]);
  if (!parent || !start_time) return {};
  return Process{.pid = pid,
                 .parent_pid = *parent,
                 .state = fields[0].front(),
                 .start_time = *start_time,
                 .name = std::string(text.substr(open + 1, close - open - 1))};
}

/// What follows `Uid:` and its like; the kernel writes a newline in the name as `\n`.
std::string_view field_of_status(std::string_view text, std::string_view key) {
  for (const std::string_view line : split(text, '\n')) {
    if (line.substr(0, key.size()) == key) return trim(line.substr(key.size()));
  }
  return {};
}

bool take_status(std::string_view text, Process& process) {
  const std::vector<std::string_view> users = split(field_of_status(text, "Uid:"), '\t');
  const auto ignored = parse_number<std::uint64_t>(field_of_status(text, "SigIgn:"), 16);
  if (users.size() < 2 || !ignored) return false;
  const auto real = parse_number<unsigned>(users[0]);
  const auto effective = parse_number<unsigned>(users[1]);
  if (!real || !effective) return false;
  process.real_user = *real;
  process.effective_user = *effective;
  process.ignored_signals = *ignored;
  return true;
}

/// Each argument ends in a NUL, but where the process wrote over them. What was cut off in the
/// middle is none.
std::vector<std::string> split_arguments(const FileText& line) {
  std::string_view rest = line.text;
  std::vector<std::string> arguments;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos && line.is_cut) break;
    arguments.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return arguments;
}

}  // namespace

bool Process::ignores(int signal) const {
  return signal >= 1 && signal <= 64 &&
         (ignored_signals >> static_cast<unsigned>(signal - 1) & 1U) != 0;
}

std::optional<Process> ProcessTree::find(int pid) const {
  const std::string folder = proc_folder_ + "/" + std::to_string(pid) + "/";
  const auto stat = read_text(folder + "stat", largest_text_octets);
  auto process = stat ? parse_stat(stat->text, pid) : std::nullopt;
  const auto status = read_text(folder + "status", largest_text_octets);
  if (!process || !status || !take_status(status->text, *process)) return {};
  if (const auto line = read_text(folder + "cmdline", largest_command_line_octets)) {
    process->arguments = split_arguments(*line);
    process->arguments_are_cut = line->is_cut;
  }
  process->executable = read_link(folder + "exe");
  process->folder = read_link(folder + "cwd");
  // The number may have been given to another process meanwhile.
  const auto after = read_text(folder + "stat", largest_text_octets);
  const auto still = after ? parse_stat(after->text, pid) : std::nullopt;
  if (!still || still->start_time != process->start_time) return {};
  return process;
}

std::optional<Process> ProcessTree::self() const {
  // Not getpid(): the folder may show another PID namespace, and a made one has its own number.
  const auto target = read_link(proc_folder_ + "/self");
  const auto pid = target ? parse_number<int>(*target) : std::nullopt;
  return pid ? find(*pid) : std::nullopt;
}

std::vector<Process> ProcessTree::ancestors(const Process& process) const {
  std::vector<Process> found;
  const Process* child = &process;
  while (child->parent_pid > 0 && found.size() < most_ancestors) {
    auto parent = find(child->parent_pid);
    // Nobody's parent is younger: its number was given anew.
    if (!parent || parent->start_time > child->start_time || parent->pid == child->pid) break;
    found.push_back(*std::move(parent));
    child = &found.back();
  }
  return found;
}

}  // namespace persist::hook
