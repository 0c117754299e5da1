#include <fmt/format.h>
#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/sha2.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/example_subjects.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

bool is_base64url(char c) {
  return is_alphanumeric(c) || c == '-' || c == '_';
}

std::string describe(std::string_view found, const std::string& prefix) {
  if (found.substr(0, prefix.size()) != prefix)
    return fmt::format("expected to begin with {}", quote(prefix));
  const std::string_view hash = found.substr(prefix.size());
  const auto slash = hash.find('/');
  if (slash == std::string_view::npos) return "expected a slash between algorithm and digest";
  const std::string_view text = hash.substr(slash + 1);
  const auto bad = std::find_if_not(text.begin(), text.end(), is_base64url);
  // Base64url without padding.
  const std::size_t size = (digest_size_octets(hash.substr(0, slash)) * 4 + 2) / 3;
  if (text.size() != size)
    return fmt::format("expected a digest of {} characters, found {}", size, text.size());
  return fmt::format("character {} of the digest is no base64url", bad - text.begin() + 1);
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.account_fault != AccountFault::hash_format) return {};
    const record::Piece& accounturi = *record.find(record::accounturi_tag);
    return Finding{
        .message = fmt::format("accounturi is no well-formed hash, {}: {}", quote(accounturi.value),
                               describe(accounturi.value, subject.required.account_hash_prefix)),
        .span = record.value_span(accounturi)};
  });
}

}  // namespace

extern const Rule hash_format{
    .id = "DP319",
    .name = "hash-format",
    .level = Level::error,
    .title = "the hash is not well-formed",
    .rationale =
        "A hash is the accountHashPrefix of the CA, the name of an algorithm, a slash and an "
        "unpadded base64url digest of the full length. Anything else is malformed.",
    .remedy = "Make the hash anew, for instance with persist-hook record.",
    .citation =
        "draft-ietf-acme-dns-persist-02, section 4.1, item 3, and 9.3.1; RFC 4648, section 5",
    .example = {.good = {"ca.example; "
                         "accounturi=https://ca.example/account-hash/sha-256/"
                         "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"},
                .bad = {"ca.example; "
                        "accounturi=https://ca.example/account-hash/sha-256/"
                        "5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw="},
                .arrange = use_dialect_02,
                .note = "The CA follows draft -02."},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
