#include "app/views_text.h"

#include <fmt/format.h>

#include "app/verdict.h"
#include "survey/views.h"

namespace persist::app {

std::string viewer_text(const survey::View& view) {
  return view.address.empty() ? view.server : fmt::format("{} ({})", view.server, view.address);
}

std::string view_message(const survey::Subject& subject, const survey::View& view) {
  if (!view.fault.empty()) return view.fault;
  survey::Subject seen = subject;
  seen.views.clear();
  seen.views_decide = false;
  seen.lookup = view.lookup;
  seen.caa = view.caa;
  seen.caa_error = view.caa_error;
  seen.evaluation = view.evaluation;
  seen.lacks_dnssec = view.lacks_dnssec;
  const std::string message = verdict_message(seen);
  return view.evaluation.outcome == record::Outcome::authorized
             ? fmt::format("authorised ({})", message)
             : message;
}

std::string view_text(const survey::Subject& subject, const survey::View& view) {
  const std::string viewer = viewer_text(view);
  return (viewer.empty() ? "" : viewer + ": ") + view_message(subject, view);
}

std::string views_message(const survey::Subject& subject) {
  const auto& views = subject.views;
  const bool is_told = subject.views_decide && !subject.lacks_dnssec &&
                       subject.evaluation.outcome == record::Outcome::unknown &&
                       subject.evaluation.reason == record::Reason::dns_failure;
  if (!is_told) return "";
  const bool are_servers = subject.viewers == survey::Viewers::zone_servers;
  const std::string who = are_servers ? "name servers of the zone" : "resolvers";
  const auto authorizing = survey::count(views, record::Outcome::authorized);
  const auto refusing = survey::count(views, record::Outcome::refused);
  const auto open = survey::count(views, record::Outcome::unknown);
  if (authorizing + refusing + open == 0) {
    if (views.size() == 1) return view_text(subject, views.front());
    return fmt::format("none of the {} gave an answer", who);
  }
  const std::string counts = fmt::format("{} authorise, {} refuse{}", authorizing, refusing,
                                         open == 0 ? "" : fmt::format(", {} cannot tell", open));
  const bool are_at_one = (authorizing > 0) + (refusing > 0) + (open > 0) == 1;
  if (are_at_one && survey::is_anyone_missing(views))
    return fmt::format("not all of the {} could be asked ({})", who, counts);
  if (are_at_one) return "";  // they all cannot tell, and why stands elsewhere
  return fmt::format("the {} do not agree ({})", who, counts);
}

}  // namespace persist::app
