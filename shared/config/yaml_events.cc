#include "config/yaml_events.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "base/ascii.h"
#include "base/escape.h"

namespace persist::config {
namespace {

/// yaml-cpp's scanner holds back the tokens of a line of open brackets, 250 octets each, before we
/// hear of the first: more than this cannot be meant.
constexpr std::size_t most_open_brackets = 1000;

/// The way out of yaml-cpp for a fault of ours.
struct Stop {
  Fault fault;
};

/// The lines of a text by their index from 0; empty past the end.
class Lines {
 public:
  explicit Lines(std::string_view text) : lines_(split(text, '\n')) {}
  std::size_t size() const { return lines_.size(); }
  std::string_view operator[](std::size_t index) const {
    return index < lines_.size() ? lines_[index] : std::string_view{};
  }

 private:
  std::vector<std::string_view> lines_;
};

class Collector : public YAML::EventHandler {
 public:
  Collector(const Lines& lines, const YamlLimits& limits, std::size_t first_line)
      : lines_(lines), limits_(limits), first_line_(first_line) {}

  std::vector<Event> take_events() { return std::move(events_); }
  Place last_place() const {
    return events_.empty() ? Place{first_line_, 1} : events_.back().place;
  }
  Place innermost_open() const { return open_.empty() ? last_place() : open_.back().place; }

  Place place_of(const YAML::Mark& mark) const {
    if (mark.is_null()) return last_place();
    return {first_line_ + static_cast<std::size_t>(mark.line),
            static_cast<std::size_t>(mark.column) + 1};
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) stop(mark, "text after the end of the document");
  }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override {
    stop(mark, "anchors are not supported");
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    stop(mark, "aliases are not supported");
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    events_.push_back({.kind = Event::Kind::null, .place = place_of_null(mark)});
    on_value();
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    check_tag(mark, tag);
    const bool plain = tag == "?";
    if (is_key()) {
      if (value.size() > limits_.key_octets) {
        stop(mark, fmt::format("a key is longer than {} octets", limits_.key_octets));
      }
      if (plain && value == "<<") stop(mark, "merge keys are not supported");
    }
    if (value.size() > limits_.scalar_octets) {
      stop(mark, fmt::format("a text is longer than {} octets", limits_.scalar_octets));
    }
    events_.push_back(
        {.kind = Event::Kind::text, .text = value, .plain = plain, .place = place_of(mark)});
    on_value();
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value style) override {
    open(Event::Kind::list_begin, mark, tag, style);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value style) override {
    open(Event::Kind::map_begin, mark, tag, style);
  }
  void OnSequenceEnd() override { close(Event::Kind::list_end); }
  void OnMapEnd() override { close(Event::Kind::map_end); }

 private:
  struct Open {
    bool is_map;
    bool flow;
    bool key_is_next;
    Place place;
  };

  [[noreturn]] void stop(const YAML::Mark& mark, std::string message) const {
    throw Stop{{.place = place_of(mark), .message = std::move(message)}};
  }

  bool is_key() const { return !open_.empty() && open_.back().is_map && open_.back().key_is_next; }

  void on_value() {
    if (!open_.empty()) open_.back().key_is_next = !open_.back().key_is_next;
  }

  void check_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (tag.empty() || tag == "?" || tag == "!") return;
    stop(mark, "tags are not supported");
  }

  void open(Event::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::EmitterStyle::value style) {
    check_tag(mark, tag);
    if (open_.size() + limits_.outer >= limits_.depth)
      stop(mark, fmt::format("nested deeper than {}", limits_.depth));
    const bool flow = style == YAML::EmitterStyle::Flow;
    events_.push_back({.kind = kind, .flow = flow, .place = place_of(mark)});
    open_.push_back({kind == Event::Kind::map_begin, flow, true, events_.back().place});
  }

  void close(Event::Kind kind) {
    events_.push_back({.kind = kind, .place = open_.back().place});
    open_.pop_back();
    on_value();
  }

  /// yaml-cpp reports the place of what comes next. A value is better shown at its key, an entry at
  /// its dash.
  Place place_of_null(const YAML::Mark& mark) const {
    if (open_.empty() || open_.back().flow) return place_of(mark);
    if (open_.back().is_map) return last_place();
    for (auto line = static_cast<std::size_t>(std::max(mark.line, 0)); line-- > 0;) {
      const std::string_view text = lines_[line];
      const std::size_t first = text.find_first_not_of(' ');
      if (first != std::string_view::npos && text[first] == '-')
        return {first_line_ + line, first + 1};
    }
    return place_of(mark);
  }

  const Lines& lines_;
  YamlLimits limits_;
  std::size_t first_line_;
  std::vector<Event> events_{};
  std::vector<Open> open_{};
  std::size_t documents_ = 0;
};

/// The library's words, and ours; the library's change from release to release.
struct Wording {
  std::string_view library;
  std::string_view message;
  std::string_view hint;
};
constexpr std::string_view align =
    "the keys of a map stand in one column, deeper than the \"-\" of its entry";
const std::array wordings{
    Wording{YAML::ErrorMsg::END_OF_MAP, "unexpected text or wrong indentation", align},
    Wording{YAML::ErrorMsg::END_OF_SEQ, "unexpected text or wrong indentation", align},
    Wording{YAML::ErrorMsg::MAP_VALUE, "\":\" is not allowed here",
            "quote a text that holds \": \"; the keys of a map stand in one column"},
    Wording{YAML::ErrorMsg::BLOCK_ENTRY, "\"- \" is not allowed here",
            "begin a list on a line of its own"},
    Wording{YAML::ErrorMsg::END_OF_MAP_FLOW, "this \"{\" is not closed", ""},
    Wording{YAML::ErrorMsg::END_OF_SEQ_FLOW, "this \"[\" is not closed", ""},
    Wording{YAML::ErrorMsg::FLOW_END, "this bracket closes nothing", ""},
    Wording{YAML::ErrorMsg::EOF_IN_SCALAR, "a quoted text is not closed", ""},
    Wording{YAML::ErrorMsg::UNKNOWN_TOKEN, "a text cannot begin with this character",
            "quote the text"},
    Wording{YAML::ErrorMsg::TAB_IN_INDENTATION, "a tab in the indentation", "indent with spaces"},
    Wording{YAML::ErrorMsg::BAD_FILE, "nested too deep", ""},
};

bool is_about_alias(const std::string& message) {
  return message == YAML::ErrorMsg::ALIAS_NOT_FOUND || message == YAML::ErrorMsg::CHAR_IN_ALIAS ||
         message.rfind(YAML::ErrorMsg::UNKNOWN_ANCHOR, 0) == 0;
}

Fault alias_fault(std::string_view line, Place place) {
  const std::size_t star = line.rfind('*', place.column - 1);
  if (star != std::string_view::npos) place.column = star + 1;
  const std::string_view name = line.substr(std::min(place.column - 1, line.size()));
  const bool is_name = name.substr(0, 2) == "*." || name == "*";
  return {.place = place,
          .message = "aliases are not supported",
          .hint = is_name ? "quote a name that begins with a star: " +
                                quote(name.substr(0, name.find_first_of(" ,]}")))
                          : ""};
}

/// The quote that is likely to be open behind `from`: the last of an odd number on one line.
Place open_quote(const Lines& lines, Place from, std::size_t first_line) {
  for (std::size_t i = from.line - first_line; i < lines.size(); ++i) {
    for (const char quote : {'"', '\''}) {
      if (std::count(lines[i].begin(), lines[i].end(), quote) % 2 == 0) continue;
      return {first_line + i, lines[i].rfind(quote) + 1};
    }
  }
  return from;
}

Fault translate(const YAML::Exception& error, const Collector& collector, const Lines& lines,
                std::size_t first_line) {
  const Place place = collector.place_of(error.mark);
  if (is_about_alias(error.msg)) return alias_fault(lines[place.line - first_line], place);
  const auto* const known =
      std::find_if(wordings.begin(), wordings.end(),
                   [&](const Wording& wording) { return wording.library == error.msg; });
  Fault fault{.place = place, .message = "not valid YAML: " + escape(error.msg)};
  if (known != wordings.end()) {
    fault.message = known->message;
    fault.hint = known->hint;
  }
  const std::string_view before = lines[place.line - first_line].substr(0, place.column);
  if (contains(before, "\t")) fault.hint = "indent with spaces, not with tabs";
  // What is never closed is noticed at the end; what helps is where it begins.
  if (error.msg == YAML::ErrorMsg::EOF_IN_SCALAR) {
    fault.place = open_quote(lines, collector.last_place(), first_line);
  }
  if (error.msg == YAML::ErrorMsg::END_OF_MAP_FLOW ||
      error.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW) {
    fault.place = collector.innermost_open();
  }
  return fault;
}

std::optional<Fault> check_brackets(std::string_view text, const YamlLimits& limits,
                                    std::size_t first_line) {
  std::size_t open = 0;
  Place place{first_line, 0};
  for (const char c : text) {
    ++place.column;
    if (c == '\n') place = {place.line + 1, 0};
    if ((c == ']' || c == '}') && open > 0) --open;
    if ((c == '[' || c == '{') && ++open > most_open_brackets) {
      return Fault{.place = place, .message = fmt::format("nested deeper than {}", limits.depth)};
    }
  }
  return {};
}

}  // namespace

YamlEvents read_yaml_events(std::string_view text, const YamlLimits& limits,
                            std::size_t first_line) {
  if (auto fault = check_brackets(text, limits, first_line)) return {.fault = std::move(fault)};
  // yaml-cpp takes an open quote for closed when the text ends in a line break; a comment there
  // ends that.
  std::istringstream stream(std::string(text) + "\n#");
  const Lines lines(text);
  Collector collector(lines, limits, first_line);
  YamlEvents result;
  try {
    YAML::Parser parser(stream);
    // The second call is there to find a second document: the first one stops at its end and says
    // nothing.
    if (parser.HandleNextDocument(collector)) parser.HandleNextDocument(collector);
  } catch (const Stop& stop) {
    result.fault = stop.fault;
  } catch (const YAML::Exception& error) {
    result.fault = translate(error, collector, lines, first_line);
  }
  result.events = collector.take_events();
  return result;
}

}  // namespace persist::config
