#include "rules/issuer_fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "record/explain.h"
#include "report/method_text.h"
#include "rules/look_alike.h"
#include "rules/wrong_tag.h"

namespace persist::rules {
namespace {

using survey::Subject;

constexpr std::array<std::string_view, 12> issuer_keys{"acme-challenge",
                                                       "authority",
                                                       "ca",
                                                       "caa",
                                                       "domain",
                                                       "issue",
                                                       "issuer",
                                                       "issuewild",
                                                       "type",
                                                       "issuer-domain-name",
                                                       "issuerdomainname",
                                                       "issuer_domain_name"};

/// No text of more octets is a name that somebody mistyped.
constexpr std::size_t longest_compared = 4 * record::longest_name_octets;

/// The names that the CA answers to, and what is written in their place.
class IssuerText {
 public:
  IssuerText(const Subject& subject, const Anatomy& record)
      : subject_(subject),
        record_(record),
        accounturi_(record.find(record::accounturi_tag)),
        bare_(without_quotes(record.issuer)) {}

  IssuerFault fault() const {
    if (record_.is_ours)
      return is_offered(record_.issuer) ? IssuerFault::none : IssuerFault::not_canonical;
    if (record_.issuer.empty() || (record_.looks_meant_for_us && begins_with_parameter()))
      return IssuerFault::missing;
    if (!report::is_of_this_method(record_.text)) return IssuerFault::none;
    // Quotes and semicolons are spoken of by the rules about values.
    const bool is_quoted = bare_.size() < record_.issuer.size();
    if ((is_quoted && is_offered(to_lower(bare_))) || has_swallowed_parameter()) {
      return IssuerFault::none;
    }
    const bool may_be_name = bare_.size() <= longest_compared;
    if (may_be_name && looks_like_ours()) return IssuerFault::not_canonical;
    return record_.looks_meant_for_us || (may_be_name && is_typo()) ? fault_of_near_miss()
                                                                    : IssuerFault::none;
  }

 private:
  static std::string_view without_quotes(std::string_view text) {
    constexpr std::string_view ends = "\"'\\ \t";
    while (!text.empty() && contains(ends, text.substr(0, 1))) text.remove_prefix(1);
    while (!text.empty() && contains(ends, text.substr(text.size() - 1))) text.remove_suffix(1);
    for (const std::string_view quote :
         {"\u201c", "\u201d", "\u201e", "\u2018", "\u2019", "\u00ab", "\u00bb"}) {
      if (text.substr(0, quote.size()) == quote) text.remove_prefix(quote.size());
      if (text.size() >= quote.size() && text.substr(text.size() - quote.size()) == quote) {
        text.remove_suffix(quote.size());
      }
    }
    return text;
  }

  bool is_offered(std::string_view name) const {
    const auto& names = subject_.required.issuer_domain_names;
    return std::any_of(names.begin(), names.end(), [&](const auto& n) { return n.text() == name; });
  }

  std::string_view key() const { return trim(bare_.substr(0, bare_.find('='))); }

  bool begins_with_parameter() const { return contains(bare_, "=") && !known_tag(key()).empty(); }

  bool has_swallowed_parameter() const {
    return contains(to_lower(bare_), record::accounturi_tag) || contains(bare_, ",");
  }

  /// The right name to the eye: another case, a final dot, a U-label, foreign letters.
  bool looks_like_ours() const {
    std::string seen = to_skeleton(bare_);
    if (!seen.empty() && seen.back() == '.') seen.pop_back();
    if (is_offered(seen)) return true;
    const auto name = record::DomainName::parse(bare_);
    return name && is_offered(name->text());
  }

  IssuerFault fault_of_near_miss() const {
    if (contains(bare_, "://")) return IssuerFault::url;
    if (contains(bare_, "=")) {
      return std::find(issuer_keys.begin(), issuer_keys.end(), to_lower(key())) == issuer_keys.end()
                 ? IssuerFault::none
                 : IssuerFault::key_value;
    }
    if (is_permitted()) return IssuerFault::none;
    if (is_acme_host()) return IssuerFault::acme_host;
    return !names_our_account() && belongs_to_another_ca() ? IssuerFault::none
                                                           : IssuerFault::unknown;
  }

  bool is_permitted() const {
    const auto& permitted = subject_.permitted;
    return std::any_of(permitted.begin(), permitted.end(), [&](const survey::Permitted& other) {
      const auto& names = other.issuer_domain_names;
      return std::any_of(names.begin(), names.end(),
                         [&](const auto& n) { return n.text() == bare_; });
    });
  }

  bool is_acme_host() const {
    const std::string host = to_lower(bare_);
    if (host == host_of(subject_.required.account.url) ||
        host == host_of(subject_.ca->directory_url)) {
      return true;
    }
    const auto& profiles = record::built_in_profiles();
    return std::any_of(profiles.begin(), profiles.end(), [&](const record::CaProfile& ca) {
      return host == host_of(ca.directory_url) || host == host_of(ca.account_url_prefix);
    });
  }

  bool names_our_account() const {
    return accounturi_ != nullptr &&
           without_damage(accounturi_->value) == subject_.required.account.url;
  }

  /// A known CA, or a name under which the account itself lives.
  bool belongs_to_another_ca() const {
    const auto& profiles = record::built_in_profiles();
    const bool known =
        std::any_of(profiles.begin(), profiles.end(), [&](const record::CaProfile& ca) {
          const auto& names = ca.issuer_domain_names;
          return std::find(names.begin(), names.end(), bare_) != names.end();
        });
    if (known) return true;
    if (accounturi_ == nullptr) return false;
    const std::string_view host = host_of(accounturi_->value);
    const std::string suffix = fmt::format(".{}", bare_);
    return contains(bare_, ".") && (host == bare_ || host.ends_with(suffix));
  }

  bool is_typo() const {
    if (belongs_to_another_ca()) return false;
    std::string seen = to_skeleton(bare_);
    std::replace(seen.begin(), seen.end(), '_', '.');
    const auto& names = subject_.required.issuer_domain_names;
    return std::any_of(names.begin(), names.end(), [&](const record::DomainName& name) {
      const std::size_t bound = name.text().size() >= 10 ? 2 : 1;
      return name.text().size() >= 6 && edit_distance(seen, name.text()) <= bound;
    });
  }

  const Subject& subject_;
  const Anatomy& record_;
  const record::Piece* accounturi_;
  std::string_view bare_;
};

bool begins_with_parameter(const Anatomy& record) {
  const std::size_t equals = record.issuer.find('=');
  return equals != std::string_view::npos &&
         !known_tag(trim(record.issuer.substr(0, equals))).empty();
}

}  // namespace

IssuerFault find_fault_of_issuer(const Subject& subject, const Anatomy& record) {
  return IssuerText(subject, record).fault();
}

std::string expected_issuers(const Subject& subject) {
  const std::string text = record::names_of(subject.required.issuer_domain_names);
  return text.empty() ? "the CA's issuer-domain-name" : text;
}

bool is_split(std::span<const Anatomy> records) {
  const bool has_head = std::any_of(records.begin(), records.end(), [](const Anatomy& record) {
    return record.is_ours && record.find(record::accounturi_tag) == nullptr;
  });
  return has_head && std::any_of(records.begin(), records.end(), begins_with_parameter);
}

std::string_view host_of(std::string_view url) {
  const auto start = url.find("://");
  if (start == std::string_view::npos) return {};
  url.remove_prefix(start + 3);
  return url.substr(0, url.find_first_of(":/?#"));
}

}  // namespace persist::rules
