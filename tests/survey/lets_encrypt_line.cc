#include "survey/lets_encrypt_line.h"

#include <fmt/format.h>

#include <map>
#include <stdexcept>
#include <utility>

#include "dns/lookup.h"
#include "record/explain.h"
#include "survey/survey.h"

namespace persist::testing {
namespace {

constexpr std::string_view profile_id = "letsencrypt";
constexpr std::uint16_t message_id = 0x1234;

/// What DNS says to one question.
struct Said {
  std::string outcome = "nodata";
  std::vector<dns::Name> chain{};  ///< from the name asked for to the one that has the records
  std::vector<std::string> rdata{};
};
using Says = std::map<std::pair<dns::RrType, dns::Name>, Said>;

void append_u16(std::string& out, std::size_t value) {
  out += static_cast<char>(value >> 8U);
  out += static_cast<char>(value & 0xFFU);
}

void append_record(std::string& out, const dns::Name& owner, dns::RrType type,
                   std::string_view rdata) {
  out += owner.wire();
  append_u16(out, static_cast<std::uint16_t>(type));
  append_u16(out, 1);  // class IN
  out += std::string_view("\0\0\1\x2c", 4);
  append_u16(out, rdata.size());
  out += rdata;
}

/// Response code and TC bit.
std::size_t flags_of(const std::string& outcome) {
  static const std::map<std::string, std::size_t> flags{
      {"noerror", 0},  {"nodata", 0}, {"formerr", 1}, {"servfail", 2},      {"bogus", 2},
      {"nxdomain", 3}, {"notimp", 4}, {"refused", 5}, {"truncated", 0x200},
  };
  return flags.at(outcome);
}

std::string message(const dns::Question& question, const Said& said) {
  std::string out;
  const bool is_negative = said.outcome == "nodata" || said.outcome == "nxdomain";
  const std::size_t aliases = said.chain.empty() ? 0 : said.chain.size() - 1;
  append_u16(out, message_id);
  append_u16(out, 0x8180 | flags_of(said.outcome));  // QR, RD, RA
  append_u16(out, 1);
  append_u16(out, aliases + said.rdata.size());
  append_u16(out, is_negative ? 1 : 0);
  append_u16(out, 0);
  out += question.owner.wire();
  append_u16(out, static_cast<std::uint16_t>(question.type));
  append_u16(out, 1);
  for (std::size_t i = 0; i < aliases; ++i) {
    append_record(out, said.chain[i], dns::RrType::cname, said.chain[i + 1].wire());
  }
  const dns::Name& owner = aliases == 0 ? question.owner : said.chain.back();
  for (const std::string& rdata : said.rdata) append_record(out, owner, question.type, rdata);
  if (is_negative) append_record(out, dns::Name(), dns::RrType::soa, std::string(22, '\0'));
  return out;
}

Expected<dns::Answer, dns::LookupError> look_up(dns::Query query, const Said& said) {
  const dns::ResolverSettings settings{
      .servers = {*dns::parse_server_address("192.0.2.53")}, .tries = 1, .late_pass = false};
  dns::Lookup lookup(std::move(query), settings);
  auto next = dns::Lookup::Next::ask;
  while (next == dns::Lookup::Next::ask) {
    if (said.outcome == "timeout") {
      next = lookup.on_silence(settings.try_timeout);
      continue;
    }
    const std::string text = message(lookup.question(), said);
    const std::vector<std::uint8_t> octets(text.begin(), text.end());
    next = lookup.on_message(message_id, octets);
  }
  if (next != dns::Lookup::Next::done) throw std::logic_error("a message that is no answer");
  return lookup.result();
}

std::vector<dns::Name> to_names(const Json& chain) {
  std::vector<dns::Name> names;
  for (const Json& name : chain) names.push_back(dns::Name::parse(name.get<std::string>()).value());
  return names;
}

/// Character-strings, each behind its length.
std::string txt_rdata(const Json& strings) {
  std::string rdata;
  for (const Json& part : strings) {
    const std::string octets = from_hex(part.get<std::string>());
    rdata += static_cast<char>(octets.size());
    rdata += octets;
  }
  return rdata;
}

Says read_says(const Json& json) {
  Says says;
  Said txt{.outcome = json.at("dns"), .chain = to_names(json.value("cname_chain", Json::array()))};
  for (const Json& rr : json.at("answer")) txt.rdata.push_back(txt_rdata(rr.at("hex")));
  const auto owner = dns::Name::parse(json.at("query_name").get<std::string>());
  says[{dns::RrType::txt, owner.value()}] = std::move(txt);
  for (const Json& set : json.at("caa")) {
    Said caa{.outcome = set.at("dns"), .chain = to_names(set.value("cname_chain", Json::array()))};
    for (const Json& rdata : set.at("hex")) caa.rdata.push_back(from_hex(rdata.get<std::string>()));
    const auto name = dns::Name::parse(set.at("name").get<std::string>());
    says[{dns::RrType::caa, name.value()}] = std::move(caa);
  }
  return says;
}

struct Surveyed {
  record::Evaluation evaluation{.outcome = record::Outcome::unknown};
  std::string asked_for_caa{};  ///< names with a blank between them
};

Surveyed survey_row(const VectorCase& row, const Says& says) {
  record::CaProfile ca = *record::find_profile(profile_id);
  ca.dialect_is_certain = true;  // as for every row
  std::vector<survey::Subject> subjects{
      {.required = to_requirement(row), .ca = &ca, .now = row.now}};
  subjects.front().required.climb = false;
  std::optional<survey::Inquiry> inquiry{
      {.name = row.identifier.value().name, .subjects = std::move(subjects)}};
  Surveyed result;
  survey::Survey survey([&] { return std::exchange(inquiry, {}); },
                        [&](survey::Inquiry done) {
                          result.evaluation = std::move(done.subjects.front().evaluation);
                        });
  while (auto query = survey.next_query()) {
    if (query->type == dns::RrType::caa) {
      result.asked_for_caa += (result.asked_for_caa.empty() ? "" : " ") + query->owner.to_text();
    }
    const auto known = says.find({query->type, query->owner});
    const std::uint32_t token = query->token;
    survey.on_answer(token,
                     look_up(*std::move(query), known == says.end() ? Said{} : known->second));
  }
  return result;
}

}  // namespace

std::string lets_encrypt_line(const Json& json) {
  const VectorCase row = read_case(json);
  const Surveyed found =
      json.contains("caa") ? survey_row(row, read_says(json)) : Surveyed{evaluate(row, profile_id)};
  const Verdict verdict = to_verdict(found.evaluation);
  const auto& reason = found.evaluation.reason;
  const bool caa_is_unknown =
      found.evaluation.outcome == record::Outcome::unknown && !found.asked_for_caa.empty();
  return fmt::format("{}\t{},{}\t{}\t{}", json.at("id").get<std::string>(), verdict.verdict,
                     verdict.error.empty() ? "-" : verdict.error,
                     reason && !caa_is_unknown
                         ? record::words_of_ca(*reason, *record::find_profile(profile_id))
                         : "",
                     found.asked_for_caa);
}

}  // namespace persist::testing
