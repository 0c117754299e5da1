#include "hook/doctor/course.h"

#include <string>
#include <string_view>

#include "base/ascii.h"

namespace persist::hook::doctor {
namespace {

/// Follows a list through; of its commands one is ours, and some start a client by themselves.
class Follower {
 public:
  Follower(const CommandList& list, std::size_t ours, const std::vector<bool>& starts_client)
      : commands_(list.commands), ours_(ours), starts_client_(starts_client) {}

  Course follow() {
    bool runs = true;
    for (std::size_t first = 0; first < commands_.size();) {
      const std::size_t last = end_of_pipe(first);
      const Join join = commands_[last].join;
      if (runs && run(first, last)) break;
      if (join == Join::background) course_.fails = false;
      const bool is_between = join == Join::on_success || join == Join::on_failure;
      if (!is_between && runs && course_.fails && stops_at_errors_) break;
      runs = join == Join::on_success   ? !course_.fails
             : join == Join::on_failure ? course_.fails
                                        : true;
      first = last + 1;
    }
    return course_;
  }

 private:
  std::size_t end_of_pipe(std::size_t first) const {
    while (commands_[first].join == Join::pipe && first + 1 < commands_.size()) ++first;
    return first;
  }

  /// True if the shell ends there.
  bool run(std::size_t first, std::size_t last) {
    const bool is_ours = first <= ours_ && ours_ <= last;
    course_.runs_us = course_.runs_us || is_ours;
    for (std::size_t i = first; i <= last; ++i) {
      course_.starts_client = course_.starts_client || starts_client_[i];
    }
    const auto& words = commands_[last].words;
    const std::string_view name = words.empty() ? std::string_view() : words.front();
    if (name == "exit" && first == last) {
      if (words.size() > 1) course_.fails = words[1] != "0";
      return true;
    }
    if (name == "set") take_options(words);
    course_.fails = (is_ours && (last == ours_ || pipes_fail_)) || name == "false";
    return name == "exec" && first == last;
  }

  void take_options(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      if (word == "pipefail") pipes_fail_ = true;
      if (word == "errexit") stops_at_errors_ = true;
      const bool is_letters = word.size() > 1 && word[1] != '-';
      if (is_letters && word[0] == '-' && contains(word, "e")) stops_at_errors_ = true;
      if (is_letters && word[0] == '+' && contains(word, "e")) stops_at_errors_ = false;
    }
  }

  const std::vector<SimpleCommand>& commands_;
  std::size_t ours_;
  const std::vector<bool>& starts_client_;
  Course course_;
  bool stops_at_errors_ = false;
  bool pipes_fail_ = false;
};

}  // namespace

Course follow(const CommandList& list, std::size_t ours, const std::vector<bool>& starts_client) {
  return Follower(list, ours, starts_client).follow();
}

}  // namespace persist::hook::doctor
