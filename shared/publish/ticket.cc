#include <fmt/format.h>

#include "publish/text.h"
#include "publish/writers.h"
#include "record/generate_caa.h"

namespace persist::publish {
namespace {

std::string describe_txt(const Proposal& proposal, const TxtProposal& record) {
  std::string text = fmt::format("\n  name   {}.\n  type   TXT\n  TTL    {}\n  value  {}\n",
                                 proposal.owner.text(), proposal.ttl.count(), record.value);
  if (record.value.size() > 255)
    text +=
        "  or, where long values are entered in parts:\n         " + zone_strings(record) + "\n";
  return text;
}

std::string describe_caa(const Proposal& proposal) {
  if (proposal.caa.empty()) return "";
  std::string text;
  for (const record::CaaRecord& record : proposal.caa)
    text += fmt::format("\n  name   {}.\n  type   CAA\n  TTL    {}\n  value  {}\n",
                        proposal.name.text(), proposal.ttl.count(), record::to_caa_text(record));
  return text + fmt::format("\nCAA: {}.\n", caa_remark(proposal));
}

std::string describe_checks(const Proposal& proposal) {
  std::string text = fmt::format("\nHow to check\n\n  dig +short TXT {}.\n", proposal.owner.text());
  if (!proposal.caa.empty()) text += fmt::format("  dig +short CAA {}.\n", proposal.name.text());
  for (const TxtProposal& record : proposal.records)
    if (!record.check_command.empty()) text += "  " + record.check_command + "\n";
  return text;
}

class TicketWriter final : public Writer {
 public:
  explicit TicketWriter(report::Sink& out) : out_(out) {}

  void add(const Proposal& proposal) override {
    const std::string& name = proposal.name.text();
    std::string text =
        fmt::format("{0}Please publish for {1}\n\nWhat\n", is_first_ ? "" : "\n----\n\n", name);
    for (const TxtProposal& record : proposal.records) text += describe_txt(proposal, record);
    text += describe_caa(proposal);
    text += fmt::format(
        "\nThe value of TXT is one line without quotes around it. Other TXT records of that name "
        "stay.\n\nWhy\n\n  It lets our ACME account get certificates for {0}{1} by the method "
        "dns-persist-01\n  (draft-ietf-acme-dns-persist). It stays: nothing in DNS changes at "
        "renewals.\n",
        name, proposal.wildcard ? fmt::format(" and *.{}", name) : "");
    text += describe_checks(proposal);
    text += fmt::format(
        "\nHow to undo\n\n  Delete these records again. No new certificate is authorised by them "
        "once the TTL is over;\n  certificates that exist stay valid, and so does an authorization "
        "that the CA still keeps.\n");
    out_.write(text);
    is_first_ = false;
  }

 private:
  report::Sink& out_;
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<Writer> make_ticket_writer(report::Sink& out) {
  return std::make_unique<TicketWriter>(out);
}

}  // namespace persist::publish
