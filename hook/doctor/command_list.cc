#include "hook/doctor/command_list.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"

namespace persist::hook::doctor {
namespace {

/// Words that begin something else than a simple command.
constexpr std::array<std::string_view, 16> keywords{
    "if", "then", "else", "elif", "fi", "for", "while", "until",
    "do", "done", "case", "esac", "{",  "}",   "!",     "function"};

bool is_assignment(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == 0 || equals == std::string_view::npos || is_digit(word.front())) return false;
  return std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(equals),
                     [](char c) { return is_alphanumeric(c) || c == '_'; });
}

class ListReader {
 public:
  ListReader(std::string_view text, bool has_operators)
      : text_(text), has_operators_(has_operators) {}

  CommandList read() {
    while (at_ < text_.size()) {
      if (!has_operators_ || !take_operator()) take_octet();
    }
    end_command(Join::end);
    // What joins the last command to nothing says nothing but `&`.
    if (!list_.commands.empty() && list_.commands.back().join == Join::always) {
      list_.commands.back().join = Join::end;
    }
    return std::move(list_);
  }

 private:
  bool begins_with(std::string_view part) const { return text_.substr(at_, part.size()) == part; }

  bool take_operator() {
    constexpr std::array<std::pair<std::string_view, Join>, 6> operators{{{"&&", Join::on_success},
                                                                          {"||", Join::on_failure},
                                                                          {"|", Join::pipe},
                                                                          {";", Join::always},
                                                                          {"\n", Join::always},
                                                                          {"&", Join::background}}};
    if (begins_with("&>") || begins_with(">") || begins_with("<")) return take_redirection();
    if (text_[at_] == '#' && !in_word_) {
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      return true;
    }
    if (text_[at_] == '(' || text_[at_] == ')' || text_[at_] == '`') {
      list_.is_clear = false;
      return false;
    }
    for (const auto& [text, join] : operators) {
      if (!begins_with(text)) continue;
      at_ += text.size();
      end_command(join);
      return true;
    }
    return false;
  }

  /// The target is passed over. Only output that is kept from where a caller reads it matters.
  bool take_redirection() {
    const bool is_input = text_[at_] == '<';
    const bool is_number = in_word_ && word_.size() == 1 && is_digit(word_.front());
    if (is_number) {
      in_word_ = false;
      word_.clear();
    }
    if (begins_with("<<") || begins_with("<(") || begins_with(">(")) list_.is_clear = false;
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::string_view("<>&|").find(text_[at_]) != text_.npos) ++at_;
    // `2>&1` leads to where the caller reads too.
    const bool is_copy = at_ < text_.size() && text_[at_ - 1] == '&' && is_digit(text_[at_]);
    if (!is_input && !(is_copy && text_[begin] == '>')) command_.moves_output = true;
    skips_word_ = true;
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    return true;
  }

  void take_octet() {
    const char c = text_[at_++];
    if (is_blank(c) || c == '\n' || c == '\r') {
      end_word();
      return;
    }
    in_word_ = true;
    if (c == '\'' || c == '"') {
      is_quoted_ = true;
      take_quoted(c);
    } else if (c == '\\' && at_ < text_.size()) {
      const char next = text_[at_++];
      if (next == '\n') return;  // the line goes on
      word_ += next;
    } else {
      if (c == '$' && at_ < text_.size() && text_[at_] == '(') list_.is_clear = false;
      word_ += c;
    }
  }

  void take_quoted(char quote) {
    while (at_ < text_.size() && text_[at_] != quote) {
      if (quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      if (quote == '"' && has_operators_ && (text_[at_] == '`' || begins_with("$("))) {
        list_.is_clear = false;
      }
      word_ += text_[at_++];
    }
    if (at_ == text_.size()) list_.is_clear = false;  // the quote stays open
    ++at_;
  }

  void end_word() {
    if (!in_word_) return;
    in_word_ = false;
    std::string word = std::exchange(word_, {});
    const bool is_quoted = std::exchange(is_quoted_, false);
    if (std::exchange(skips_word_, false)) return;
    if (command_.words.empty() && has_operators_ && !is_quoted) {
      if (std::find(keywords.begin(), keywords.end(), word) != keywords.end()) {
        list_.is_clear = false;
      }
    }
    if (command_.words.empty() && has_operators_ && is_assignment(word)) {
      command_.assignments.push_back(std::move(word));
    } else {
      command_.words.push_back(std::move(word));
    }
  }

  void end_command(Join join) {
    end_word();
    skips_word_ = false;
    command_.join = join;
    if (!command_.words.empty() || !command_.assignments.empty()) {
      list_.commands.push_back(std::move(command_));
    } else if (join == Join::background || join == Join::pipe) {
      list_.is_clear = false;
    }
    command_ = {};
  }

  std::string_view text_;
  bool has_operators_;
  std::size_t at_ = 0;
  std::string word_;
  bool in_word_ = false;
  bool is_quoted_ = false;
  bool skips_word_ = false;  ///< the word is the target of a redirection
  SimpleCommand command_;
  CommandList list_;
};

}  // namespace

CommandList parse_shell_text(std::string_view text) {
  return ListReader(text, true).read();
}

CommandList parse_plain_command(std::string_view text) {
  return ListReader(text, false).read();
}

}  // namespace persist::hook::doctor
