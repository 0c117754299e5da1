#include "integration/words.h"

#include "base/ascii.h"
#include "integration/fake_dns_text.h"

namespace persist::integration {
namespace {

constexpr std::string_view repeat = "{repeat ";

/// Where the brace is that closes the one at `open`; npos if there is none.
std::size_t closing_brace(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at;
  }
  return text.npos;
}

}  // namespace

std::optional<std::vector<std::string>> split_command(std::string_view line) {
  std::vector<std::string> words;
  bool in_word = false;
  char quote = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (quote == 0 && c == ' ') {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (c == '\\' && quote != '\'' && at + 1 < line.size()) {
      words.back() += line[++at];
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == quote && quote != 0) {
      quote = 0;
    } else {
      words.back() += c;
    }
  }
  if (quote != 0) return {};
  return words;
}

std::string expand_repeats(std::string_view text) {
  std::string out;
  while (true) {
    const auto open = text.find(repeat);
    const auto close = open == text.npos ? open : closing_brace(text, open);
    if (close == text.npos) return out.append(text);
    std::string_view body = text.substr(open + repeat.size(), close - open - repeat.size());
    const auto blank = body.find(' ');
    const auto count = number_of(body.substr(0, blank));
    if (!count || blank == body.npos) return out.append(text);
    body.remove_prefix(blank + 1);
    out.append(text.substr(0, open));
    for (std::uint32_t copy = 1; copy <= *count; ++copy) {
      out += replace_all(std::string(body), "{#}", std::to_string(copy));
    }
    text.remove_prefix(close + 1);
  }
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string replace_whole(std::string text, std::string_view from, std::string_view to) {
  const auto goes_on = [&text](std::size_t left, std::size_t right) {
    return right < text.size() && is_digit(text[left]) && is_digit(text[right]);
  };
  for (auto at = text.find(from); at != text.npos;) {
    const std::size_t end = at + from.size();
    const bool is_piece = (at > 0 && goes_on(at - 1, at)) || goes_on(end - 1, end);
    if (!is_piece) text.replace(at, from.size(), to);
    at = text.find(from, is_piece ? at + 1 : at + to.size());
  }
  return text;
}

}  // namespace persist::integration
