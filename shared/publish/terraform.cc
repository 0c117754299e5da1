#include <fmt/format.h>

#include "publish/text.h"
#include "publish/writers.h"
#include "record/generate_caa.h"

namespace persist::publish {
namespace {

/// The name of a resource. Source: HCL Native Syntax Specification, "Identifiers".
std::string label_of(const record::DomainName& name) {
  std::string label = "dns_persist_";
  for (const char c : name.text()) label += c == '.' ? "_" : c == '_' ? "__" : std::string(1, c);
  return label;
}

/// The provider sets each text between the quotes of a zone-file line and cuts it at 255 octets
/// itself, so that a text is the escaped one of such a line. It has no resource for CAA.
class TerraformWriter final : public Writer {
 public:
  explicit TerraformWriter(report::Sink& out) : out_(out) {}

  void begin() override { out_.write("# Terraform, provider hashicorp/dns (RFC 2136)\n"); }

  void add(const Proposal& proposal) override {
    out_.write(fmt::format(
        "\nresource \"dns_txt_record_set\" {} {{\n  zone = {}\n  name = {}\n"
        "  ttl  = {}\n  txt = [\n",
        hcl_string(label_of(proposal.name)), hcl_string(proposal.zone.text() + "."),
        hcl_string(relative_name(proposal.owner, proposal.zone)), proposal.ttl.count()));
    for (const TxtProposal& record : proposal.records)
      out_.write(fmt::format("    {},\n", hcl_string(record::to_escaped_text(record.value))));
    out_.write("  ]\n}\n");
    if (proposal.caa.empty()) return;
    out_.write("\n# CAA, for which this provider has no resource: publish these otherwise.\n# " +
               caa_remark(proposal) + ".\n");
    for (const record::CaaRecord& record : proposal.caa)
      out_.write("# " + record::to_zone_line(proposal.name, proposal.ttl, record) + "\n");
  }

 private:
  report::Sink& out_;
};

}  // namespace

std::unique_ptr<Writer> make_terraform_writer(report::Sink& out) {
  return std::make_unique<TerraformWriter>(out);
}

}  // namespace persist::publish
