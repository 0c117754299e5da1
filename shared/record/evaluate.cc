#include "record/evaluate.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "record/persist_until.h"

namespace persist::record {
namespace {

struct ReasonRow {
  Reason reason;
  std::string_view code;
  AcmeError error;  ///< what the draft says; profiles decide for names and look-ups
};

constexpr std::array<ReasonRow, 30> reasons{{
    {Reason::identifier_not_dns, "identifier-not-dns", AcmeError::malformed},
    {Reason::name_too_long, "name-too-long", AcmeError::malformed},
    {Reason::dns_failure, "dns-failure", AcmeError::dns},
    {Reason::dns_suspicious, "dns-suspicious", AcmeError::dns},
    {Reason::nxdomain, "nxdomain", AcmeError::dns},
    {Reason::no_record, "no-record", AcmeError::unauthorized},
    {Reason::issuer_mismatch, "issuer-mismatch", AcmeError::unauthorized},
    {Reason::bad_issuer, "bad-issuer", AcmeError::malformed},
    {Reason::empty_parameter, "empty-parameter", AcmeError::malformed},
    {Reason::missing_equals, "missing-equals", AcmeError::malformed},
    {Reason::empty_tag, "empty-tag", AcmeError::malformed},
    {Reason::bad_tag, "bad-tag", AcmeError::malformed},
    {Reason::bad_value, "bad-value", AcmeError::malformed},
    {Reason::duplicate_parameter, "duplicate-parameter", AcmeError::malformed},
    {Reason::accounturi_missing, "accounturi-missing", AcmeError::malformed},
    {Reason::accounturi_empty, "accounturi-empty", AcmeError::malformed},
    {Reason::persist_until_malformed, "persistuntil-malformed", AcmeError::malformed},
    {Reason::hash_prefix, "hash-prefix", AcmeError::malformed},
    {Reason::hash_alg, "hash-alg", AcmeError::malformed},
    {Reason::hash_format, "hash-format", AcmeError::malformed},
    {Reason::account_deactivated, "account-deactivated", AcmeError::unauthorized},
    {Reason::accounturi_mismatch, "accounturi-mismatch", AcmeError::unauthorized},
    {Reason::hash_mismatch, "hash-mismatch", AcmeError::unauthorized},
    {Reason::policy_not_wildcard, "policy-not-wildcard", AcmeError::unauthorized},
    {Reason::expired, "expired", AcmeError::unauthorized},
    {Reason::subdomain_not_authorized, "subdomain-not-authorized", AcmeError::unauthorized},
    {Reason::caa_forbids, "caa-forbids", AcmeError::caa},
    {Reason::caa_validationmethods, "caa-validationmethods", AcmeError::caa},
    {Reason::caa_accounturi, "caa-accounturi", AcmeError::caa},
    {Reason::caa_issuewild, "caa-issuewild", AcmeError::caa},
}};

constexpr bool rows_follow_the_enum() {
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (static_cast<std::size_t>(reasons[i].reason) != i) return false;
  }
  return true;
}
static_assert(rows_follow_the_enum());

const ReasonRow& row(Reason reason) {
  return reasons[static_cast<std::size_t>(reason)];
}

Reason to_reason(SyntaxErrorCode code) {
  switch (code) {
    case SyntaxErrorCode::bad_issuer:
      return Reason::bad_issuer;
    case SyntaxErrorCode::empty_parameter:
      return Reason::empty_parameter;
    case SyntaxErrorCode::missing_equals:
      return Reason::missing_equals;
    case SyntaxErrorCode::empty_tag:
      return Reason::empty_tag;
    case SyntaxErrorCode::bad_tag:
      return Reason::bad_tag;
    case SyntaxErrorCode::bad_value:
      return Reason::bad_value;
    case SyntaxErrorCode::duplicate_parameter:
      return Reason::duplicate_parameter;
    case SyntaxErrorCode::accounturi_missing:
      return Reason::accounturi_missing;
    case SyntaxErrorCode::accounturi_empty:
      return Reason::accounturi_empty;
    case SyntaxErrorCode::persist_until_malformed:
      return Reason::persist_until_malformed;
    case SyntaxErrorCode::hash_prefix:
      return Reason::hash_prefix;
    case SyntaxErrorCode::hash_alg:
      return Reason::hash_alg;
    case SyntaxErrorCode::hash_format:
      return Reason::hash_format;
  }
  return Reason::bad_value;
}

AcmeError error_of(Reason reason, const CaProfile& ca) {
  switch (reason) {
    case Reason::name_too_long:
      return ca.long_name_error;
    case Reason::dns_failure:
    case Reason::dns_suspicious:
      return ca.lookup_error;
    case Reason::nxdomain:
      return ca.nxdomain_error;
    default:
      return row(reason).error;
  }
}

/// Judges the records at one name for one requirement.
class Judge {
 public:
  Judge(const DomainName& validated_fqdn, const Requirement& required, const CaProfile& ca,
        UnixTime now, bool needs_wildcard)
      : validated_fqdn_(validated_fqdn),
        required_(required),
        ca_(ca),
        now_(now),
        needs_wildcard_(needs_wildcard) {}

  Judgement judge(const TxtRecord& found) const {
    // One character-string is the usual case and needs no joining.
    const bool single = found.character_strings.size() == 1;
    const std::string joined = single ? std::string() : found.text();
    const std::string_view octets = single ? std::string_view(found.character_strings[0]) : joined;
    Judgement judgement{.found = found, .validated_fqdn = validated_fqdn_, .record = read(octets)};
    judgement.reason = reason_of(judgement);
    return judgement;
  }

 private:
  Expected<PersistRecord, SyntaxError> read(std::string_view octets) const {
    if (ca_.reading.text == JudgedText::octets || !needs_escape(octets)) {
      return parse_record(octets, ca_.reading);
    }
    auto record = parse_record(to_escaped_text(octets), ca_.reading);
    if (!record) record.error().offset = offset_in_octets(octets, record.error().offset);
    return record;
  }

  bool is_offered(std::string_view issuer) const {
    const auto& names = required_.issuer_domain_names;
    return std::any_of(names.begin(), names.end(), [&](const DomainName& name) {
      return is_same_issuer(issuer, name.text(), ca_.reading);
    });
  }

  std::optional<Reason> reason_of(Judgement& judgement) const {
    const auto& record = judgement.record;
    const std::string& issuer =
        record ? record->issuer_domain_name : record.error().issuer_domain_name;
    if (!is_offered(issuer)) return Reason::issuer_mismatch;
    if (!record) return to_reason(record.error().code);
    const auto account = account_reason(*record, ca_.dialect);
    const auto scope = scope_reason(*record);
    if (account && !scope) judgement.open = is_open(*record, *account);
    return account ? account : scope;
  }

  std::optional<Reason> account_reason(const PersistRecord& record, Dialect dialect) const {
    const Account& account = required_.account;
    if (dialect == Dialect::draft_02) {
      if (const auto fault = hash_fault(record.accounturi)) return fault;
    }
    if (account.status != AccountStatus::valid) return Reason::account_deactivated;
    if (dialect == Dialect::draft_01) {
      if (record.accounturi != account.url) return Reason::accounturi_mismatch;
      return {};
    }
    const std::string_view hash =
        std::string_view(record.accounturi).substr(required_.account_hash_prefix.size());
    if (!match_hash(hash, account, validated_fqdn_)) return Reason::hash_mismatch;
    return {};
  }

  std::optional<Reason> hash_fault(std::string_view accounturi) const {
    const std::string& prefix = required_.account_hash_prefix;
    if (accounturi.substr(0, prefix.size()) != prefix) return Reason::hash_prefix;
    switch (check_hash(accounturi.substr(prefix.size()), required_.hash_algs)) {
      case HashFault::none:
        return {};
      case HashFault::algorithm:
        return Reason::hash_alg;
      case HashFault::format:
        return Reason::hash_format;
    }
    return {};
  }

  std::optional<Reason> scope_reason(const PersistRecord& record) const {
    if (needs_wildcard_ && ca_.reading.knows_policy && !record.allows_wildcard) {
      return Reason::policy_not_wildcard;
    }
    if (!record.persist_until) return {};
    const auto limit = effective_limit(*record.persist_until, ca_.reading.persist_until);
    // "after the specified timestamp": the second itself still counts.
    if (limit && now_ > *limit) return Reason::expired;
    return {};
  }

  /// True if the record is refused only for what we may not know.
  bool is_open(const PersistRecord& record, Reason reason) const {
    if (reason == Reason::account_deactivated) return false;
    if (reason == Reason::hash_mismatch && !required_.account.keys_complete) return true;
    return !ca_.dialect_is_certain && names_account_in_other_dialect(record.accounturi);
  }

  bool names_account_in_other_dialect(std::string_view accounturi) const {
    if (ca_.dialect == Dialect::draft_02) return accounturi == required_.account.url;
    // The CA's prefix is not known in dialect 01; it ends in a slash, or in the colon of a URN.
    const auto slash = accounturi.rfind('/');
    if (slash == std::string_view::npos || slash == 0) return false;
    const auto before = accounturi.find_last_of("/:", slash - 1);
    const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
    return match_hash(accounturi.substr(start), required_.account, validated_fqdn_).has_value();
  }

  const DomainName& validated_fqdn_;
  const Requirement& required_;
  const CaProfile& ca_;
  UnixTime now_;
  bool needs_wildcard_;
};

/// Collects judgements name by name until one authorises.
class Evaluator {
 public:
  Evaluator(const Requirement& required, const CaProfile& ca, UnixTime now)
      : required_(required), ca_(ca), now_(now) {}

  /// False once nothing further can change the outcome.
  bool take(const NameAnswer& answer, bool is_parent) {
    if (answer.outcome == DnsOutcome::failed || answer.outcome == DnsOutcome::suspicious) {
      return stop({Outcome::unknown, answer.outcome == DnsOutcome::failed
                                         ? Reason::dns_failure
                                         : Reason::dns_suspicious});
    }
    const Judge judge(answer.validated_fqdn, required_, ca_, now_,
                      required_.identifier.wildcard || is_parent);
    evaluation_.judgements.reserve(evaluation_.judgements.size() + answer.rrset.size());
    for (const TxtRecord& found : answer.rrset) {
      evaluation_.judgements.push_back(judge.judge(found));
      if (!evaluation_.judgements.back().reason) authorized_ = true;
    }
    if (authorized_) return stop({Outcome::authorized, {}});
    if (!is_parent)
      exact_ = summarize(answer);
    else if (!answer.rrset.empty())
      parent_has_records_ = true;
    return required_.climb;
  }

  Evaluation finish() && {
    if (!stopped_) stop(refusal());
    if (evaluation_.reason) evaluation_.error = error_of(*evaluation_.reason, ca_);
    return std::move(evaluation_);
  }

 private:
  struct Verdict {
    Outcome outcome;
    std::optional<Reason> reason;
  };

  bool stop(Verdict verdict) {
    evaluation_.outcome = verdict.outcome;
    evaluation_.reason = verdict.reason;
    stopped_ = true;
    return false;
  }

  Reason summarize(const NameAnswer& answer) {
    if (answer.outcome == DnsOutcome::nxdomain) return Reason::nxdomain;
    if (answer.rrset.empty()) return Reason::no_record;
    exact_has_records_ = true;
    std::optional<Reason> other;
    for (const Judgement& judgement : evaluation_.judgements) {
      const Reason reason = *judgement.reason;
      if (reason == Reason::issuer_mismatch) continue;
      if (row(reason).error == AcmeError::malformed) return reason;
      if (!other) other = reason;
    }
    return other.value_or(Reason::issuer_mismatch);
  }

  Verdict refusal() const {
    for (const Judgement& judgement : evaluation_.judgements) {
      if (judgement.open) return {Outcome::unknown, judgement.reason};
    }
    if (parent_has_records_ && !exact_has_records_) {
      return {Outcome::refused, Reason::subdomain_not_authorized};
    }
    return {Outcome::refused, exact_};
  }

  const Requirement& required_;
  const CaProfile& ca_;
  UnixTime now_;
  Evaluation evaluation_{.outcome = Outcome::unknown};
  Reason exact_ = Reason::dns_failure;
  bool authorized_ = false;
  bool stopped_ = false;
  bool parent_has_records_ = false;
  bool exact_has_records_ = false;
};

}  // namespace

std::string_view to_code(Reason reason) {
  return row(reason).code;
}

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::authorized:
      return "authorized";
    case Outcome::refused:
      return "refused";
    case Outcome::unknown:
      return "unknown";
  }
  return "";
}

Evaluation evaluate_unsent(Reason reason, const CaProfile& ca) {
  return {.outcome = Outcome::refused, .reason = reason, .error = error_of(reason, ca)};
}

Evaluation evaluate(std::span<const NameAnswer> answers, const Requirement& required,
                    const CaProfile& ca, UnixTime now) {
  if (!has_room_for_label(required.identifier.name)) {
    return evaluate_unsent(Reason::name_too_long, ca);
  }
  Evaluator evaluator(required, ca, now);
  if (answers.empty()) evaluator.take({required.identifier.name, DnsOutcome::failed}, false);
  bool is_parent = false;
  for (const NameAnswer& answer : answers) {
    if (!evaluator.take(answer, is_parent)) break;
    is_parent = true;
  }
  return std::move(evaluator).finish();
}

}  // namespace persist::record
