#include "publish/writers.h"
#include "record/generate.h"
#include "record/generate_caa.h"
#include "report/json_writer.h"

namespace persist::publish {
namespace {

using report::JsonWriter;

void write_common(JsonWriter& json, const Proposal& proposal, const record::DomainName& owner,
                  std::string_view type) {
  json.begin_object();
  json.text("name", proposal.name.text());
  json.text("owner", owner.text());
  json.text("type", type);
  json.number("ttl", proposal.ttl.count());
}

void write_txt(JsonWriter& json, const Proposal& proposal, const TxtProposal& record) {
  write_common(json, proposal, proposal.owner, "TXT");
  json.text("value", record.value);
  json.begin_array("character_strings");
  for (const std::string& part : record::to_character_strings(record.value)) json.text(part);
  json.end_array();
  json.text("zone_line", record::to_zone_line(proposal.owner, proposal.ttl, record.value));
  json.text("ca", record.ca);
  json.text("dialect", record::to_text(record.dialect));
  json.flag("wildcard", proposal.wildcard);
  json.end_object();
}

void write_caa(JsonWriter& json, const Proposal& proposal, const record::CaaRecord& record) {
  write_common(json, proposal, proposal.name, "CAA");
  json.number("flags", record.flags);
  json.text("tag", record.tag);
  json.text("value", record.value);
  json.text("zone_line", record::to_zone_line(proposal.name, proposal.ttl, record));
  json.end_object();
}

class JsonDocumentWriter final : public Writer {
 public:
  explicit JsonDocumentWriter(report::Sink& out) : out_(out) {}

  void begin() override { out_.write("{\"schema_version\":1,\"records\":["); }

  void add(const Proposal& proposal) override {
    for (const TxtProposal& record : proposal.records)
      write_item([&](JsonWriter& json) { write_txt(json, proposal, record); });
    for (const record::CaaRecord& record : proposal.caa)
      write_item([&](JsonWriter& json) { write_caa(json, proposal, record); });
  }

  void end() override { out_.write("]}\n"); }

 private:
  template <typename Write>
  void write_item(const Write& write) {
    std::string text;
    JsonWriter json(text);
    write(json);
    if (!is_first_) out_.write(",");
    is_first_ = false;
    out_.write(text);
  }

  report::Sink& out_;
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<Writer> make_json_writer(report::Sink& out) {
  return std::make_unique<JsonDocumentWriter>(out);
}

}  // namespace persist::publish
