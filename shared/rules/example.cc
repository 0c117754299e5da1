#include "rules/example.h"

#include <utility>

#include "record/identifier.h"

namespace persist::rules {
namespace {

constexpr std::chrono::seconds example_ttl{300};
constexpr UnixTime example_now{1'795'219'200};
constexpr std::size_t longest_character_string = 255;

record::TxtRecord to_txt_record(std::string_view value) {
  record::TxtRecord found{.character_strings = {}, .ttl = example_ttl};
  do {
    found.character_strings.emplace_back(value.substr(0, longest_character_string));
    value.remove_prefix(found.character_strings.back().size());
  } while (!value.empty());
  return found;
}

Subject make_subject(const std::vector<std::string>& values) {
  const auto name = record::DomainName::parse("example.com").value();
  Subject subject{
      .required = {.identifier = {.name = name},
                   .issuer_domain_names = {record::DomainName::parse("ca.example").value()},
                   .account = {.url = "https://ca.example/acct/1"}},
      .ca = record::find_profile("strict-01"),
      .now = example_now};
  record::NameAnswer answer{
      .validated_fqdn = name,
      .outcome = values.empty() ? record::DnsOutcome::nxdomain : record::DnsOutcome::answered};
  for (const std::string& value : values) answer.rrset.push_back(to_txt_record(value));
  subject.answers.push_back(std::move(answer));
  subject.lookup.ttl = example_ttl;
  return subject;
}

}  // namespace

void judge(Subject& subject) {
  const auto& name = subject.required.identifier.name;
  const auto owner = record::validation_domain_name(name);
  if (owner) subject.owner = *owner;
  record::NameAnswer& own = subject.answers.front();
  own.validated_fqdn = name;
  if (subject.lookup.error) {
    own = {.validated_fqdn = name, .outcome = record::DnsOutcome::failed};
  } else if (subject.lookup.extended_error && dns::is_suspicious(*subject.lookup.extended_error)) {
    own.outcome = record::DnsOutcome::suspicious;
  }
  subject.evaluation =
      record::evaluate(subject.answers, subject.required, *subject.ca, subject.now);
  if (subject.caa_answers.empty()) return;
  subject.caa = record::judge_caa(subject.caa_answers, subject.required, *subject.ca, subject.now);
  subject.evaluation = record::with_caa(std::move(subject.evaluation), *subject.caa);
}

Subject make_good_example(const Example& example) {
  Subject subject = make_subject(example.good);
  if (example.arrange != nullptr) example.arrange(subject);
  judge(subject);
  return subject;
}

Subject make_bad_example(const Example& example) {
  Subject subject = make_subject(example.bad);
  if (example.arrange != nullptr) example.arrange(subject);
  if (example.spoil != nullptr) example.spoil(subject);
  judge(subject);
  return subject;
}

}  // namespace persist::rules
