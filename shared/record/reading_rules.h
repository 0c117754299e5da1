#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "base/unix_time.h"

namespace persist::record {

/// Which text a CA's software judges.
enum class JudgedText {
  octets,   ///< the octets of the record
  escaped,  ///< the escaped form that its DNS library hands over: `\"`, `\\` and `\DDD`
};

/// What a final dot on the issuer-domain-name does.
enum class FinalDot {
  malformed,     ///< the record is ours, and malformed
  accepted,      ///< forgiven
  other_issuer,  ///< the record is not ours
};

/// White space round the parts of a value.
enum class WhiteSpace {
  blank,  ///< SP and HTAB, RFC 8659 section 4.2
  java,   ///< also line breaks and the separators 0x1C to 0x1F
};

/// How a CA reads the value of persistUntil.
struct PersistUntilRules {
  bool allows_plus = false;
  std::int64_t least = std::numeric_limits<std::int64_t>::min();        ///< below: malformed
  std::int64_t greatest = std::numeric_limits<std::int64_t>::max();     ///< above: malformed
  std::int64_t wraps_above = std::numeric_limits<std::int64_t>::max();  ///< above: counts as past
  std::optional<std::int64_t> means_no_limit{};  ///< this very number counts as absent
};

/// From this day on every public CA must honour accounturi and validationmethods in CAA records:
/// 2027-03-15. Source: TLS Baseline Requirements section 3.2.2.8.
inline constexpr UnixTime caa_parameters_day{1'805'068'800};

/// How a CA judges CAA records; the defaults are RFC 8659 section 4 and RFC 8657.
struct CaaRules {
  bool is_checked = true;             ///< false: CAA is of no account to this CA
  std::uint8_t critical_bits = 0x80;  ///< one of these flags makes a property critical
  std::vector<std::string_view> known_tags = {"issue", "issuewild", "iodef"};  ///< in any case
  bool folds_issuer_case = true;     ///< capitals in the issuer-domain-name are forgiven
  bool folds_parameter_tags = true;  ///< `AccountURI` restricts like accounturi
  bool tags_are_labels = true;    ///< of parameters; else runs of letters and digits, even of none;
                                  ///< another tag spoils the property
  bool reads_whole_lists = true;  ///< of methods; else what is malformed behind ours does no harm
  bool takes_short_rdata = false;  ///< RDATA that ends before the tag is a property without one;
                                   ///< else the look-up failed
  bool needs_top_level = false;    ///< NXDOMAIN of the top-level domain is no answer
  UnixTime honours_parameters_from{};  ///< before: accounturi and validationmethods do not restrict
};

/// How a CA's software reads a record; the defaults are RFC 8659 section 4.2 and the draft.
/// Deviations of known CAs are rows of `built_in_profiles`.
struct ReadingRules {
  JudgedText text = JudgedText::octets;
  WhiteSpace white_space = WhiteSpace::blank;
  bool strips_outer_quotes = false;  ///< one pair of `"` round the whole value
  bool folds_issuer_case = true;     ///< capitals in the issuer-domain-name are forgiven
  FinalDot issuer_final_dot = FinalDot::malformed;
  bool empty_rest_is_parameter = false;  ///< `issuer;` counts as an empty parameter
  bool checks_tags = true;               ///< tags must be in the grammar
  bool folds_tag_case = true;            ///< `PersistUntil` is persistUntil
  bool knows_policy =
      true;  ///< else the method of the Baseline Requirements alone: no wildcard rule
  bool refuses_duplicate_unknown = false;  ///< an unknown tag twice is malformed too
  PersistUntilRules persist_until{};
  CaaRules caa{};
};

}  // namespace persist::record
