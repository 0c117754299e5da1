#include "acme/challenge_vectors.h"

#include <fmt/format.h>

#include "acme/challenge.h"

namespace persist::testing {
namespace {

std::string directory_text(const Json& meta) {
  return Json{{"newNonce", "https://ca.example/acme/new-nonce"},
              {"newAccount", "https://ca.example/acme/new-account"},
              {"newOrder", "https://ca.example/acme/new-order"},
              {"meta", meta}}
      .dump();
}

std::string_view to_text(acme::Preprovisioning preprovisioning) {
  switch (preprovisioning) {
    case acme::Preprovisioning::not_applicable:
      return "null";
    case acme::Preprovisioning::possible:
      return "true";
    case acme::Preprovisioning::impossible:
      return "false";
  }
  return "";
}

std::string draft_of(const acme::Offer& offer) {
  return offer.dialect == record::Dialect::draft_02 ? "02" : "01";
}

/// The vectors know three drafts, of which the first two speak one dialect.
std::string draft_of(const Json& row) {
  return row.at("draft") == "02" ? "02" : "01";
}

std::string judge(const acme::Directory& directory, const Json& row) {
  const auto challenge = acme::parse_challenge(row.at("challenge").dump());
  if (!challenge) return "unreadable " + std::string(acme::to_code(challenge.error().code));
  const auto offer =
      acme::check_challenge(*challenge, directory, row.at("account_url").get<std::string>());
  if (!offer) return "malformed " + std::string(acme::to_code(offer.error().code));
  return "usable in " + draft_of(*offer);
}

}  // namespace

std::string expected_offer(const Json& row) {
  const Json& expect = row.at("expect");
  const auto verdict = expect.at("challenge").get<std::string>();
  const std::string reason = expect.at("reason").is_null() ? "in " + draft_of(row)
                                                           : expect.at("reason").get<std::string>();
  return fmt::format("{} {}; preprovision {}", verdict, reason, expect.at("preprovision").dump());
}

std::string judge_offer(const Json& row) {
  const auto directory = acme::parse_directory(directory_text(row.at("directory_meta")));
  if (!directory) return "directory " + std::string(acme::to_code(directory.error().code));
  return fmt::format("{}; preprovision {}", judge(*directory, row),
                     to_text(acme::preprovisioning(*directory)));
}

std::string check_challenge_row(const Json& row) {
  const std::string want = expected_offer(row);
  const std::string got = judge_offer(row);
  return want == got ? std::string() : fmt::format("expected {}, got {}", want, got);
}

}  // namespace persist::testing
