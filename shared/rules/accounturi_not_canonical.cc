#include <fmt/format.h>

#include "base/escape.h"
#include "record/persist_record.h"
#include "rules/account_fault.h"
#include "rules/collect.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

/// What would have been right: the account URL, or the hash behind the right prefix.
std::string expected(const Subject& subject, std::string_view found) {
  if (subject.ca->dialect == record::Dialect::draft_01) return subject.required.account.url;
  return subject.required.account_hash_prefix + std::string(hash_part(found, ""));
}

std::string rest(std::string_view text, std::size_t at) {
  return at == text.size() ? "its end" : quote(text.substr(at));
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy> records) {
  return collect(records, [&](const Anatomy& record) -> std::optional<Finding> {
    if (record.account_fault != AccountFault::not_canonical) return {};
    const record::Piece& accounturi = *record.find(record::accounturi_tag);
    const std::string wanted = expected(subject, accounturi.value);
    const std::size_t at = first_difference(accounturi.value, wanted);
    return Finding{
        .message = fmt::format(
            "accounturi is spelt differently from {}: at character {} expected {}, found {}",
            quote(wanted), at + 1, rest(wanted, at), rest(accounturi.value, at)),
        .span = record.place(accounturi.value_offset + at, accounturi.value.size() - at)};
  });
}

}  // namespace

extern const Rule accounturi_not_canonical{
    .id = "DP316",
    .name = "accounturi-not-canonical",
    .level = Level::error,
    .title = "accounturi is the right URI, spelt differently",
    .rationale =
        "URIs are compared octet by octet. A difference in case, port, slash, escape, scheme, "
        "brackets or fragment makes another account of it.",
    .remedy = "Copy the URI exactly as the CA gave it.",
    .citation = "draft-ietf-acme-dns-persist-02, section 4.1, item 3; RFC 3986, section 6.2.1",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://CA.example:443/acct/1/"}},
    .check = check,
    .needs_refusal = true,
};

}  // namespace persist::rules
