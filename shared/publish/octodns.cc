#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "publish/text.h"
#include "publish/writers.h"

namespace persist::publish {
namespace {

/// Takes a run of digits, or of what are none, from the begin of `text`.
std::string_view take_run(std::string_view& text, bool digits) {
  const auto end =
      std::find_if(text.begin(), text.end(), [=](char c) { return is_digit(c) != digits; });
  const std::string_view run = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(run.size());
  return run;
}

/// octoDNS refuses a file whose names are not in this order: numbers in them count as numbers.
bool comes_before(std::string_view a, std::string_view b) {
  for (bool digits = false; !a.empty() && !b.empty(); digits = !digits) {
    std::string_view x = take_run(a, digits);
    std::string_view y = take_run(b, digits);
    if (digits) {
      x.remove_prefix(std::min(x.find_first_not_of('0'), x.size()));
      y.remove_prefix(std::min(y.find_first_not_of('0'), y.size()));
      if (x.size() != y.size()) return x.size() < y.size();
    }
    if (x != y) return x < y;
  }
  return a.empty() && !b.empty();
}

/// In the form of `escaped_semicolons: true`, which is the default.
std::string escape_semicolons(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == ';') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

class OctodnsWriter final : public Writer {
 public:
  explicit OctodnsWriter(report::Sink& out) : out_(out) {}

  void add(const Proposal& proposal) override {
    if (zone_ && *zone_ != proposal.zone) write_zone();
    zone_ = proposal.zone;
    std::string text = head_of(proposal, proposal.owner, "TXT");
    for (const TxtProposal& record : proposal.records)
      text += fmt::format("    - {}\n", json_string(escape_semicolons(record.value)));
    nodes_.emplace_back(relative_name(proposal.owner, *zone_), std::move(text));
    if (proposal.caa.empty()) return;
    text = "# CAA: " + caa_remark(proposal) + "\n" + head_of(proposal, proposal.name, "CAA");
    for (const record::CaaRecord& record : proposal.caa)
      text += fmt::format("    - flags: {}\n      tag: {}\n      value: {}\n", record.flags,
                          record.tag, json_string(record.value));
    nodes_.emplace_back(relative_name(proposal.name, *zone_), std::move(text));
  }

  void end() override { write_zone(); }

 private:
  std::string head_of(const Proposal& proposal, const record::DomainName& owner,
                      std::string_view type) const {
    return fmt::format("{}:\n  ttl: {}\n  type: {}\n  values:\n",
                       json_string(relative_name(owner, *zone_)), proposal.ttl.count(), type);
  }

  void write_zone() {
    if (!zone_) return;
    std::sort(nodes_.begin(), nodes_.end(),
              [](const auto& a, const auto& b) { return comes_before(a.first, b.first); });
    out_.write(
        fmt::format("# {}.yaml, for octoDNS with escaped_semicolons: true\n---\n", zone_->text()));
    for (const auto& node : nodes_) out_.write(node.second);
    nodes_.clear();
  }

  report::Sink& out_;
  std::optional<record::DomainName> zone_{};
  std::vector<std::pair<std::string, std::string>> nodes_{};  ///< relative name, YAML
};

bool has(const std::string& text, char c) {
  return text.find(c) != std::string::npos;
}

}  // namespace

std::optional<std::string> refuse_for_octodns(const Proposal& proposal) {
  for (const TxtProposal& record : proposal.records) {
    if (has(record.value, '\\'))
      return "the value has a backslash, which octoDNS does not hand to every provider the same "
             "way";
  }
  for (const record::CaaRecord& record : proposal.caa) {
    if (has(record.value, '"') || has(record.value, '\\'))
      return "the account URL has a quote or a backslash, which octoDNS does not escape in CAA";
  }
  return {};
}

std::unique_ptr<Writer> make_octodns_writer(report::Sink& out) {
  return std::make_unique<OctodnsWriter>(out);
}

}  // namespace persist::publish
