#include "acme/pem_text.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "base/ascii.h"

namespace persist::acme {
namespace {

using Code = KeyErrorCode;

constexpr std::string_view dashes = "-----";

Unexpected<KeyError> fault(Code code, std::string_view found = {}) {
  return Unexpected(KeyError{.code = code, .found = std::string(found)});
}

/// What stands before the next dashes. Nothing else passes, lest key material be taken for a label
/// and shown.
std::optional<std::string_view> read_label(std::string_view text) {
  constexpr std::size_t longest = 64;
  const auto size = text.find(dashes);
  if (size > longest) return {};
  const auto label = text.substr(0, size);
  const bool is_label = std::all_of(label.begin(), label.end(),
                                    [](char c) { return is_upper(c) || is_digit(c) || c == ' '; });
  return is_label ? std::optional(label) : std::nullopt;
}

bool is_private(const PemBlock& block) {
  return block.label.ends_with("PRIVATE KEY");
}

}  // namespace

std::vector<PemBlock> find_pem_blocks(std::string_view text) {
  constexpr std::string_view begin = "-----BEGIN ";
  std::vector<PemBlock> blocks;
  for (auto at = text.find(begin); at != std::string_view::npos; at = text.find(begin)) {
    text.remove_prefix(at);
    const auto label = read_label(text.substr(begin.size()));
    auto size = begin.size();
    if (label) {
      const std::string last_line = "-----END " + std::string(*label) + std::string(dashes);
      const auto end = text.find(last_line);
      size = end == std::string_view::npos ? text.size() : end + last_line.size();
      blocks.push_back({*label, text.substr(0, size)});
    }
    text.remove_prefix(size);
  }
  return blocks;
}

Expected<PemBlock, KeyError> choose_private_key(const std::vector<PemBlock>& blocks) {
  const auto first = std::find_if(blocks.begin(), blocks.end(), is_private);
  if (first == blocks.end()) {
    const std::string_view label = blocks.front().label;
    return fault(label.ends_with("PUBLIC KEY") ? Code::public_half : Code::no_key, label);
  }
  if (std::find_if(first + 1, blocks.end(), is_private) != blocks.end()) {
    return fault(Code::several_keys);
  }
  if (first->label == "ENCRYPTED PRIVATE KEY" || contains(first->text, "Proc-Type: 4,ENCRYPTED")) {
    return fault(Code::encrypted);
  }
  if (first->label != "PRIVATE KEY" && first->label != "EC PRIVATE KEY" &&
      first->label != "RSA PRIVATE KEY") {
    return fault(Code::unsupported_type, first->label);
  }
  return *first;
}

}  // namespace persist::acme
