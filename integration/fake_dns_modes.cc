#include "integration/fake_dns_modes.h"

#include <algorithm>

#include "integration/fake_dns_text.h"

namespace persist::integration {
namespace {

constexpr std::string_view then = "-then-";
constexpr std::string_view ede = "-ede-";
constexpr std::string_view ede_text = "said by fake_dns";

char canonical(char c) {
  if (c == '_' || c == ':') return '-';
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Mode names as they stand in the table: lower case, hyphens.
std::string canonical(std::string_view label) {
  std::string text(label);
  for (char& c : text) c = canonical(c);
  return text;
}

enum class Place { below_fault_test, at_or_above_fault_test, elsewhere };

Place place_of(const std::vector<std::string_view>& labels) {
  const std::size_t count = labels.size();
  if (count >= 1 && canonical(labels[count - 1]) != "test") return Place::elsewhere;
  if (count >= 2 && canonical(labels[count - 2]) != "fault") return Place::elsewhere;
  return count > 2 ? Place::below_fault_test : Place::at_or_above_fault_test;
}

void append(Reply& out, Reply more) {
  std::move(more.parts.begin(), more.parts.end(), std::back_inserter(out.parts));
  out.close = out.close || more.close;
}

}  // namespace

Responder::Responder(const FakeDnsOptions& options)
    : options_(options), memory_{.random = std::mt19937(options.seed)} {
  for (const auto table :
       {answer_modes(), alias_modes(), content_modes(), broken_modes(), transport_modes()}) {
    for (const Mode& mode : table) modes_.emplace(mode.name, &mode);
  }
}

Reply Responder::reply_to(const DnsQuery& query) {
  const Zone::Found found = options_.zone.find(query.name, query.type);
  if (found.exists) return reply_from_zone(found, query);
  const auto labels = labels_of(query.name);
  const Place place = place_of(labels);
  if (place == Place::below_fault_test) {
    for (const std::string_view label : labels) {
      const Choices choices = choose(label);
      if (!choices.empty()) return run(choices, query);
    }
  }
  if (!options_.default_mode.empty()) return run(choose(options_.default_mode), query);
  const Request request{.query = query, .options = options_, .memory = memory_};
  // What is above the modes exists, as it would under a real resolver.
  return place == Place::at_or_above_fault_test ? reply_nodata(request) : reply_nxdomain(request);
}

std::optional<Responder::Choice> Responder::choose_one(std::string_view text) const {
  Choice choice{};
  if (const auto exact = modes_.find(text); exact != modes_.end()) {
    choice.mode = exact->second;
    return choice;
  }
  if (const auto at = text.rfind(ede); at != text.npos) {
    const auto code = number_of(text.substr(at + ede.size()));
    if (!code || *code > 0xFFFF) return {};
    choice.extended_error = {static_cast<std::uint16_t>(*code), std::string(ede_text)};
    text = text.substr(0, at);
  }
  for (auto end = text.size(); end != text.npos && end > 0; end = text.rfind('-', end - 1)) {
    const auto mode = modes_.find(text.substr(0, end));
    if (mode == modes_.end()) continue;
    choice.mode = mode->second;
    if (end < text.size()) choice.parameter = text.substr(end + 1);
    return choice;
  }
  return {};
}

Responder::Choices Responder::choose(std::string_view label) const {
  Choices choices;
  const std::string text = canonical(label);
  std::string_view rest = text;
  while (true) {
    const auto at = rest.find(then);
    auto choice = choose_one(rest.substr(0, at));
    if (!choice) return {};
    choices.push_back(std::move(*choice));
    if (at == rest.npos) return choices;
    rest.remove_prefix(at + then.size());
  }
}

Reply Responder::run(const Choices& choices, const DnsQuery& query, bool every_type) {
  Reply all;
  for (const Choice& choice : choices) {
    const Request request{.query = query,
                          .parameter = choice.parameter,
                          .extended_error = choice.extended_error,
                          .options = options_,
                          .memory = memory_};
    const bool concerned =
        every_type || choice.mode->scope == Scope::all || query.type == rr_type::txt;
    append(all, concerned ? choice.mode->build(request) : reply_nodata(request));
  }
  return all;
}

Reply Responder::reply_from_zone(const Zone::Found& found, const DnsQuery& query) {
  if (!found.mode.empty()) return run(choose(found.mode), query, true);
  const Request request{.query = query, .options = options_, .memory = memory_};
  if (found.records.empty()) return reply_nodata(request);
  DnsMessage message = message_for(request);
  Zone::Found step = found;
  // Aliases are followed as far as the zone goes; the asker has to ask for the rest.
  for (int steps = 0; steps < 16 && !step.records.empty(); ++steps) {
    message.answer.insert(message.answer.end(), step.records.begin(), step.records.end());
    if (step.records[0].type == query.type) break;
    step = options_.zone.find(step.records[0].rdata, query.type);
  }
  return send(request, std::move(message));
}

}  // namespace persist::integration
