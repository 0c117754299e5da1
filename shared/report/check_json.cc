#include "report/check_json.h"

#include <algorithm>

#include "report/json_writer.h"
#include "report/method_text.h"
#include "report/place.h"

namespace persist::report {
namespace {

std::string_view verdict_of(const record::Judgement& judgement) {
  if (!judgement.reason) return to_text(record::Outcome::authorized);
  return to_text(judgement.open ? record::Outcome::unknown : record::Outcome::refused);
}

std::optional<std::string_view> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

void append_code(JsonWriter& json, const std::optional<record::Reason>& reason) {
  if (reason) return json.text("reason", to_code(*reason));
  json.null("reason");
}

void append_nothing_read(JsonWriter& json) {
  json.null("accounturi");
  json.null("policy_wildcard");
  json.null("persist_until");
}

void append_issuer(JsonWriter& json, const std::string& issuer_domain_name) {
  if (issuer_domain_name.empty()) return json.null("issuer");
  json.text("issuer", issuer_domain_name);
}

/// What the CA reads in the record.
void append_meaning(JsonWriter& json,
                    const Expected<record::PersistRecord, record::SyntaxError>& record) {
  if (!record) {
    append_issuer(json, record.error().issuer_domain_name);
    return append_nothing_read(json);
  }
  append_issuer(json, record->issuer_domain_name);
  json.text("accounturi", record->accounturi);
  json.flag("policy_wildcard", record->allows_wildcard);
  if (record->persist_until) return json.number("persist_until", record->persist_until->seconds);
  json.null("persist_until");
}

void append_record(JsonWriter& json, const record::Judgement& judgement) {
  const std::string text = judgement.found.text();
  const bool may_be_shown = is_of_this_method(text);
  json.begin_object();
  json.text_or_null("text", may_be_shown ? std::optional<std::string_view>(text) : std::nullopt);
  json.begin_array("hex");
  if (may_be_shown) {
    for (const std::string& part : judgement.found.character_strings) json.hex(part);
  }
  json.end_array();
  json.number("octets", static_cast<std::int64_t>(text.size()));
  json.number("ttl", judgement.found.ttl.count());
  if (may_be_shown) {
    append_meaning(json, judgement.record);
  } else {
    json.null("issuer");
    append_nothing_read(json);
  }
  json.text("verdict", verdict_of(judgement));
  append_code(json, judgement.reason);
  if (may_be_shown && !judgement.record) {
    json.number("offset", static_cast<std::int64_t>(judgement.record.error().offset));
  } else {
    json.null("offset");
  }
  json.end_object();
}

void append_position(JsonWriter& json, std::string_view key, std::size_t position) {
  if (position > 0) return json.number(key, static_cast<std::int64_t>(position));
  json.null(key);
}

void append_finding(JsonWriter& json, const Diagnostic& finding, const Location& place) {
  json.begin_object();
  json.text("rule", finding.rule);
  json.text("name", finding.name);
  json.text("level", to_text(finding.severity));
  json.text("message", finding.message);
  json.text_or_null("file", unless_empty(place.file));
  append_position(json, "line", place.line);
  append_position(json, "column", place.column);
  json.end_object();
}

void append_findings(JsonWriter& json, const CheckResult& result) {
  json.begin_array("warnings");
  for (const Diagnostic& finding : result.findings) {
    if (finding.severity != Severity::error && finding.severity != Severity::warning) continue;
    json.begin_object();
    json.text("rule", finding.rule);
    json.text("name", finding.name);
    json.text("message", finding.message);
    json.end_object();
  }
  json.end_array();
  json.begin_array("findings");
  for (const Diagnostic& finding : result.findings) {
    append_finding(json, finding, place_of(finding, result));
  }
  json.end_array();
}

void append_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.begin_array(key);
  for (const std::string& text : texts) json.text(text);
  json.end_array();
}

void append_question(JsonWriter& json, const CheckResult& result) {
  json.text("name", result.identifier.name.text());
  json.flag("wildcard", result.identifier.wildcard);
  json.text("owner", result.owner);
  json.text("ca", result.ca);
  json.text("dialect", to_text(result.dialect));
  json.text_or_null("account", unless_empty(result.account_label));
  json.text_or_null("account_url", result.account_url);
  json.text_or_null("account_source", result.account_source);
  append_texts(json, "alias_chain", result.alias_chain);
  json.text("dnssec", result.dnssec_validated ? "validated" : "unverified");
}

void append_verdict(JsonWriter& json, const record::Evaluation& evaluation) {
  json.text("verdict", to_text(evaluation.outcome));
  if (evaluation.error) {
    json.text("error", to_text(*evaluation.error));
  } else {
    json.null("error");
  }
  append_code(json, evaluation.reason);
  json.begin_array("records");
  for (const record::Judgement& judgement : evaluation.judgements) append_record(json, judgement);
  json.end_array();
}

/// What CAA said; null where it was not asked.
void append_caa(JsonWriter& json, const std::optional<record::CaaJudgement>& caa) {
  if (!caa) return json.null("caa");
  json.begin_object("caa");
  json.text("verdict", to_text(caa->outcome));
  json.text_or_null("at",
                    caa->at ? std::optional<std::string_view>(caa->at->text()) : std::nullopt);
  json.begin_array("records");
  for (const record::CaaProperty& property : caa->properties) {
    json.begin_object();
    json.number("flags", property.found.flags);
    json.text("tag", property.found.tag);
    json.text("value", property.found.value);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

/// Only where servers were asked one by one, or something is remarked.
void append_way(JsonWriter& json, const CheckResult& result) {
  if (!result.servers.empty()) {
    json.begin_array("servers");
    for (const ServerResult& server : result.servers) {
      json.begin_object();
      json.text("server", server.server);
      json.text_or_null("address", unless_empty(server.address));
      json.text("verdict", to_text(server.outcome));
      json.text("message", server.message);
      json.end_object();
    }
    json.end_array();
  }
  if (!result.remarks.empty()) append_texts(json, "remarks", result.remarks);
}

}  // namespace

void append_check(std::string& out, const CheckResult& result) {
  JsonWriter json(out);
  json.begin_object();
  append_question(json, result);
  append_verdict(json, result.evaluation);
  append_caa(json, result.caa);
  append_findings(json, result);
  json.text("message", result.message);
  append_texts(json, "publish", result.publish);
  append_way(json, result);
  json.begin_object("labels");
  for (const auto& [key, value] : result.labels) json.foreign_member(key, value);
  json.end_object();
  json.text("now", to_rfc3339(result.now));
  json.end_object();
}

void append_summary(std::string& out, const Summary& summary) {
  JsonWriter json(out);
  const auto count = [&json](std::string_view key, std::uint64_t value) {
    json.number(key, static_cast<std::int64_t>(value));
  };
  json.begin_object();
  count("checks", summary.checks);
  count("authorized", summary.authorized);
  count("refused", summary.refused);
  count("unknown", summary.unknown);
  count("errors", summary.errors);
  count("warnings", summary.warnings);
  count("notices", summary.notices);
  count("suppressed", summary.suppressed);
  append_texts(json, "problems", summary.problems);
  json.text("now", to_rfc3339(summary.now));
  json.end_object();
}

}  // namespace persist::report
