#include <fmt/format.h>

#include "publish/text.h"
#include "publish/writers.h"
#include "record/generate.h"
#include "record/generate_caa.h"

namespace persist::publish {
namespace {

/// Source: RFC 1035 section 5.1.
class ZoneWriter final : public Writer {
 public:
  explicit ZoneWriter(report::Sink& out) : out_(out) {}

  void add(const Proposal& proposal) override {
    for (const TxtProposal& record : proposal.records)
      out_.write(record::to_zone_line(proposal.owner, proposal.ttl, record.value) + "\n");
    if (proposal.caa.empty()) return;
    out_.write("; CAA: " + caa_remark(proposal) + "\n");
    for (const record::CaaRecord& record : proposal.caa)
      out_.write(record::to_zone_line(proposal.name, proposal.ttl, record) + "\n");
  }

 private:
  report::Sink& out_;
};

}  // namespace

std::unique_ptr<Writer> make_zone_writer(report::Sink& out) {
  return std::make_unique<ZoneWriter>(out);
}

}  // namespace persist::publish
