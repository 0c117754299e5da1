#include <fmt/format.h>

#include "publish/text.h"
#include "publish/writers.h"
#include "record/generate.h"
#include "record/generate_caa.h"

namespace persist::publish {
namespace {

/// One update a name; nsupdate finds zone and server itself unless it is told.
class NsupdateWriter final : public Writer {
 public:
  explicit NsupdateWriter(report::Sink& out) : out_(out) {}

  void add(const Proposal& proposal) override {
    for (const TxtProposal& record : proposal.records)
      write_update(record::to_zone_line(proposal.owner, proposal.ttl, record.value));
    if (!proposal.caa.empty()) out_.write("; CAA: " + caa_remark(proposal) + "\n");
    for (const record::CaaRecord& record : proposal.caa)
      write_update(record::to_zone_line(proposal.name, proposal.ttl, record));
    out_.write("send\n");
  }

 private:
  void write_update(const std::string& line) { out_.write("update add " + line + "\n"); }

  report::Sink& out_;
};

}  // namespace

std::unique_ptr<Writer> make_nsupdate_writer(report::Sink& out) {
  return std::make_unique<NsupdateWriter>(out);
}

}  // namespace persist::publish
