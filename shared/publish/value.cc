#include "publish/writers.h"
#include "record/generate_caa.h"

namespace persist::publish {
namespace {

class ValueWriter final : public Writer {
 public:
  explicit ValueWriter(report::Sink& out) : out_(out) {}

  void add(const Proposal& proposal) override {
    for (const TxtProposal& record : proposal.records) out_.write(record.value + "\n");
    for (const record::CaaRecord& record : proposal.caa)
      out_.write(record::to_caa_text(record) + "\n");
  }

 private:
  report::Sink& out_;
};

}  // namespace

std::unique_ptr<Writer> make_value_writer(report::Sink& out) {
  return std::make_unique<ValueWriter>(out);
}

}  // namespace persist::publish
