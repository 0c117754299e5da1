#include "hook/confirmation.h"

#include <fmt/format.h>

#include <utility>

#include "app/verdict.h"
#include "app/views_text.h"
#include "base/unix_time.h"
#include "survey/views.h"

namespace persist::hook {
namespace {

constexpr std::size_t most_viewers_named = 4;

std::string viewers(const std::vector<survey::View>& views) {
  std::string text;
  std::size_t named = 0;
  for (const survey::View& view : views) {
    if (!view.fault.empty()) continue;
    if (++named > most_viewers_named) continue;
    text += (text.empty() ? "" : ", ") + app::viewer_text(view);
  }
  return named > most_viewers_named
             ? fmt::format("{} and {} more", text, named - most_viewers_named)
             : text;
}

}  // namespace

bool may_be_out_of_date(const survey::Subject& subject) {
  return subject.evaluation.outcome == record::Outcome::refused && !subject.caa &&
         !subject.answers.empty();
}

void overrule(survey::Subject& refused, survey::Subject of_zone) {
  of_zone.remarks.insert(
      of_zone.remarks.begin(),
      fmt::format("warning: the name servers of the zone authorise it ({}); the resolver still has "
                  "an older answer, for up to {}: {}",
                  viewers(of_zone.views), persist::to_text(refused.lookup.ttl),
                  app::verdict_message(refused)));
  refused = std::move(of_zone);
}

void remark_confirmation(survey::Subject& refused, survey::Subject of_zone) {
  auto& remarks = refused.remarks;
  remarks.insert(remarks.end(), of_zone.remarks.begin(), of_zone.remarks.end());
  const bool is_refused = of_zone.evaluation.outcome == record::Outcome::refused;
  const bool is_same = is_refused && of_zone.evaluation.reason == refused.evaluation.reason;
  if (is_same) {
    remarks.push_back(
        fmt::format("confirmed by the name servers of the zone: {}", viewers(of_zone.views)));
    return;
  }
  remarks.push_back(is_refused ? "the name servers of the zone do not authorise it either: " +
                                     app::verdict_message(of_zone)
                               : "not confirmed by the name servers of the zone: " +
                                     app::verdict_message(of_zone));
  if (survey::count(of_zone.views, record::Outcome::authorized) > 0)
    refused.views = std::move(of_zone.views);
}

}  // namespace persist::hook
