#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "dns/resolver.h"

namespace persist::testing {

using Outcome = Expected<dns::Answer, dns::LookupError>;

/// Which of the questions under way is answered next.
enum class AnswerOrder { first_come, last_come, shuffled };

/// TXT records of one character-string each; without any, NODATA.
Outcome txt_answer(const std::vector<std::string>& texts);
/// CAA records by their RDATA in words: `0 issue ca.example`; without any, NODATA.
Outcome caa_answer(const std::vector<std::string>& records);
Outcome nxdomain_answer();
Outcome failed_answer(dns::LookupErrorCode code);

/// A Resolver that knows what it is told; every other name does not exist, but as a name without
/// CAA.
class FakeResolver final : public dns::Resolver {
 public:
  AnswerOrder order = AnswerOrder::first_come;
  std::uint32_t seed = 1;    ///< for AnswerOrder::shuffled
  std::size_t window = 128;  ///< most questions under way at once
  /// After so many answers what is under way ends as `stopped`, and nothing is asked any more.
  std::size_t answers_before_stop = std::numeric_limits<std::size_t>::max();
  std::atomic<bool> stop_flag{false};  ///< set together with that, if `sets_stop_flag`
  bool sets_stop_flag = false;

  /// What is said of an owner name; the last word counts.
  void set(std::string_view owner, Outcome outcome);
  /// The same for the owner name of the record of `name`.
  void set_record(std::string_view name, Outcome outcome);
  void set_record(std::string_view name, const std::vector<std::string>& texts) {
    set_record(name, txt_answer(texts));
  }

  void run(dns::Conversation& conversation, const dns::Limits& limits) override;

  /// `TXT owner`, in the order of asking.
  const std::vector<std::string>& asked() const { return asked_; }
  /// Most questions that were under way at once.
  std::size_t most_open() const { return most_open_; }

  /// A resolver for somebody who wants to own one; does what this one does, which must outlive it.
  std::unique_ptr<dns::Resolver> borrow();

 private:
  void ask_on(dns::Conversation& conversation);
  dns::Query take_next(std::mt19937& generator);
  Outcome answer_of(const dns::Query& query) const;

  std::map<dns::Name, Outcome> outcomes_{};
  std::deque<dns::Query> open_{};
  std::vector<std::string> asked_{};
  std::size_t most_open_ = 0;
};

}  // namespace persist::testing
