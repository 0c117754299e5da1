#include "hook/block_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/verdict.h"
#include "app/views_text.h"
#include "base/escape.h"
#include "hook/again.h"
#include "hook/request.h"
#include "record/explain.h"
#include "report/method_text.h"

namespace persist::hook {
namespace {

constexpr std::size_t most_records_shown = 20;
constexpr std::size_t longest_record_shown = 300;
constexpr std::size_t most_views_shown = 16;

std::string wanted(const survey::Subject& subject) {
  return fmt::format("{} at {} (dialect {}) for account {}", subject.required.identifier.text(),
                     subject.ca->title, record::to_text(subject.ca->dialect),
                     quote(subject.required.account.url));
}

/// A record that has nothing to do with this method may be anybody's secret, and logs are public.
/// Why the only record does not do stands in the first line.
std::string shown(const record::Judgement& judgement, const record::Circumstances& circumstances,
                  bool is_only_one) {
  const std::string text = judgement.found.text();
  if (!report::is_of_this_method(text)) {
    return fmt::format(
        "  found:   a TXT record of {} octets\n           -> it is no record of this method\n",
        text.size());
  }
  std::string lines = fmt::format("  found:   {}\n", quote(text, longest_record_shown));
  if (is_only_one) return lines;
  return lines + fmt::format("           -> {}\n", record::describe(judgement, circumstances));
}

std::string found(const survey::Subject& subject) {
  const auto& judgements = subject.evaluation.judgements;
  std::string text;
  const std::string owner = subject.owner ? subject.owner->text() : "";
  if (judgements.empty() && subject.evaluation.outcome == record::Outcome::refused) {
    text += fmt::format("  found:   no TXT record at {}\n", owner);
  }
  for (std::size_t i = 0; i < judgements.size() && i < most_records_shown; ++i) {
    text +=
        shown(judgements[i], {.required = subject.required, .ca = *subject.ca, .now = subject.now},
              judgements.size() == 1);
  }
  if (judgements.size() > most_records_shown) {
    text +=
        fmt::format("  found:   ... and {} more records\n", judgements.size() - most_records_shown);
  }
  return text;
}

/// Who of several servers saw what.
std::string asked(const survey::Subject& subject) {
  std::string text;
  const auto& views = subject.views;
  // It is the whole verdict.
  if (views.size() == 1 && !views.front().fault.empty()) return text;
  for (std::size_t i = 0; i < views.size() && i < most_views_shown; ++i)
    text += fmt::format("  asked:   {}\n", app::view_text(subject, views[i]));
  if (views.size() > most_views_shown)
    text += fmt::format("  asked:   ... and {} more servers\n", views.size() - most_views_shown);
  return text;
}

/// True if a record may be right after all: then there is nothing to repair in it.
bool is_open(const record::Evaluation& evaluation) {
  const auto& judgements = evaluation.judgements;
  return evaluation.outcome == record::Outcome::unknown &&
         std::any_of(judgements.begin(), judgements.end(),
                     [](const record::Judgement& judgement) { return judgement.open; });
}

std::string remedy(const survey::Subject& subject, const BlockNotes& beside,
                   const Options& options) {
  const record::Evaluation& evaluation = subject.evaluation;
  std::string text;
  if (!beside.hint.empty()) {
    text += fmt::format("  remedy:  {}\n", beside.hint);
  } else if (evaluation.reason && !is_open(evaluation)) {
    text += fmt::format("  remedy:  {}\n", record::remedy(*evaluation.reason));
  }
  if (evaluation.outcome != record::Outcome::refused) return text;
  if (!account_is_proven(options)) {
    return text +
           (options.client.empty()
                ? "  publish: nothing is proposed, because only a variable names the account: give "
                  "it with "
                  "--account-url\n"
                : "  publish: nothing is proposed, because others may write the file that names "
                  "the account: give it with --account-url\n");
  }
  for (const std::string& line : beside.publish) text += fmt::format("  publish: {}\n", line);
  return text;
}

}  // namespace

std::string block_text(const survey::Subject& subject, const BlockNotes& beside,
                       const Options& options) {
  const bool refused = subject.evaluation.outcome == record::Outcome::refused;
  std::string text =
      fmt::format("persist-hook: error: {}: {}: {}\n", subject.required.identifier.text(),
                  refused ? "not authorised" : "could not find out",
                  beside.message.empty() ? app::verdict_message(subject) : beside.message);
  text += fmt::format("  wanted:  {}\n", wanted(subject));
  text += found(subject);
  text += asked(subject);
  if (refused && subject.evaluation.error && subject.evaluation.reason) {
    const std::string_view words = record::words_of_ca(*subject.evaluation.reason, *subject.ca);
    text += fmt::format("  CA says: {}{}\n", record::to_text(*subject.evaluation.error),
                        words.empty() ? "" : fmt::format(" (\"... {} ...\")", words));
  }
  for (const std::string& note : beside.notes) text += fmt::format("  note:    {}\n", note);
  text += remedy(subject, beside, options);
  return text + fmt::format("  again:   {}\n", again_command(subject, options));
}

}  // namespace persist::hook
