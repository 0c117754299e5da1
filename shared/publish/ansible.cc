#include <fmt/format.h>

#include "publish/text.h"
#include "publish/writers.h"
#include "record/generate_caa.h"

namespace persist::publish {
namespace {

constexpr std::string_view head =
    R"(# ansible-playbook with the collection community.general; give dns_server and, for TSIG, dns_key_*
- name: Publish dns-persist-01 records
  hosts: localhost
  connection: local
  gather_facts: false
  module_defaults:
    community.general.nsupdate:
      server: "{{ dns_server }}"
      port: "{{ dns_port | default(53) }}"
      key_name: "{{ dns_key_name | default(omit) }}"
      key_secret: "{{ dns_key_secret | default(omit) }}"
      key_algorithm: "{{ dns_key_algorithm | default('hmac-sha256') }}"
  tasks:
)";

/// The module takes texts of a zone file, and makes them the whole set. `!unsafe` keeps what looks
/// like a template as it is.
class AnsibleWriter final : public Writer {
 public:
  explicit AnsibleWriter(report::Sink& out) : out_(out) {}

  void begin() override { out_.write(head); }

  void add(const Proposal& proposal) override {
    std::vector<std::string> texts;
    for (const TxtProposal& record : proposal.records) texts.push_back(zone_strings(record));
    write_task(proposal.owner, "TXT", proposal.ttl, texts);
    if (proposal.caa.empty()) return;
    texts.clear();
    for (const record::CaaRecord& record : proposal.caa)
      texts.push_back(record::to_caa_text(record));
    out_.write("    # CAA: " + caa_remark(proposal) + "\n");
    write_task(proposal.name, "CAA", proposal.ttl, texts);
  }

 private:
  void write_task(const record::DomainName& owner, std::string_view type, std::chrono::seconds ttl,
                  const std::vector<std::string>& texts) {
    out_.write(
        fmt::format("    - name: {1} of {0}\n      community.general.nsupdate:\n"
                    "        record: \"{0}.\"\n        type: {1}\n        ttl: {2}\n"
                    "        value:\n",
                    owner.text(), type, ttl.count()));
    for (const std::string& text : texts)
      out_.write(fmt::format("          - !unsafe {}\n", json_string(text)));
  }

  report::Sink& out_;
};

}  // namespace

std::unique_ptr<Writer> make_ansible_writer(report::Sink& out) {
  return std::make_unique<AnsibleWriter>(out);
}

}  // namespace persist::publish
