#include "rules/account_fault.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "rules/hash_name.h"
#include "rules/issuer_fault.h"
#include "rules/uri_spelling.h"
#include "rules/wrong_tag.h"

namespace persist::rules {
namespace {

constexpr std::size_t thumbprint_size = 43;

bool is_base64url(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; });
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool begins_with(std::string_view text, std::string_view part) {
  return !part.empty() && text.substr(0, part.size()) == part;
}

std::string_view last_segment(std::string_view url) {
  return url.substr(url.rfind('/') + 1);
}

bool looks_hashed(std::string_view accounturi) {
  static const std::vector<std::string> algorithms{"sha-256", "sha-384", "sha-512"};
  return record::check_hash(hash_part(accounturi, ""), algorithms) == record::HashFault::none;
}

/// Sorts one accounturi that the CA does not accept.
class Classifier {
 public:
  Classifier(const Subject& subject, const Anatomy& record, std::string_view accounturi)
      : subject_(subject),
        record_(record),
        found_(accounturi),
        account_(subject.required.account),
        prefix_(subject.required.account_hash_prefix) {}

  AccountFault fault() const {
    const bool wants_hash = subject_.ca->dialect == record::Dialect::draft_02;
    if (found_.empty() || account_.url.empty()) return AccountFault::none;
    if (wants_hash) return is_hash_under_prefix() ? fault_of_hash() : fault_without_prefix();
    if (is_url_with_remains()) return AccountFault::none;
    if (begins_with(found_, prefix_) || looks_hashed(found_)) return AccountFault::hashed;
    return fault_of_text();
  }

 private:
  bool is_hash_under_prefix() const { return begins_with(found_, prefix_); }

  /// The URL, and behind it what a comma or a blank in place of a semicolon left there.
  bool is_url_with_remains() const {
    return found_ == account_.url || (begins_with(found_, account_.url) && contains(found_, "=") &&
                                      contains(", \t", found_.substr(account_.url.size(), 1)));
  }

  AccountFault fault_of_hash() const {
    const std::string_view hash = std::string_view(found_).substr(prefix_.size());
    switch (record::check_hash(hash, subject_.required.hash_algs)) {
      case record::HashFault::algorithm:
        return AccountFault::hash_alg;
      case record::HashFault::format:
        return AccountFault::hash_format;
      case record::HashFault::none:
        break;
    }
    if (record::match_hash(hash, account_, record_.judgement->validated_fqdn))
      return AccountFault::none;
    if (name_in_hash(subject_, record_)) return AccountFault::hash_wrong_domain;
    // An earlier key that we do not know may have made it.
    return record_.judgement->open ? AccountFault::none : AccountFault::other_account;
  }

  AccountFault fault_without_prefix() const {
    if (found_ == account_.url) return AccountFault::clear_text;
    const std::string_view hash = hash_part(found_, "");
    if (looks_hashed(found_)) {
      const auto head = std::string_view(found_).substr(0, found_.size() - hash.size());
      return is_same_spelt_differently(head, prefix_) ? AccountFault::not_canonical
                                                      : AccountFault::hash_format;
    }
    const AccountFault fault = fault_of_text();
    const bool is_url = contains(found_, "://");
    if (fault == AccountFault::not_canonical) return AccountFault::clear_text;
    if (fault != AccountFault::other_account) return fault;
    return is_url ? AccountFault::clear_text : AccountFault::hash_format;
  }

  AccountFault fault_of_text() const {
    if (is_number(found_) || found_ == last_segment(account_.url)) return AccountFault::number_only;
    if (is_thumbprint()) return AccountFault::thumbprint;
    if (is_of_sister()) return AccountFault::other_environment;
    if (contains(found_, "/acme/reg/") && !contains(account_.url, "/acme/reg/")) {
      return AccountFault::legacy_acmev1;
    }
    if (is_same_spelt_differently(found_, account_.url)) return AccountFault::not_canonical;
    return is_directory() ? AccountFault::directory_url : AccountFault::other_account;
  }

  bool is_thumbprint() const {
    const auto& known = account_.thumbprints;
    return (found_.size() == thumbprint_size && is_base64url(found_)) ||
           std::find(known.begin(), known.end(), found_) != known.end();
  }

  bool is_of_sister() const {
    const record::CaProfile* own = record::find_profile_by_account(account_.url);
    if (own == nullptr) own = subject_.ca;
    const record::CaProfile* sister = subject_.settings == nullptr
                                          ? record::find_profile(own->sister)
                                          : subject_.settings->find_ca(own->sister);
    return sister != nullptr && begins_with(found_, sister->account_url_prefix);
  }

  bool is_directory() const {
    if (found_ == subject_.ca->directory_url ||
        record::find_profile_by_directory(found_) != nullptr) {
      return true;
    }
    std::string_view text = found_;
    while (!text.empty() && text.back() == '/') text.remove_suffix(1);
    const std::string end = to_lower(last_segment(text));
    return contains(text, "://") && (end == "directory" || end == "dir" || end == host_of(text));
  }

  const Subject& subject_;
  const Anatomy& record_;
  std::string found_;
  const record::Account& account_;
  const std::string& prefix_;
};

}  // namespace

const record::Piece* only_accounturi(const Anatomy& record) {
  const auto is_accounturi = [](const record::Piece& piece) {
    return equals_ignoring_case(piece.tag, record::accounturi_tag);
  };
  const auto count = std::count_if(record.pieces.begin(), record.pieces.end(), is_accounturi);
  return count == 1 ? record.find(record::accounturi_tag) : nullptr;
}

AccountFault find_fault_of_account(const Subject& subject, const Anatomy& record) {
  if (!record.looks_meant_for_us || !record.judgement->reason) return AccountFault::none;
  const record::Piece* const accounturi = only_accounturi(record);
  if (accounturi == nullptr) return AccountFault::none;
  return Classifier(subject, record, without_damage(accounturi->value)).fault();
}

std::string expected_accounturi(const Subject& subject, const Anatomy& record) {
  const record::Requirement& required = subject.required;
  if (subject.ca->dialect == record::Dialect::draft_01) return required.account.url;
  const std::string& name = record.judgement->validated_fqdn.text();
  const std::string algorithm = required.hash_algs.empty() ? "sha-256" : required.hash_algs.front();
  const auto hash =
      required.account.thumbprints.empty()
          ? std::nullopt
          : record::account_hash(algorithm, name, required.account.thumbprints.front(),
                                 required.account.url);
  return required.account_hash_prefix +
         hash.value_or(fmt::format("{}/<hash of {}>", algorithm, name));
}

std::string quoted_accounturi(const Subject& subject, const Anatomy& record) {
  const std::string expected = expected_accounturi(subject, record);
  return expected.empty() ? "the account URL" : quote(expected);
}

std::vector<Finding> find_account_fault(const Subject& subject, std::span<const Anatomy> records,
                                        AccountFault fault, std::string_view what) {
  std::vector<Finding> findings;
  for (const Anatomy& record : records) {
    if (record.account_fault != fault) continue;
    const record::Piece& accounturi = *record.find(record::accounturi_tag);
    findings.push_back(
        {.message = fmt::format("accounturi is {} {}, expected {}", what, quote(accounturi.value),
                                quoted_accounturi(subject, record)),
         .span = record.value_span(accounturi)});
  }
  return findings;
}

std::size_t first_difference(std::string_view found, std::string_view expected) {
  const std::size_t common = std::min(found.size(), expected.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (found[i] != expected[i]) return i;
  }
  return common;
}

std::string_view hash_part(std::string_view accounturi, std::string_view prefix) {
  if (begins_with(accounturi, prefix)) return accounturi.substr(prefix.size());
  const auto slash = accounturi.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return accounturi;
  const auto before = accounturi.find_last_of("/:", slash - 1);
  return before == std::string_view::npos ? accounturi : accounturi.substr(before + 1);
}

bool names_account(std::string_view accounturi, const record::Account& account,
                   std::string_view account_hash_prefix, const record::DomainName& validated_fqdn) {
  return accounturi == account.url ||
         record::match_hash(hash_part(accounturi, account_hash_prefix), account, validated_fqdn)
             .has_value();
}

}  // namespace persist::rules
