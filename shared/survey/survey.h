#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dns/resolver.h"
#include "record/domain_name.h"
#include "survey/subject.h"

namespace persist::survey {

/// Everything that is asked about one name: the checks share its answers.
struct Inquiry {
  record::DomainName name;
  std::vector<Subject> subjects;
  std::unique_ptr<config::DomainEntry>
      entry{};  ///< what the subjects' `entry` points to, where a list is used
};

/// Asks DNS for what the subjects of one inquiry after the other lack, judges them, and hands them
/// back in the order in which they came, whatever the order of the answers. A name that is already
/// under way is asked once. CAA is asked as the CA does: where a record authorises. Subjects that
/// have answers already are asked about CAA alone.
class Survey final : public dns::Conversation {
 public:
  /// `source` gives the next inquiry, empty at the end; `done` takes each one, judged.
  /// At most `most_open` inquiries are held at once.
  Survey(std::function<std::optional<Inquiry>()> source, std::function<void(Inquiry)> done,
         std::size_t most_open = 32'768);

  std::optional<dns::Query> next_query() override;
  void on_answer(std::uint32_t token, Expected<dns::Answer, dns::LookupError> answer) override;

 private:
  struct Slot {
    Inquiry inquiry;
    record::DomainName asked;                ///< the name or the parent that is asked now
    dns::RrType type = dns::RrType::txt;     ///< and what about it: first TXT, then CAA
    std::vector<std::uint32_t> followers{};  ///< tokens of the same name that wait for this answer
    bool is_done = false;
  };

  Slot& slot(std::uint32_t token) { return slots_[token - first_token_]; }
  bool admit_next();
  void ask(std::uint32_t token);
  void ask_caa(std::uint32_t token);
  void begin_caa(std::uint32_t token);
  void deliver(std::uint32_t token, const Expected<dns::Answer, dns::LookupError>& answer);
  void take(std::uint32_t token, const Expected<dns::Answer, dns::LookupError>& answer);
  void take_txt(std::uint32_t token, const Expected<dns::Answer, dns::LookupError>& answer);
  void take_caa(std::uint32_t token, const record::CaaAnswer& answer,
                const std::optional<dns::LookupError>& error);
  void hand_out_finished();

  std::function<std::optional<Inquiry>()> source_;
  std::function<void(Inquiry)> done_;
  std::size_t most_open_;
  std::deque<Slot> slots_;
  std::uint32_t first_token_ = 0;
  std::deque<std::uint32_t> to_ask_;
  /// For each question under way the token of the one who asks, whose slot holds the name.
  using UnderWay = std::unordered_map<std::string_view, std::uint32_t>;
  UnderWay& under_way(dns::RrType type) {
    return type == dns::RrType::caa ? caa_under_way_ : txt_under_way_;
  }
  UnderWay txt_under_way_;
  UnderWay caa_under_way_;
  std::unordered_map<std::string, record::CaaAnswer>
      top_levels_{};  ///< CAA of top-level domains, which whole lists share
  bool source_is_empty_ = false;
};

/// What an answer says beside the records.
LookupFacts facts_of(const Expected<dns::Answer, dns::LookupError>& answer);

/// The name upwards at which the CA looks next for a subject that is not authorised so far; a
/// public CA stops at the registrable domain. Empty if it does not climb, or no further.
std::optional<record::DomainName> next_ancestor(const Subject& subject,
                                                const record::DomainName& asked);

/// What an answer means for the records of one name; sorted, so that the order of arrival leaves no
/// trace.
record::NameAnswer to_name_answer(const record::DomainName& validated_fqdn,
                                  const Expected<dns::Answer, dns::LookupError>& answer);

/// The same for CAA.
record::CaaAnswer to_caa_answer(const record::DomainName& name,
                                const Expected<dns::Answer, dns::LookupError>& answer);

/// Judges a subject from the answers about its records; nothing is asked.
void judge(Subject& subject);

/// Judges CAA of a subject whose records authorise.
void judge_caa(Subject& subject);

}  // namespace persist::survey
