#include <fmt/format.h>

#include <algorithm>

#include "hook/command.h"
#include "hook/request.h"
#include "record/generate.h"
#include "report/json_writer.h"

namespace persist::hook {
namespace {

std::optional<UnixTime> to_time(const std::optional<RecordEnd>& end, UnixTime now) {
  if (!end) return {};
  if (const auto* const time = std::get_if<UnixTime>(&*end)) return *time;
  return add(now, std::get<std::chrono::seconds>(*end));
}

/// One name has one record for itself and its wildcard.
struct Wanted {
  record::DomainName name;
  bool wildcard;
};

std::vector<Wanted> by_name(const std::vector<record::Identifier>& identifiers) {
  std::vector<Wanted> names;
  for (const record::Identifier& identifier : identifiers) {
    const auto same = std::find_if(names.begin(), names.end(), [&](const Wanted& wanted) {
      return wanted.name == identifier.name;
    });
    if (same == names.end()) {
      names.push_back({identifier.name, identifier.wildcard});
    } else {
      same->wildcard = same->wildcard || identifier.wildcard;
    }
  }
  return names;
}

std::string to_line(const record::Publication& made, const Options& options) {
  if (options.record_format == "value") return made.value + "\n";
  return record::to_zone_line(made.owner, options.ttl, made.value) + "\n";
}

void write_json(report::JsonWriter& json, const record::Publication& made,
                const record::CaProfile& ca, const Wanted& wanted, const Options& options) {
  json.begin_object();
  json.text("name", wanted.name.text());
  json.text("owner", made.owner.text());
  json.text("type", "TXT");
  json.number("ttl", options.ttl.count());
  json.text("value", made.value);
  json.begin_array("character_strings");
  for (const std::string& part : record::to_character_strings(made.value)) json.text(part);
  json.end_array();
  json.text("zone_line", record::to_zone_line(made.owner, options.ttl, made.value));
  json.text("ca", ca.id);
  json.text("dialect", record::to_text(ca.dialect));
  json.flag("wildcard", wanted.wildcard);
  json.end_object();
}

/// The profile once for each dialect that is asked for.
std::vector<record::CaProfile> profiles_of(const Request& request, const Options& options) {
  std::vector<record::CaProfile> profiles{request.ca};
  if (options.both_dialects) {
    profiles[0].dialect = record::Dialect::draft_01;
    profiles.push_back(request.ca);
    profiles[1].dialect = record::Dialect::draft_02;
  }
  return profiles;
}

}  // namespace

app::ExitStatus run_record(const Options& options, const app::Environment& environment) {
  Request request;
  if (const auto problem = read_request(options, request)) {
    print_error(environment, *problem);
    return app::ExitStatus::usage;
  }
  const UnixTime now = options.common.now.value_or(environment.now);
  std::string text;
  std::string document;
  report::JsonWriter json(document);
  json.begin_object();
  json.number("schema_version", 1);
  json.begin_array("records");
  for (const Wanted& wanted : by_name(request.identifiers)) {
    for (const record::CaProfile& ca : profiles_of(request, options)) {
      const auto subject = app::make_subject({.name = wanted.name}, request.account, now);
      const auto made = record::generate(subject.required, ca,
                                         {.wildcard = wanted.wildcard,
                                          .persist_until = to_time(options.persist_until, now),
                                          .for_any_domain = options.for_any_domain},
                                         now);
      if (!made) {
        print_error(environment,
                    {fmt::format("{}: {}", wanted.name.text(), record::explain(made.error()))});
        return app::ExitStatus::usage;
      }
      text += to_line(*made, options);
      write_json(json, *made, ca, wanted, options);
    }
  }
  json.end_array();
  json.end_object();
  environment.out.write(options.record_format == "json" ? document + "\n" : text);
  return app::ExitStatus::ok;
}

}  // namespace persist::hook
