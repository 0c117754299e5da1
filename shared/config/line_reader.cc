#include "config/line_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "base/escape.h"

namespace persist::config {
namespace {

constexpr std::size_t block_octets = std::size_t{64} * 1024;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_ordinary(char c) {
  return (c >= ' ' && c < '\x7F') || c == '\t';
}

/// Octets at the begin of `text` that are ordinary; taken in eights, a few of them may be left out.
std::size_t count_ordinary(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  std::size_t count = 0;
  for (std::uint64_t eight = 0; count + sizeof(eight) <= text.size(); count += sizeof(eight)) {
    std::memcpy(&eight, text.data() + count, sizeof(eight));
    // The high bit of an octet that is below SP (or next to one), DEL, or no ASCII.
    if ((((eight - ones * ' ') | (eight + ones) | eight) & (ones * 0x80)) != 0) break;
  }
  return count;
}

/// U+0080 to U+009F, of which some are line ends to some programs.
bool is_c1_control(std::string_view text) {
  return text.size() >= 2 && text[0] == '\xC2' && static_cast<unsigned char>(text[1]) < 0xA0;
}

}  // namespace

std::optional<Fault> LineReader::fill() {
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t held = buffer_.size();
  buffer_.resize(held + block_octets);
  const auto count = source_->read(std::span(buffer_).subspan(held));
  buffer_.resize(held + (count ? *count : 0));
  if (!count) return count.error();
  ended_ = *count == 0;
  read_octets_ += *count;
  if (read_octets_ > most_octets_) {
    return Fault{.message = fmt::format("longer than {} octets", most_octets_)};
  }
  return {};
}

std::optional<Fault> LineReader::drop_byte_order_mark() {
  while (!ended_ && buffer_.size() < byte_order_mark.size()) {
    if (auto fault = fill()) return fault;
  }
  if (buffer_.compare(0, byte_order_mark.size(), byte_order_mark) == 0) {
    at_ = next_offset_ = byte_order_mark.size();
  }
  return {};
}

std::optional<Fault> LineReader::check(std::string_view text) const {
  for (std::size_t at = count_ordinary(text); at < text.size();) {
    if (is_ordinary(text[at])) {
      ++at;
      continue;
    }
    const std::string_view rest = text.substr(at);
    const std::size_t length = utf8_length(rest);
    const bool control = length == 1 || is_c1_control(rest);
    if (length > 0 && !control) {
      at += length;
      continue;
    }
    Fault fault{.place = {number_, at + 1}, .line = std::string(text)};
    const std::uint64_t octet = line_offset_ + at + 1;
    if (length == 0 || rest[0] == '\0') {
      fault.message = fmt::format("not UTF-8 at byte {}{}", octet, length == 0 ? "" : " (NUL)");
      if (number_ == 1 && at < 2) fault.hint = "is this UTF-16 or UTF-32? convert it to UTF-8";
    } else {
      fault.message =
          fmt::format("control character {} at byte {}", escape(rest.substr(0, length)), octet);
    }
    return fault;
  }
  return {};
}

Expected<std::optional<Line>, Fault> LineReader::next() {
  if (number_ == 0) {
    if (auto fault = drop_byte_order_mark()) return Unexpected(*std::move(fault));
  }
  std::size_t searched = at_;
  std::size_t end = buffer_.find('\n', searched);
  ++number_;
  while (end == std::string::npos && !ended_) {
    if (buffer_.size() - at_ > longest_piece_octets) break;
    searched = buffer_.size() - at_;
    if (auto fault = fill()) return Unexpected(*std::move(fault));
    end = buffer_.find('\n', searched);
  }
  const bool last = end == std::string::npos;
  if (last && at_ == buffer_.size()) return std::optional<Line>{};
  std::string_view text =
      std::string_view(buffer_).substr(at_, last ? std::string::npos : end - at_);
  line_offset_ = next_offset_;
  line_at_ = at_;
  next_offset_ += text.size() + 1;
  at_ = last ? buffer_.size() : end + 1;
  if (text.size() > longest_piece_octets) {
    return Unexpected(
        Fault{.place = {number_, 0},
              .message = fmt::format("a line is longer than {} octets", longest_piece_octets)});
  }
  if (!last && !text.empty() && text.back() == '\r') text.remove_suffix(1);
  if (auto fault = check(text)) return Unexpected(*std::move(fault));
  return std::optional<Line>{Line{.text = text, .number = number_}};
}

void LineReader::put_back() {
  at_ = line_at_;
  next_offset_ = line_offset_;
  --number_;
}

void LineReader::skip(std::size_t octets, std::size_t lines) {
  at_ += octets;
  next_offset_ += octets;
  number_ += lines;
}

}  // namespace persist::config
