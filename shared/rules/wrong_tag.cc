#include "rules/wrong_tag.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <vector>

#include "base/ascii.h"
#include "record/persist_record.h"

namespace persist::rules {
namespace {

constexpr std::size_t longest_compared = 64;

constexpr std::array<std::string_view, 14> for_accounturi{
    "account", "accountid", "accountlocation", "accounturi", "accounturl", "accturi", "accturl",
    "acct",    "acctid",    "acmeaccount",     "kid",        "uri",        "url",     "accounts"};
constexpr std::array<std::string_view, 17> for_policy{"allowsubdomains",
                                                      "allowwildcard",
                                                      "allowwildcards",
                                                      "includesubdomains",
                                                      "mode",
                                                      "policies",
                                                      "policy",
                                                      "policywildcard",
                                                      "scope",
                                                      "scopes",
                                                      "subdomain",
                                                      "subdomains",
                                                      "wildcard",
                                                      "wildcardallowed",
                                                      "wildcardpolicy",
                                                      "wildcards",
                                                      "issuewild"};
constexpr std::array<std::string_view, 17> for_persist_until{
    "deadline",     "end",     "enddate",      "ends",    "exp",       "expiration",
    "expire",       "expires", "expiresat",    "expiry",  "notafter",  "persistto",
    "persistuntil", "until",   "validthrough", "validto", "validuntil"};
constexpr std::array<std::string_view, 10> wishes{"*",  "1",          "all",  "allow",    "allowed",
                                                  "on", "subdomains", "true", "wildcard", "yes"};

bool holds(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// `Account_URI` and `account-uri` are the same mistake.
std::string to_key(std::string_view tag) {
  std::string key;
  for (const char c : tag) {
    if (is_alphanumeric(c)) key += to_lower(c);
  }
  return key;
}

bool means(std::string_view tag, std::string_view meant, std::span<const std::string_view> words) {
  if (tag.size() > longest_compared || equals_ignoring_case(without_damage(tag), meant))
    return false;
  const std::string key = to_key(tag);
  // Short words are near everything.
  return holds(words, key) || (key.size() >= 8 && edit_distance(key, to_key(meant)) <= 2);
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  if (a.size() > longest_compared || b.size() > longest_compared) return longest_compared;
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string without_damage(std::string_view text) {
  std::string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
               [](char c) { return c > ' ' && c < 0x7F && c != '"' && c != '\\' && c != '\''; });
  return kept;
}

bool means_accounturi(std::string_view tag) {
  return means(tag, record::accounturi_tag, for_accounturi);
}

bool means_policy(std::string_view tag) {
  return means(tag, record::policy_tag, for_policy) || edit_distance(to_key(tag), "policy") == 1;
}

bool is_wildcard_wish(std::string_view value) {
  return value.size() <= longest_compared && holds(wishes, to_lower(without_damage(value)));
}

bool means_persist_until(std::string_view tag) {
  return means(tag, record::persist_until_tag, for_persist_until);
}

}  // namespace persist::rules
