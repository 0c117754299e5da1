#include "hook/pasted_value.h"

#include <algorithm>

#include "app/verdict.h"
#include "base/ascii.h"
#include "hook/request.h"
#include "record/issue_value.h"
#include "rules/wrong_tag.h"
#include "survey/survey.h"

namespace persist::hook {
namespace {

/// The name under which a value is looked at: nobody says for which one it is meant.
record::DomainName some_name() {
  return record::DomainName::parse("example.com").value();
}

/// True if some option tells which CA is meant.
bool says_which_ca(const app::CommonOptions& options) {
  return !options.ca.empty() || !options.directory.empty() || !options.issuers.empty() ||
         record::find_profile_by_account(options.account_url) != nullptr;
}

/// True if an account URL of the CA stands anywhere in the value: a comma in place of a semicolon
/// makes it a part of the issuer.
bool holds_account_of(const record::CaProfile& ca, const PastedValue& value) {
  return !ca.account_url_prefix.empty() && contains(value.text, ca.account_url_prefix);
}

/// The CA to which the value was written, else the draft to the letter.
std::string guess_ca(const PastedValue& value) {
  const auto& profiles = record::built_in_profiles();
  const auto by_account = std::find_if(
      profiles.begin(), profiles.end(),
      [&](const record::CaProfile& profile) { return holds_account_of(profile, value); });
  if (by_account != profiles.end()) return by_account->id;
  const auto by_issuer = std::find_if(
      profiles.begin(), profiles.end(),
      [&](const record::CaProfile& profile) { return record::answers_to(profile, value.issuer); });
  return by_issuer == profiles.end() ? "strict-01" : by_issuer->id;
}

/// The account in the value, without what was pasted with it. Of a CA whose account URLs are known,
/// the one that the text seems to mean, or their beginning.
std::string account_for(const PastedValue& value, const record::CaProfile& ca) {
  std::string found = rules::without_damage(value.accounturi);
  const std::string& prefix = ca.account_url_prefix;
  if (prefix.empty() || ca.dialect == record::Dialect::draft_02 || found.starts_with(prefix)) {
    return found;
  }
  const std::string number = found.substr(found.rfind('/') + 1);
  const bool is_number = !number.empty() && std::all_of(number.begin(), number.end(), is_digit);
  return prefix + (is_number ? number : "...");
}

}  // namespace

PastedValue take_apart(const std::string& text) {
  record::PieceReader pieces(text);
  PastedValue value{.text = text, .issuer = std::string(pieces.issuer())};
  while (const auto piece = pieces.next()) {
    if (!equals_ignoring_case(piece->tag, record::accounturi_tag)) continue;
    value.accounturi = piece->value;
    break;
  }
  return value;
}

Expected<record::CaProfile, app::UsageError> profile_for(app::CommonOptions options,
                                                         const PastedValue& value) {
  if (!says_which_ca(options)) options.ca = guess_ca(value);
  auto profile = app::make_nameless_profile(options);
  const auto own = record::DomainName::parse(value.issuer);
  if (profile && profile->issuer_domain_names.empty() && own)
    profile->issuer_domain_names.push_back(own->text());
  return profile;
}

survey::Subject judge(const PastedValue& value, const record::CaProfile& ca, const Options& options,
                      UnixTime now) {
  const bool is_given = !options.common.account_url.empty();
  const app::AccountRequest request{
      .ca = &ca,
      .account = {.url = is_given ? options.common.account_url : account_for(value, ca),
                  .thumbprints = options.common.thumbprints,
                  .keys_complete = !options.common.thumbprints.empty()},
      .source = is_given ? source_of_account(options) : "value"};
  auto subject =
      app::make_subject({.name = some_name(), .wildcard = options.wildcard}, request, now);
  subject.warn_before = options.common.warn_before.value_or(subject.warn_before);
  subject.owner = record::validation_domain_name(some_name()).value();
  subject.answers = {{.validated_fqdn = some_name(),
                      .outcome = record::DnsOutcome::answered,
                      .rrset = {{.character_strings = {value.text}}}}};
  survey::judge(subject);
  return subject;
}

}  // namespace persist::hook
