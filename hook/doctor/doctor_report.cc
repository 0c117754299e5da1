#include "hook/doctor/doctor_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "base/escape.h"
#include "hook/doctor/abilities.h"
#include "report/json_writer.h"

namespace persist::hook::doctor {
namespace {

std::string to_text(const Location& place) {
  if (place.file.empty()) return "this host";
  std::string text = escape(place.file);
  if (place.line > 0) text += fmt::format(":{}", place.line);
  return text;
}

/// Our part of the command: what else stands there may be secret.
std::string command_of(const OwnCall& call) {
  if (call.arguments.empty()) return "(look there)";
  std::string text;
  for (const std::string& word : call.arguments) text += (text.empty() ? "" : " ") + word;
  return escape(text);
}

/// Files that were read, by folder: there are hundreds of units.
std::map<std::string, std::size_t> count_by_folder(const std::vector<std::string>& paths) {
  std::map<std::string, std::size_t> folders;
  for (const std::string& path : paths) ++folders[path.substr(0, path.rfind('/') + 1)];
  return folders;
}

std::string line_of(const JudgedCall& call) {
  const CallSite& site = call.site;
  const std::string client = site.client.empty() ? "no client" : escape(site.client);
  const std::string_view title =
      site.slot == nullptr ? "a call in front of nothing" : site.slot->title;
  std::string text = fmt::format("call: {}: {}, {}: {}", to_text(site.place), client, title,
                                 to_text(call.standing));
  if (call.standing == Standing::holds) {
    text +=
        fmt::format("; blocks {}; does not block {}", site.slot->blocks, site.slot->does_not_block);
  }
  return text + "\n";
}

std::string line_of(const InstalledProgram& program) {
  const Ability ability = ability_of(program.client, program.version);
  std::string text = fmt::format(
      "client: {}: {} {}; uses dns-persist-01 itself: {}", escape(program.path), program.client,
      program.version ? escape(*program.version) : "of unknown version", to_text(ability));
  if (const ClientAbility* const known = find_ability(program.client)) {
    text += fmt::format(" (as of {})", known->as_of);
  }
  return text + "\n";
}

std::optional<std::string_view> text_or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

void write_place(report::JsonWriter& json, const Location& place) {
  json.text_or_null("file", text_or_null(place.file));
  if (place.line > 0) {
    json.number("line", static_cast<std::int64_t>(place.line));
  } else {
    json.null("line");
  }
}

void write(report::JsonWriter& json, const Finding& finding) {
  json.begin_object();
  json.text("level", report::to_text(finding.level));
  json.text("id", finding.kind->id);
  write_place(json, finding.place);
  json.text("message", finding.message);
  json.text("remedy", finding.kind->remedy);
  json.end_object();
}

void write(report::JsonWriter& json, const JudgedCall& call) {
  const CallSite& site = call.site;
  const auto of_slot = [&site](std::string_view Slot::*member) {
    return site.slot == nullptr ? std::nullopt : std::optional(site.slot->*member);
  };
  json.begin_object();
  json.text_or_null("client", text_or_null(site.client));
  json.text_or_null("certificate", text_or_null(site.certificate));
  write_place(json, site.place);
  json.text("command", command_of(site.call));
  json.text_or_null("slot", of_slot(&Slot::title));
  json.text("standing", to_text(call.standing));
  json.text_or_null("blocks", of_slot(&Slot::blocks));
  json.text_or_null("does_not_block", of_slot(&Slot::does_not_block));
  json.end_object();
}

void write(report::JsonWriter& json, const InstalledProgram& program) {
  const ClientAbility* const known = find_ability(program.client);
  json.begin_object();
  json.text("client", program.client);
  json.text("program", program.path);
  json.text_or_null("version", program.version ? std::optional<std::string_view>(*program.version)
                                               : std::nullopt);
  json.text_or_null("version_source", text_or_null(program.version_source));
  json.text("uses_method", to_text(ability_of(program.client, program.version)));
  json.text_or_null("as_of", known == nullptr ? std::nullopt : std::optional(known->as_of));
  json.end_object();
}

template <typename Items>
void write_array(report::JsonWriter& json, std::string_view key, const Items& items) {
  json.begin_array(key);
  for (const auto& item : items) write(json, item);
  json.end_array();
}

}  // namespace

bool is_complete(const Examination& examination) {
  const auto& all = examination.findings;
  return std::none_of(all.begin(), all.end(), [](const Finding& finding) {
    return finding.level == report::Severity::unknown;
  });
}

std::string to_text(const Examination& examination) {
  std::string text;
  for (const Finding& finding : examination.findings) {
    text +=
        fmt::format("{}: {}: {} [{}]; {}\n", report::to_text(finding.level), to_text(finding.place),
                    finding.message, finding.kind->id, finding.kind->remedy);
  }
  for (const JudgedCall& call : examination.calls) text += line_of(call);
  for (const InstalledProgram& program : examination.programs) text += line_of(program);
  for (const auto& [folder, count] : count_by_folder(examination.looked_at)) {
    text +=
        fmt::format("looked at: {} ({} file{})\n", escape(folder), count, count == 1 ? "" : "s");
  }
  return text;
}

std::string to_json(const Examination& examination) {
  std::string document;
  report::JsonWriter json(document);
  json.begin_object();
  json.number("schema_version", 1);
  json.flag("complete", is_complete(examination));
  write_array(json, "findings", examination.findings);
  write_array(json, "calls", examination.calls);
  write_array(json, "clients", examination.programs);
  json.begin_array("looked_at");
  for (const auto& [folder, count] : count_by_folder(examination.looked_at)) {
    json.begin_object();
    json.text("folder", folder);
    json.number("files", static_cast<std::int64_t>(count));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return document + "\n";
}

std::string to_callers(const Examination& examination) {
  std::string text;
  for (const JudgedCall& call : examination.calls) {
    const CallSite& site = call.site;
    text += fmt::format("{} {} {}\n", site.client.empty() ? "-" : escape(site.client),
                        to_text(site.place), command_of(site.call));
  }
  return text;
}

}  // namespace persist::hook::doctor
