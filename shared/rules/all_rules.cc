#include "rules/all_rules.h"

#include <array>

namespace persist::rules {

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
extern const Rule portability;

std::span<const Rule* const> all_rules() {
  static const std::array rules{
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
      &portability,
  };
  return rules;
}

}  // namespace persist::rules
