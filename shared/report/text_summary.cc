#include "report/text_summary.h"

#include <fmt/format.h>

#include "report/safe_line.h"

namespace persist::report {
namespace {

std::string count(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string left_out_text(const RepeatedLines& unknown) {
  std::string text;
  for (const RepeatedLines::Kind& kind : unknown.kinds()) {
    if (kind.left_out() == 0) continue;
    text += fmt::format(
        "summary: unknown for {}, {}\n", count(kind.left_out(), "more check"),
        kind.message.empty() ? "for various reasons" : "like: " + to_safe_line(kind.message));
  }
  return text;
}

std::string repeated_text(const RepeatedLines& about_cas) {
  std::string text;
  for (const RepeatedLines::Kind& kind : about_cas.kinds()) {
    if (kind.left_out() == 0) continue;
    text += fmt::format("summary: {} with {}\n", count(kind.left_out(), "more check"),
                        kind.message.empty() ? "findings about other CAs"
                                             : "the same " + to_safe_line(kind.message));
  }
  return text;
}

std::string problems_text(const Summary& summary) {
  std::string text;
  for (const std::string& problem : summary.problems) {
    text += fmt::format("summary: incomplete: {}\n", to_safe_line(problem));
  }
  if (text.empty() && !summary.complete) text = "summary: incomplete\n";
  return text;
}

}  // namespace

std::string summary_text(const Summary& summary, const RepeatedLines& unknown,
                         const RepeatedLines& about_cas, bool shows_notices) {
  std::string text = left_out_text(unknown) + repeated_text(about_cas);
  text += fmt::format("summary: {}: {} authorized, {} refused, {} unknown\n",
                      count(summary.checks, "check"), summary.authorized, summary.refused,
                      summary.unknown);
  text += fmt::format("summary: {}, {}, {}{}, {} suppressed\n", count(summary.errors, "error"),
                      count(summary.warnings, "warning"), count(summary.notices, "notice"),
                      shows_notices || summary.notices == 0 ? "" : " (--verbose shows them)",
                      summary.suppressed);
  if (summary.unknown > 0) {
    text +=
        fmt::format("summary: {} of {} could not be checked\n", summary.unknown, summary.checks);
  }
  return text + problems_text(summary);
}

}  // namespace persist::report
