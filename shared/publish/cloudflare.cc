#include <fmt/format.h>

#include "publish/text.h"
#include "publish/writers.h"

namespace persist::publish {
namespace {

constexpr std::chrono::seconds shortest_ttl{60};
constexpr std::chrono::seconds longest_ttl{86'400};

/// The body of POST /zones/ZONE_ID/dns_records/batch. The content of a TXT record is that of a zone
/// file; CAA comes in parts.
class CloudflareWriter final : public Writer {
 public:
  explicit CloudflareWriter(report::Sink& out) : out_(out) {}

  void begin() override { out_.write("{\n  \"posts\": ["); }

  void add(const Proposal& proposal) override {
    for (const TxtProposal& record : proposal.records) {
      write_post(proposal, proposal.owner, "TXT",
                 fmt::format("\"content\": {}", json_string(zone_strings(record))));
    }
    for (const record::CaaRecord& record : proposal.caa) {
      write_post(proposal, proposal.name, "CAA",
                 fmt::format("\"data\": {{\"flags\": {}, \"tag\": {}, \"value\": {}}}",
                             record.flags, json_string(record.tag), json_string(record.value)));
    }
  }

  void end() override { out_.write("\n  ]\n}\n"); }

 private:
  void write_post(const Proposal& proposal, const record::DomainName& owner, std::string_view type,
                  std::string_view what) {
    out_.write(fmt::format("{}\n    {{\"type\": \"{}\", \"name\": \"{}\", \"ttl\": {}, {}}}",
                           is_first_ ? "" : ",", type, owner.text(), proposal.ttl.count(), what));
    is_first_ = false;
  }

  report::Sink& out_;
  bool is_first_ = true;
};

}  // namespace

std::optional<std::string> refuse_for_cloudflare(const Proposal& proposal) {
  if (proposal.ttl >= shortest_ttl && proposal.ttl <= longest_ttl) return {};
  return fmt::format("Cloudflare takes a TTL from {}s to {}s, not {}s", shortest_ttl.count(),
                     longest_ttl.count(), proposal.ttl.count());
}

std::unique_ptr<Writer> make_cloudflare_writer(report::Sink& out) {
  return std::make_unique<CloudflareWriter>(out);
}

}  // namespace persist::publish
