#include "hook/annotation.h"

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "record/issue_value.h"
#include "record/persist_record.h"
#include "record/persist_until.h"

namespace persist::hook {
namespace {

constexpr std::size_t most_lines = 50;
constexpr std::size_t longest_piece = 120;

std::string describe_issuer(std::string_view issuer, const record::CaProfile& ca) {
  if (issuer.empty()) return "no CA is named";
  if (record::answers_to(ca, issuer))
    return ca.directory_url.empty() ? "a CA by its name" : "the CA: " + ca.title;
  for (const record::CaProfile& profile : record::built_in_profiles()) {
    if (record::answers_to(profile, issuer)) return "another CA: " + profile.title;
  }
  return record::is_issuer_domain_name(issuer) ? "not the name of this CA" : "no domain name";
}

std::string describe_account(std::string_view value) {
  if (value.empty()) return "no account";
  if (const auto* ca = record::find_profile_by_account(value)) return "an account at " + ca->title;
  for (const std::string_view algorithm : {"sha-256/", "sha-384/", "sha-512/"}) {
    if (contains(value, algorithm)) return "an account, hashed (draft -02)";
  }
  return contains(value, "://") ? "an account by its URL (drafts -00 and -01)"
                                : "neither an account URL nor a hash";
}

std::string describe_policy(std::string_view value) {
  return equals_ignoring_case(value, record::wildcard_policy)
             ? "covers the wildcard name too"
             : "a policy without effect: only \"wildcard\" means something";
}

std::string describe_time(std::string_view value, UnixTime now) {
  const auto time = record::parse_persist_until(value);
  if (!time) return "no whole number of seconds";
  if (*time < now) return fmt::format("expired: the last good second was {}", to_rfc3339(*time));
  return fmt::format("good up to and including {} ({} days from now)", to_rfc3339(*time),
                     (time->seconds - now.seconds) / 86'400);
}

std::string describe_piece(const record::Piece& piece, UnixTime now) {
  if (piece.text.empty()) return "an empty parameter: a needless semicolon";
  if (!piece.has_equals) return "no parameter: \"=\" is missing";
  if (equals_ignoring_case(piece.tag, record::accounturi_tag)) return describe_account(piece.value);
  if (equals_ignoring_case(piece.tag, record::policy_tag)) return describe_policy(piece.value);
  if (equals_ignoring_case(piece.tag, record::persist_until_tag))
    return describe_time(piece.value, now);
  return "an unknown tag: CAs ignore it";
}

std::string line(std::string_view piece, const std::string& meaning) {
  return fmt::format("  {:<48}  {}\n", quote(piece, longest_piece), meaning);
}

}  // namespace

std::string annotate(std::string_view value, const record::CaProfile& ca, UnixTime now) {
  record::PieceReader pieces(value);
  std::string text = line(pieces.issuer(), describe_issuer(pieces.issuer(), ca));
  std::size_t count = 0;
  while (const auto piece = pieces.next()) {
    if (++count <= most_lines) text += line(piece->text, describe_piece(*piece, now));
  }
  if (count > most_lines) text += fmt::format("  ... and {} more pieces\n", count - most_lines);
  return text;
}

}  // namespace persist::hook
