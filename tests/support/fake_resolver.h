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
#include <utility>
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

/// Name servers by their names; names as in `ns1.example.`.
Outcome ns_answer(const std::vector<std::string>& names);
/// Addresses, all IPv4 or all IPv6.
Outcome address_answer(const std::vector<std::string>& addresses);

/// A Resolver that knows what it is told; every other name does not exist, but as a name without
/// CAA. A server that is asked itself and was told nothing is silent.
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

  /// The same for NS, A and AAAA records, which an owner has only so.
  void set(dns::RrType type, std::string_view owner, Outcome outcome);
  /// What the server at an address says of an owner name, asked itself.
  void set_at(std::string_view address, std::string_view owner, Outcome outcome);
  /// A zone with name servers: the name and the address of each.
  void set_zone(std::string_view zone,
                const std::vector<std::pair<std::string, std::string>>& servers);

  void run(dns::Conversation& conversation, const dns::Limits& limits) override;

  /// `TXT owner`, in the order of asking; with ` @192.0.2.1` where one server was asked itself.
  std::vector<std::string> asked() const;
  /// The same without what was asked after a refusal: the servers of the zone, and wrong names.
  std::vector<std::string> asked_at_first() const;
  std::size_t runs() const { return asked_.size(); }
  /// Most questions that were under way at once.
  std::size_t most_open() const { return most_open_; }

  /// A resolver for somebody who wants to own one; does what this one does, which must outlive it.
  std::unique_ptr<dns::Resolver> borrow();

 private:
  void ask_on(dns::Conversation& conversation);
  dns::Query take_next(std::mt19937& generator);
  Outcome answer_of(const dns::Query& query) const;

  std::map<dns::Name, Outcome> outcomes_{};
  std::map<std::pair<dns::RrType, dns::Name>, Outcome> of_type_{};
  std::map<std::pair<dns::ServerAddress, dns::Name>, Outcome> of_server_{};
  std::deque<dns::Query> open_{};
  std::vector<std::vector<std::string>> asked_{};  ///< by run
  std::size_t most_open_ = 0;
};

}  // namespace persist::testing
