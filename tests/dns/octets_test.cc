#include "dns/octets.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "dns/name.h"

namespace persist::dns {
namespace {

unsigned digit_of(char c) {
  const auto value = std::string_view("0123456789abcdef").find(c);
  if (value != std::string_view::npos) return static_cast<unsigned>(value);
  std::cerr << "no octets: " << c << '\n';
  std::abort();
}

/// The text up to `closing`, which is taken off `text` with it.
std::string_view take_until(std::string_view& text, char closing) {
  const auto end = text.find(closing);
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end + 1);
  return taken;
}

}  // namespace

std::vector<std::uint8_t> octets_of(std::string_view text) {
  std::vector<std::uint8_t> octets;
  while (!text.empty()) {
    const char first = text.front();
    text.remove_prefix(1);
    if (first == ' ') continue;
    if (first == '\'') {
      const auto taken = take_until(text, '\'');
      octets.insert(octets.end(), taken.begin(), taken.end());
    } else if (first == '<') {
      const std::string wire = Name::parse(take_until(text, '>')).value().wire();
      octets.insert(octets.end(), wire.begin(), wire.end());
    } else {
      const unsigned high = digit_of(first);
      octets.push_back(static_cast<std::uint8_t>((high << 4U) | digit_of(text.at(0))));
      text.remove_prefix(1);
    }
  }
  return octets;
}

namespace {

TEST(OctetsOf, ReadsTheNotation) {
  EXPECT_THAT(octets_of("0aff 'a b' <a.b> c0 0c"),
              testing::ElementsAre(0x0a, 0xff, 'a', ' ', 'b', 1, 'a', 1, 'b', 0, 0xc0, 0x0c));
}

}  // namespace
}  // namespace persist::dns
