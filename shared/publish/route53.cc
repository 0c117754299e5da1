#include <fmt/format.h>

#include "publish/text.h"
#include "publish/writers.h"
#include "record/generate_caa.h"

namespace persist::publish {
namespace {

/// Longest TXT value, by Amazon's own words.
constexpr std::size_t longest_value_octets = 4000;

/// `{"Value":"..."}`, with the texts of a zone file. Of the escapes of these only `\"` and `\\`
/// occur in values, which Route 53 reads the same; numbers it would read as octal.
std::string resource_records(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts)
    list += fmt::format("{}{{\"Value\": {}}}", list.empty() ? "" : ", ", json_string(text));
  return list;
}

class Route53Writer final : public Writer {
 public:
  explicit Route53Writer(report::Sink& out) : out_(out) {}

  void begin() override { out_.write("{\n  \"Comment\": \"dns-persist-01\",\n  \"Changes\": ["); }

  void add(const Proposal& proposal) override {
    std::vector<std::string> texts;
    for (const TxtProposal& record : proposal.records) texts.push_back(zone_strings(record));
    write_change(proposal.owner, "TXT", proposal.ttl, texts);
    if (proposal.caa.empty()) return;
    texts.clear();
    for (const record::CaaRecord& record : proposal.caa)
      texts.push_back(record::to_caa_text(record));
    write_change(proposal.name, "CAA", proposal.ttl, texts);
  }

  void end() override { out_.write("\n  ]\n}\n"); }

 private:
  void write_change(const record::DomainName& owner, std::string_view type,
                    std::chrono::seconds ttl, const std::vector<std::string>& texts) {
    out_.write(fmt::format(
        "{}\n    {{\"Action\": \"UPSERT\", \"ResourceRecordSet\": {{\"Name\": \"{}.\", \"Type\": "
        "\"{}\", \"TTL\": {},\n      \"ResourceRecords\": [{}]}}}}",
        is_first_ ? "" : ",", owner.text(), type, ttl.count(), resource_records(texts)));
    is_first_ = false;
  }

  report::Sink& out_;
  bool is_first_ = true;
};

}  // namespace

std::optional<std::string> refuse_for_route53(const Proposal& proposal) {
  for (const TxtProposal& record : proposal.records) {
    if (record.value.size() > longest_value_octets)
      return fmt::format("the value has {} octets, and Route 53 takes {}", record.value.size(),
                         longest_value_octets);
  }
  return {};
}

std::unique_ptr<Writer> make_route53_writer(report::Sink& out) {
  return std::make_unique<Route53Writer>(out);
}

}  // namespace persist::publish
