#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "record/a_label.h"
#include "rules/rule.h"

namespace persist::rules {
namespace {

constexpr std::size_t most_labels = 10;

/// `ab--cd`, but not `xn--`.
bool is_reserved_label(std::string_view label) {
  return label.size() >= 4 && label.substr(2, 2) == "--" && label.substr(0, 2) != "xn";
}

std::string why_rejected(std::string_view name) {
  const auto labels = split(name, '.');
  if (contains(name, "_"))
    return "holds an underscore, which no name in a public certificate may have";
  if (labels.size() == 1) return "is a single label, which no public CA certifies";
  if (labels.size() > most_labels) {
    return fmt::format("has {} labels; Let's Encrypt's software takes at most {}", labels.size(),
                       most_labels);
  }
  const auto reserved = std::find_if(labels.begin(), labels.end(), is_reserved_label);
  if (reserved != labels.end())
    return fmt::format("holds the label {}, of a form reserved by IDNA", *reserved);
  const auto odd = std::find_if(labels.begin(), labels.end(), [](std::string_view label) {
    return record::check_a_label(label) != record::ALabel::valid;
  });
  if (odd == labels.end()) return {};
  return fmt::format("holds the label {}, which IDNA 2008 does not allow; a CA may refuse it",
                     *odd);
}

std::vector<Finding> check(const Subject& subject, std::span<const Anatomy>) {
  const std::string why = why_rejected(subject.required.identifier.name.text());
  if (why.empty()) return {};
  return {{fmt::format("{} {}", subject.required.identifier.text(), why)}};
}

void add_underscore(Subject& subject) {
  subject.required.identifier.name = record::DomainName::parse("my_host.example.com").value();
}

}  // namespace

extern const Rule identifier_rejected{
    .id = "DP120",
    .name = "identifier-rejected",
    .level = Level::warning,
    .title = "public CAs refuse, or may refuse, an order for such a name",
    .rationale =
        "The order fails before any record is looked at: names in public certificates are made of "
        "letters, digits and hyphens, with two labels or more, and of A-labels of IDNA 2008. A "
        "private CA "
        "may be less strict.",
    .remedy = "Take the name off the list, or use a wildcard name above it.",
    .citation =
        "TLS Baseline Requirements 2.2.6, section 7.1.2.7.12; RFC 5890, sections 2.3.1 and "
        "2.3.2.1; Boulder, "
        "policy/pa.go",
    .example = {.good = {"ca.example; accounturi=https://ca.example/acct/1"},
                .bad = {"ca.example; accounturi=https://ca.example/acct/1"},
                .spoil = add_underscore,
                .note = "The bad example is about my_host.example.com."},
    .check = check,
};

}  // namespace persist::rules
