#include "record/caa.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "record/issue_value.h"

namespace persist::record {
namespace {

constexpr std::string_view issue_tag = "issue";
constexpr std::string_view issuewild_tag = "issuewild";
constexpr std::string_view accounturi_tag = "accounturi";
constexpr std::string_view validationmethods_tag = "validationmethods";

bool is_method(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return is_alphanumeric(c) || c == '-'; });
}

/// Source: RFC 8657 section 4; a list with anything but method labels is satisfied by none.
bool lists_this_method(std::string_view value, const CaaRules& rules) {
  const auto methods = split(value, ',');
  const auto ours = std::find(methods.begin(), methods.end(), validation_method);
  return ours != methods.end() &&
         std::all_of(methods.begin(), rules.reads_whole_lists ? methods.end() : ours, is_method);
}

/// Judges the properties of one set for one order.
class Judge {
 public:
  Judge(const Requirement& required, const CaProfile& ca, UnixTime now)
      : required_(required),
        rules_(ca.reading.caa),
        honours_parameters_(now >= rules_.honours_parameters_from) {}

  CaaJudgement judge(const CaaAnswer& answer) const {
    CaaJudgement result{.outcome = Outcome::authorized, .at = answer.name};
    for (const CaaRecord& found : answer.rrset) {
      if (!is_critical_and_unknown(found)) continue;
      result.unknown = found;
      return forbid(std::move(result), Reason::caa_forbids);
    }
    if (required_.identifier.wildcard) add_properties(result, answer, issuewild_tag);
    result.uses_issuewild = !result.properties.empty();
    if (!result.uses_issuewild) add_properties(result, answer, issue_tag);
    const auto& properties = result.properties;
    const auto permits = [](const CaaProperty& property) { return property.permits(); };
    if (properties.empty() || std::any_of(properties.begin(), properties.end(), permits)) {
      return result;
    }
    const Reason reason = reason_of(result);
    return forbid(std::move(result), reason);
  }

 private:
  static CaaJudgement forbid(CaaJudgement result, Reason reason) {
    result.outcome = Outcome::refused;
    result.reason = reason;
    return result;
  }

  /// The first property that is for the CA says what is missing.
  static Reason reason_of(const CaaJudgement& judgement) {
    for (const CaaProperty& property : judgement.properties) {
      if (!property.is_for_ca()) continue;
      return property.methods_fit ? Reason::caa_accounturi : Reason::caa_validationmethods;
    }
    return judgement.uses_issuewild ? Reason::caa_issuewild : Reason::caa_forbids;
  }

  bool is_critical_and_unknown(const CaaRecord& found) const {
    return (found.flags & rules_.critical_bits) != 0 &&
           std::none_of(
               rules_.known_tags.begin(), rules_.known_tags.end(),
               [&found](std::string_view known) { return equals_ignoring_case(known, found.tag); });
  }

  void add_properties(CaaJudgement& result, const CaaAnswer& answer, std::string_view tag) const {
    for (const CaaRecord& found : answer.rrset) {
      if (equals_ignoring_case(found.tag, tag)) result.properties.push_back(read(found));
    }
  }

  CaaProperty read(const CaaRecord& found) const {
    CaaProperty property{.found = found};
    PieceReader pieces(found.value);
    property.names_ca = is_of_ca(pieces.issuer());
    const auto parameters = read_parameters(pieces);
    property.is_well_formed =
        parameters && (pieces.issuer().empty() || is_issuer_domain_name(pieces.issuer()));
    if (!property.is_well_formed) return property;
    const auto methods = find(*parameters, validationmethods_tag);
    const auto accounts = find(*parameters, accounturi_tag);
    property.has_accounturi = !accounts.empty();
    // A parameter that stands there more than once is satisfied by nothing.
    property.methods_fit = !honours_parameters_ || methods.empty() ||
                           (methods.size() == 1 && lists_this_method(methods.front(), rules_));
    property.account_fits = !honours_parameters_ || accounts.empty() ||
                            (accounts.size() == 1 && accounts.front() == required_.account.url);
    return property;
  }

  bool is_of_ca(std::string_view issuer) const {
    const auto& names = required_.issuer_domain_names;
    return std::any_of(names.begin(), names.end(), [&](const DomainName& name) {
      return rules_.folds_issuer_case ? equals_ignoring_case(name.text(), issuer)
                                      : name.text() == issuer;
    });
  }

  bool is_parameter(const Piece& piece) const {
    if (rules_.tags_are_labels) return !check_piece(piece, {});
    return piece.has_equals && is_parameter_value(piece.value) &&
           std::all_of(piece.tag.begin(), piece.tag.end(), is_alphanumeric);
  }

  /// Empty if one of them is malformed.
  std::optional<std::vector<Piece>> read_parameters(PieceReader& pieces) const {
    std::vector<Piece> parameters;
    while (const auto piece = pieces.next()) {
      if (!is_parameter(*piece)) return {};
      parameters.push_back(*piece);
    }
    return parameters;
  }

  std::vector<std::string_view> find(const std::vector<Piece>& parameters,
                                     std::string_view tag) const {
    std::vector<std::string_view> values;
    for (const Piece& parameter : parameters) {
      if (is_same_tag(parameter.tag, tag, rules_)) values.emplace_back(parameter.value);
    }
    return values;
  }

  const Requirement& required_;
  const CaaRules& rules_;
  bool honours_parameters_;
};

/// Why an answer does not let the CA go on; empty if it does.
std::optional<Reason> hindrance(const CaaAnswer& answer, const CaaRules& rules) {
  if (answer.outcome == DnsOutcome::failed) return Reason::dns_failure;
  if (answer.outcome == DnsOutcome::suspicious) return Reason::dns_suspicious;
  const bool is_top_level = !contains(answer.name.text(), ".");
  if (rules.needs_top_level && is_top_level && answer.outcome == DnsOutcome::nxdomain) {
    return Reason::dns_failure;
  }
  return {};
}

/// A record of the set that the CA cannot read.
std::optional<CaaRecord> unreadable(const CaaAnswer& answer, const CaaRules& rules) {
  for (const CaaRecord& found : answer.rrset) {
    if (found.is_short && !rules.takes_short_rdata) return found;
  }
  return {};
}

}  // namespace

bool is_same_tag(std::string_view found, std::string_view tag, const CaaRules& rules) {
  return rules.folds_parameter_tags ? equals_ignoring_case(found, tag) : found == tag;
}

std::optional<CaaRecord> parse_caa(std::string_view rdata) {
  if (rdata.size() < 2) {
    return CaaRecord{.flags = static_cast<std::uint8_t>(rdata.empty() ? '\0' : rdata[0]),
                     .is_short = true};
  }
  const std::size_t tag_octets = static_cast<unsigned char>(rdata[1]);
  if (tag_octets > rdata.size() - 2) return {};
  return CaaRecord{.flags = static_cast<std::uint8_t>(rdata[0]),
                   .tag = std::string(rdata.substr(2, tag_octets)),
                   .value = std::string(rdata.substr(2 + tag_octets))};
}

CaaJudgement judge_caa(std::span<const CaaAnswer> answers, const Requirement& required,
                       const CaProfile& ca, UnixTime now) {
  for (const CaaAnswer& answer : answers) {
    if (const auto reason = hindrance(answer, ca.reading.caa)) {
      return {.outcome = Outcome::unknown, .reason = reason, .at = answer.name};
    }
    if (answer.rrset.empty()) continue;
    if (const auto found = unreadable(answer, ca.reading.caa)) {
      return {.outcome = Outcome::unknown,
              .reason = Reason::dns_failure,
              .at = answer.name,
              .unknown = found};
    }
    return Judge(required, ca, now).judge(answer);
  }
  return {.outcome = Outcome::authorized};
}

Evaluation with_caa(Evaluation evaluation, const CaaJudgement& caa) {
  if (evaluation.outcome != Outcome::authorized || caa.outcome == Outcome::authorized) {
    return evaluation;
  }
  evaluation.outcome = caa.outcome;
  evaluation.reason = caa.reason;
  evaluation.error = caa.outcome == Outcome::refused ? AcmeError::caa : AcmeError::dns;
  return evaluation;
}

}  // namespace persist::record
