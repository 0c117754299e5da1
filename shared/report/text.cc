#include "report/text.h"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <iterator>
#include <string>

#include "base/ascii.h"
#include "base/escape.h"
#include "report/excerpt.h"
#include "report/method_text.h"
#include "report/place.h"
#include "report/repeated_lines.h"
#include "report/safe_line.h"
#include "report/text_summary.h"

namespace persist::report {
namespace {

constexpr std::size_t excerpt_columns = 88;  // with `  TXT: ` and two `...` about 100

/// SGR sequences of ECMA-48.
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view green = "\x1b[32m";
constexpr std::string_view plain = "\x1b[0m";

std::string_view color_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "\x1b[1;31m";
    case Severity::warning:
      return "\x1b[1;33m";
    case Severity::notice:
      return "\x1b[1;36m";
    case Severity::unknown:
      return "\x1b[1;35m";
  }
  return plain;
}

/// `list.yaml:12:5:`. Escaped together with the colon, lest a file name that ends with one makes
/// two of it.
std::string place_text(const Location& place) {
  std::string text = place.file + ':';
  if (place.line > 0) text += fmt::format(FMT_COMPILE("{}:"), place.line);
  if (place.line > 0 && place.column > 0) text += fmt::format(FMT_COMPILE("{}:"), place.column);
  return escape(text, longest_line_octets);
}

std::string to_line(const Diagnostic& finding) {
  return fmt::format(FMT_COMPILE("{}: {} [{}]"), to_text(finding.severity), finding.message,
                     finding.rule);
}

/// The record that holds longest of those that authorise; null if none does.
const record::PersistRecord* longest_permission(const record::Evaluation& evaluation) {
  const record::PersistRecord* best = nullptr;
  for (const record::Judgement& judgement : evaluation.judgements) {
    if (judgement.reason || !judgement.record) continue;
    const record::PersistRecord& next = *judgement.record;
    const bool holds_longer = best != nullptr && best->persist_until &&
                              (!next.persist_until || *next.persist_until > *best->persist_until);
    if (best == nullptr || holds_longer) best = &next;
  }
  return best;
}

class TextReporter final : public Reporter {
 public:
  TextReporter(Sink& out, const ReportOptions& options) : out_(out), options_(options) {}

  void add(const CheckResult& result) override {
    bool says_unknown = false;
    const Diagnostic* last_error = nullptr;
    for (const Diagnostic& finding : result.findings) {
      if (finding.severity == Severity::error) last_error = &finding;
    }
    for (const Diagnostic& finding : result.findings) {
      if (finding.severity == Severity::notice && !options_.verbose) continue;
      if (finding.severity == Severity::unknown) {
        says_unknown = true;
        if (!unknown_.admit(finding.message, result.identifier.name.text())) continue;
      }
      if (finding.about_ca && !about_cas_.admit(to_line(finding), {})) continue;
      add_finding(finding, result);
      if (&finding == last_error) add_publish(result);
    }
    if (result.evaluation.outcome == record::Outcome::unknown && !says_unknown) add_unknown(result);
    if (result.evaluation.outcome == record::Outcome::authorized && options_.verbose) {
      add_authorized(result);
    }
    hand_over();
  }

  void finish(const Summary& summary) override {
    lines_ = summary_text(summary, unknown_, about_cas_, options_.verbose);
    hand_over();
  }

 private:
  void hand_over() {
    if (!lines_.empty()) out_.write(lines_);
    lines_.clear();
  }

  void add_colored(std::string_view color, std::string_view text) {
    if (options_.color) lines_ += color;
    lines_ += text;
    if (options_.color) lines_ += plain;
  }

  /// `list.yaml:12:5: error: `, or the name where there is no list. Behind a place the name too, if
  /// `tells_name`: who reads the report may not have the list.
  void add_prefix(const Location& place, Severity severity, const CheckResult& result,
                  bool tells_name) {
    const std::string name = result.identifier.text();
    add_colored(bold, place.file.empty() ? name + ':' : place_text(place));
    lines_ += ' ';
    add_colored(color_of(severity), to_text(severity));
    lines_ += ": ";
    if (tells_name && !place.file.empty()) lines_ += name + ": ";
  }

  void add_finding(const Diagnostic& finding, const CheckResult& result) {
    add_prefix(place_of(finding, result), finding.severity, result,
               !finding.about_ca && !contains(finding.message, result.identifier.text()));
    fmt::format_to(std::back_inserter(lines_), FMT_COMPILE("{} [{}]\n"),
                   to_safe_line(finding.message), finding.rule);
    if (finding.span) add_value(*finding.span, result.evaluation);
    if (!finding.hint.empty()) {
      fmt::format_to(std::back_inserter(lines_), FMT_COMPILE("  hint: {}\n"),
                     to_safe_line(finding.hint));
    }
  }

  void add_publish(const CheckResult& result) {
    for (const std::string& line : result.publish) {
      fmt::format_to(std::back_inserter(lines_), FMT_COMPILE("  publish: {}\n"),
                     to_safe_line(line));
    }
  }

  void add_value(const ValueSpan& span, const record::Evaluation& evaluation) {
    if (span.record >= evaluation.judgements.size()) return;
    const std::string value = evaluation.judgements[span.record].found.text();
    if (!is_of_this_method(value)) {
      fmt::format_to(std::back_inserter(lines_),
                     FMT_COMPILE("  TXT: {} octets, no record of this method\n"), value.size());
      return;
    }
    const Excerpt excerpt = make_excerpt(value, span.offset, span.length, excerpt_columns);
    fmt::format_to(std::back_inserter(lines_), FMT_COMPILE("  TXT: {}\n       "), excerpt.text);
    add_colored(green, excerpt.marks);
    lines_ += '\n';
  }

  void add_unknown(const CheckResult& result) {
    std::string_view why = result.message;
    constexpr std::string_view verdict = "unknown: ";  // said by the prefix
    if (why.substr(0, verdict.size()) == verdict) why.remove_prefix(verdict.size());
    if (!unknown_.admit(why, result.identifier.name.text())) return;
    add_prefix(result.location, Severity::unknown, result,
               !contains(why, result.identifier.text()));
    lines_ += to_safe_line(why);
    lines_ += '\n';
  }

  /// `example.com: authorized (wildcard: no; until: never)`
  void add_authorized(const CheckResult& result) {
    add_colored(bold, result.identifier.text() + ':');
    lines_ += ' ';
    add_colored(green, to_text(result.evaluation.outcome));
    const record::PersistRecord* const permission = longest_permission(result.evaluation);
    if (permission != nullptr) {
      fmt::format_to(
          std::back_inserter(lines_), FMT_COMPILE(" (wildcard: {}; until: {}{})"),
          permission->allows_wildcard ? "yes" : "no",
          permission->persist_until ? to_rfc3339(*permission->persist_until) : "never",
          result.account_label.empty() ? "" : "; account: " + to_safe_line(result.account_label));
    }
    lines_ += '\n';
  }

  Sink& out_;
  ReportOptions options_;
  std::string lines_;  ///< of the name under way
  RepeatedLines unknown_;
  RepeatedLines about_cas_{1};
};

}  // namespace

std::unique_ptr<Reporter> make_text_reporter(Sink& out, const ReportOptions& options) {
  return std::make_unique<TextReporter>(out, options);
}

}  // namespace persist::report
