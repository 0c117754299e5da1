#include <fmt/format.h>

#include "publish/text.h"
#include "publish/writers.h"

namespace persist::publish {
namespace {

/// DNSControl cuts long texts and escapes for each provider itself; D_EXTEND() adds to the D() of
/// the zone, whichever that is.
class DnscontrolWriter final : public Writer {
 public:
  explicit DnscontrolWriter(report::Sink& out) : out_(out) {}

  void begin() override {
    out_.write("// DNSControl: behind the D() of the zone, in dnsconfig.js\n");
  }

  void add(const Proposal& proposal) override {
    std::string text = fmt::format("D_EXTEND({}", json_string(proposal.name.text()));
    const std::string label = json_string(relative_name(proposal.owner, proposal.name));
    for (const TxtProposal& record : proposal.records) {
      text += fmt::format(",\n  TXT({}, {}, TTL({}))", label, json_string(record.value),
                          proposal.ttl.count());
    }
    std::string remark = proposal.caa.empty() ? "" : "\n  // CAA: " + caa_remark(proposal);
    for (const record::CaaRecord& record : proposal.caa) {
      text += fmt::format(",{}\n  CAA(\"@\", {}, {}, TTL({}))", remark, json_string(record.tag),
                          json_string(record.value), proposal.ttl.count());
      remark.clear();
    }
    out_.write(text + "\n);\n");
  }

 private:
  report::Sink& out_;
};

}  // namespace

std::unique_ptr<Writer> make_dnscontrol_writer(report::Sink& out) {
  return std::make_unique<DnscontrolWriter>(out);
}

}  // namespace persist::publish
