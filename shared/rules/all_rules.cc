#include "rules/all_rules.h"

#include <array>

namespace persist::rules {

extern const Rule list_duplicate_entry;
extern const Rule not_authorized;
extern const Rule record_missing;
extern const Rule lookup_failed;
extern const Rule name_too_long;
extern const Rule name_ulabel;
extern const Rule name_cname;
extern const Rule ttl_long;
extern const Rule identifier_rejected;
extern const Rule value_literal_quotes;
extern const Rule value_smart_quotes;
extern const Rule value_escaped_semicolon;
extern const Rule value_missing_semicolon;
extern const Rule value_comma;
extern const Rule value_trailing_semicolon;
extern const Rule value_empty_parameter;
extern const Rule value_no_equals;
extern const Rule value_bad_tag;
extern const Rule value_whitespace;
extern const Rule value_nonascii;
extern const Rule parameter_disarmed;
extern const Rule value_split_across_rrs;
extern const Rule value_joint_space;
extern const Rule string_too_long;
extern const Rule tag_case;
extern const Rule unknown_tag;
extern const Rule duplicate_known;
extern const Rule duplicate_unknown;
extern const Rule duplicate_rr;
extern const Rule issuer_missing;
extern const Rule issuer_url;
extern const Rule issuer_key_value;
extern const Rule issuer_acme_host;
extern const Rule issuer_not_canonical;
extern const Rule issuer_unknown;
extern const Rule accounturi_missing;
extern const Rule accounturi_empty;
extern const Rule accounturi_wrong_tag;
extern const Rule accounturi_other_account;
extern const Rule accounturi_other_environment;
extern const Rule accounturi_number_only;
extern const Rule accounturi_directory_url;
extern const Rule accounturi_thumbprint;
extern const Rule accounturi_legacy_acmev1;
extern const Rule accounturi_not_canonical;
extern const Rule draft01_url_for_draft02;
extern const Rule draft02_hash_for_draft01;
extern const Rule hash_format;
extern const Rule hash_alg_unknown;
extern const Rule hash_wrong_domain;
extern const Rule hash_prior_key;
extern const Rule hash_star;
extern const Rule issuer_not_listed;
extern const Rule account_not_listed;
extern const Rule record_retired;
extern const Rule policy_wildcard_needed;
extern const Rule policy_wildcard_broad;
extern const Rule policy_unknown_value;
extern const Rule policy_case;
extern const Rule policy_wrong_tag;
extern const Rule br_only_ignores_policy;
extern const Rule persistuntil_not_integer;
extern const Rule persistuntil_milliseconds;
extern const Rule persistuntil_out_of_range;
extern const Rule persistuntil_expired;
extern const Rule persistuntil_soon;
extern const Rule persistuntil_sign;
extern const Rule persistuntil_negative;
extern const Rule persistuntil_not_canonical;
extern const Rule persistuntil_wrong_tag;
extern const Rule persistuntil_before_renewal;
extern const Rule persistuntil_required;
extern const Rule persistuntil_forbidden;
extern const Rule persistuntil_too_far;
extern const Rule persistuntil_absent;
extern const Rule caa_forbids;
extern const Rule caa_validationmethods;
extern const Rule caa_accounturi;
extern const Rule caa_issuewild;
extern const Rule caa_forbids_soon;
extern const Rule caa_absent;
extern const Rule caa_accounturi_absent;
extern const Rule account_deactivated;
extern const Rule method_not_offered;
extern const Rule dialect_mixed;
extern const Rule portability;

std::span<const Rule* const> all_rules() {
  static const std::array rules{
      &list_duplicate_entry,
      &not_authorized,
      &record_missing,
      &lookup_failed,
      &name_too_long,
      &name_ulabel,
      &name_cname,
      &ttl_long,
      &identifier_rejected,
      &value_literal_quotes,
      &value_smart_quotes,
      &value_escaped_semicolon,
      &value_missing_semicolon,
      &value_comma,
      &value_trailing_semicolon,
      &value_empty_parameter,
      &value_no_equals,
      &value_bad_tag,
      &value_whitespace,
      &value_nonascii,
      &parameter_disarmed,
      &value_split_across_rrs,
      &value_joint_space,
      &string_too_long,
      &tag_case,
      &unknown_tag,
      &duplicate_known,
      &duplicate_unknown,
      &duplicate_rr,
      &issuer_missing,
      &issuer_url,
      &issuer_key_value,
      &issuer_acme_host,
      &issuer_not_canonical,
      &issuer_unknown,
      &accounturi_missing,
      &accounturi_empty,
      &accounturi_wrong_tag,
      &accounturi_other_account,
      &accounturi_other_environment,
      &accounturi_number_only,
      &accounturi_directory_url,
      &accounturi_thumbprint,
      &accounturi_legacy_acmev1,
      &accounturi_not_canonical,
      &draft01_url_for_draft02,
      &draft02_hash_for_draft01,
      &hash_format,
      &hash_alg_unknown,
      &hash_wrong_domain,
      &hash_prior_key,
      &hash_star,
      &issuer_not_listed,
      &account_not_listed,
      &record_retired,
      &policy_wildcard_needed,
      &policy_wildcard_broad,
      &policy_unknown_value,
      &policy_case,
      &policy_wrong_tag,
      &br_only_ignores_policy,
      &persistuntil_not_integer,
      &persistuntil_milliseconds,
      &persistuntil_out_of_range,
      &persistuntil_expired,
      &persistuntil_soon,
      &persistuntil_sign,
      &persistuntil_negative,
      &persistuntil_not_canonical,
      &persistuntil_wrong_tag,
      &persistuntil_before_renewal,
      &persistuntil_required,
      &persistuntil_forbidden,
      &persistuntil_too_far,
      &persistuntil_absent,
      &caa_forbids,
      &caa_validationmethods,
      &caa_accounturi,
      &caa_issuewild,
      &caa_forbids_soon,
      &caa_absent,
      &caa_accounturi_absent,
      &account_deactivated,
      &method_not_offered,
      &dialect_mixed,
      &portability,
  };
  return rules;
}

}  // namespace persist::rules
