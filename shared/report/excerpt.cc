#include "report/excerpt.h"

#include <algorithm>

#include "base/escape.h"

namespace persist::report {
namespace {

constexpr std::string_view omission = "...";

/// What stands for the octet at `at`. A CI runner obeys `::` and `##[`: the first of two is
/// escaped.
std::string cell(std::string_view octets, std::size_t at) {
  const char c = octets[at];
  if (c == '\\') return "\\\\";
  const bool is_doubled = at + 1 < octets.size() && octets[at + 1] == c;
  if (c < ' ' || c > '~' || (is_doubled && (c == ':' || c == '#'))) {
    return "\\x" + to_hex(octets.substr(at, 1));
  }
  return std::string(1, c);
}

struct Extent {
  std::size_t end;      ///< the first octet that is not in it, or the first that is
  std::size_t columns;  ///< taken
};

Extent extend_forward(std::string_view octets, std::size_t from, std::size_t columns) {
  std::size_t taken = 0;
  for (; from < octets.size(); ++from) {
    const std::size_t next = cell(octets, from).size();
    if (taken + next > columns) break;
    taken += next;
  }
  return {from, taken};
}

Extent extend_backward(std::string_view octets, std::size_t from, std::size_t columns) {
  std::size_t taken = 0;
  for (; from > 0; --from) {
    const std::size_t next = cell(octets, from - 1).size();
    if (taken + next > columns) break;
    taken += next;
  }
  return {from, taken};
}

}  // namespace

Excerpt make_excerpt(std::string_view octets, std::size_t offset, std::size_t length,
                     std::size_t columns) {
  offset = std::min(offset, octets.size());
  // Half the room belongs to what follows; what it does not need, and the rest, to what stands
  // before.
  const std::size_t behind = extend_forward(octets, offset, columns / 2).columns;
  const std::size_t begin = extend_backward(octets, offset, columns - behind).end;
  const std::size_t end = extend_forward(octets, begin, columns).end;

  Excerpt excerpt;
  if (begin > 0) excerpt.text = omission;
  excerpt.marks.assign(excerpt.text.size(), ' ');
  for (std::size_t at = begin; at < end; ++at) {
    const std::string shown = cell(octets, at);
    excerpt.text += shown;
    const bool is_marked = at >= offset && at - offset < length;
    excerpt.marks.append(shown.size(), is_marked ? '~' : ' ');
    if (at == offset) excerpt.marks[excerpt.marks.size() - shown.size()] = '^';
  }
  if (offset == octets.size()) excerpt.marks += '^';
  if (end < octets.size()) excerpt.text += omission;
  excerpt.marks.erase(excerpt.marks.find_last_not_of(' ') + 1);
  return excerpt;
}

}  // namespace persist::report
