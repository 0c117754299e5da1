#include "support/vectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "record/account_binding.h"

namespace persist::testing {
namespace {

using record::DnsOutcome;
using record::DomainName;
using record::Reason;

record::TxtRecord to_txt(const Json& rr) {
  record::TxtRecord record;
  for (const Json& part : rr.at("hex")) {
    record.character_strings.push_back(from_hex(part.get<std::string>()));
  }
  return record;
}

std::vector<record::TxtRecord> to_rrset(const Json& answer) {
  std::vector<record::TxtRecord> rrset;
  for (const Json& rr : answer) rrset.push_back(to_txt(rr));
  return rrset;
}

DnsOutcome to_outcome(const std::string& dns) {
  if (dns == "noerror") return DnsOutcome::answered;
  if (dns == "nodata") return DnsOutcome::nodata;
  if (dns == "nxdomain") return DnsOutcome::nxdomain;
  return DnsOutcome::failed;
}

/// What stands at a parent of the name; nothing there is NXDOMAIN.
record::NameAnswer parent_answer(const DomainName& parent, const Json& elsewhere) {
  record::NameAnswer answer{.validated_fqdn = parent, .outcome = DnsOutcome::nxdomain};
  const std::string owner = std::string(record::validation_label) + "." + parent.text();
  for (const Json& rr : elsewhere) {
    const auto name = DomainName::parse(rr.at("owner").get<std::string>());
    if (!name || name->text() != owner) continue;
    answer.outcome = DnsOutcome::answered;
    answer.rrset.push_back(to_txt(rr));
  }
  return answer;
}

void add_parents(VectorCase& row, const Json& elsewhere) {
  auto parent = row.identifier->name.parent();
  // A single label is nobody's to authorise.
  while (parent && parent->text().find('.') != std::string::npos) {
    row.answers.push_back(parent_answer(*parent, elsewhere));
    parent = parent->parent();
  }
}

std::string dash(const std::string& text) {
  return text.empty() ? "-" : text;
}

std::string ca_column(const VectorCase& row, std::string_view profile) {
  if (row.account.status != record::AccountStatus::valid) return "-";
  const Verdict verdict = judge(row, profile);
  return verdict.verdict + "," + dash(verdict.error);
}

Verdict expected(const Json& column, bool with_reason) {
  const auto text = [&](const char* key) {
    const auto it = column.find(key);
    return it == column.end() || it->is_null() ? std::string() : it->get<std::string>();
  };
  return {text("verdict"), text("error"), with_reason ? text("reason") : std::string()};
}

std::string compare(std::string_view name, const Verdict& want, const Verdict& got) {
  if (want == got) return {};
  return fmt::format("{}: expected {} {} {}, got {} {} {}; ", name, want.verdict, dash(want.error),
                     dash(want.reason), got.verdict, dash(got.error), dash(got.reason));
}

std::string check_record_row(const Json& json) {
  const VectorCase row = read_case(json);
  std::string differences =
      compare("strict", expected(json.at("expect"), true), judge(row, strict_profile(row)));
  const auto measured = [&](const char* column, std::string_view profile, bool verdict_only) {
    if (!json.contains(column) || json.at(column).is_null()) return;
    Verdict got = judge(row, profile);
    got.reason.clear();
    if (verdict_only) got.error.clear();
    differences += compare(column, expected(json.at(column), false), got);
  };
  measured("boulder", "letsencrypt", false);
  measured("pebble", "pebble", false);
  measured("digicert", "br-only", true);
  return differences;
}

std::string check_hash_row(const Json& row) {
  const auto text = [&](const char* key) { return row.at(key).get<std::string>(); };
  const std::string preimage =
      record::account_hash_preimage(text("domain_name"), text("key"), text("account_url"));
  if (preimage != from_hex(text("preimage_hex"))) return "the preimage differs";
  const auto hash =
      record::account_hash(text("hash_alg"), text("domain_name"), text("key"), text("account_url"));
  const std::string uri = text("account_hash_prefix") + hash.value_or("(none)");
  if (uri == text("account_uri") && uri.ends_with("/" + text("digest"))) return {};
  return fmt::format("expected {}, got {}", text("account_uri"), uri);
}

}  // namespace

std::string from_hex(std::string_view hex) {
  std::string octets;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    octets += static_cast<char>(std::strtoul(std::string(hex.substr(i, 2)).c_str(), nullptr, 16));
  }
  return octets;
}

VectorCase read_case(const Json& json) {
  VectorCase row;
  const Json& identifier = json.at("identifier");
  const auto parsed = record::parse_identifier(identifier.at("value").get<std::string>());
  if (identifier.at("type") == "dns" && parsed) row.identifier = *parsed;
  if (!parsed && parsed.error().code == record::NameErrorCode::too_long) {
    row.name_reason = Reason::name_too_long;
  }
  row.dialect = json.at("draft") == "02" ? record::Dialect::draft_02 : record::Dialect::draft_01;
  for (const Json& name : json.at("issuer_domain_names")) {
    row.issuer_domain_names.push_back(*DomainName::parse(name.get<std::string>()));
  }
  const Json& account = json.at("account");
  row.account.url = account.at("url").get<std::string>();
  if (account.at("status") != "valid") row.account.status = record::AccountStatus::deactivated;
  row.account.thumbprints = account.at("thumbprints").get<std::vector<std::string>>();
  row.account.keys_complete = true;
  if (json.at("account_hash_prefix").is_string()) {
    row.account_hash_prefix = json.at("account_hash_prefix").get<std::string>();
    row.hash_algs = json.at("accepted_hash_algs").get<std::vector<std::string>>();
  }
  row.allow_parent = json.at("allow_parent").get<bool>();
  row.now = UnixTime{json.at("now").get<std::int64_t>()};
  if (!row.identifier) return row;
  row.answers.push_back({.validated_fqdn = row.identifier->name,
                         .outcome = to_outcome(json.at("dns").get<std::string>()),
                         .rrset = to_rrset(json.at("answer"))});
  add_parents(row, json.at("elsewhere"));
  return row;
}

record::Requirement to_requirement(const VectorCase& row) {
  return {.identifier = row.identifier.value(),
          .issuer_domain_names = row.issuer_domain_names,
          .account = row.account,
          .account_hash_prefix = row.account_hash_prefix,
          .hash_algs = row.hash_algs,
          .climb = row.allow_parent};
}

std::string_view strict_profile(const VectorCase& row) {
  return row.dialect == record::Dialect::draft_02 ? "strict-02" : "strict-01";
}

record::Evaluation evaluate(const VectorCase& row, std::string_view profile_id) {
  record::CaProfile ca = *record::find_profile(profile_id);
  ca.dialect_is_certain = true;  // a vector says which rule set is meant
  if (!row.identifier) return record::evaluate_unsent(row.name_reason, ca);
  auto required = to_requirement(row);
  required.climb = row.allow_parent && profile_id.starts_with("strict");
  return record::evaluate(row.answers, required, ca, row.now);
}

Verdict to_verdict(const record::Evaluation& evaluation) {
  Verdict verdict{evaluation.outcome == record::Outcome::authorized ? "accept" : "reject"};
  if (evaluation.error) verdict.error = record::to_text(*evaluation.error);
  if (evaluation.reason) verdict.reason = record::to_code(*evaluation.reason);
  return verdict;
}

Verdict judge(const VectorCase& row, std::string_view profile_id) {
  return to_verdict(evaluate(row, profile_id));
}

std::string judge_line(const Json& json) {
  const VectorCase row = read_case(json);
  const Verdict strict = judge(row, strict_profile(row));
  std::string line = fmt::format("{}\t{},{},{}", json.at("id").get<std::string>(), strict.verdict,
                                 dash(strict.error), dash(strict.reason));
  line += "\t" + (row.issuer_domain_names.size() == 1 ? ca_column(row, "letsencrypt") : "-");
  const bool is_dns = json.at("identifier").at("type") == "dns";
  line += "\t" + (is_dns ? ca_column(row, "pebble") : "-");
  const bool for_br = row.identifier && record::has_room_for_label(row.identifier->name) &&
                      row.dialect == record::Dialect::draft_01 && json.at("dns") == "noerror";
  if (!for_br) return line + "\t-";
  VectorCase valid = row;
  valid.account.status = record::AccountStatus::valid;
  return line + "\t" + judge(valid, "br-only").verdict;
}

std::string check_row(const Json& row) {
  return row.contains("preimage_hex") ? check_hash_row(row) : check_record_row(row);
}

}  // namespace persist::testing
