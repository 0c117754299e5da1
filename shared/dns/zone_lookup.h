#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.h"
#include "dns/resolver.h"

namespace persist::dns {

/// Most name servers that are asked about one name; so many has the largest zone of all, the root.
inline constexpr std::size_t most_zone_servers = 13;
/// Most queries about one name, those for zone and addresses among them: a delegation is whatever
/// its owner likes, and must not make us flood anybody.
inline constexpr std::size_t most_zone_queries = 64;

/// What one address of one name server of a zone said.
struct Statement {
  Name server{};                           ///< the root where no server was found
  std::optional<ServerAddress> address{};  ///< empty: it was not asked
  std::optional<Answer> answer{};          ///< its chain has the aliases from the first name on
  std::string fault{};                     ///< why there is no answer; one line, escaped
};

/// What the name servers of the zone said, by name and address, whatever the order of the answers.
struct ZoneReport {
  std::vector<Statement> statements{};
  std::vector<std::string> remarks{};  ///< what was left out; a line each, escaped
};

/// One question to every name server of the zone of a name: what to ask next, and what an answer
/// leads to. Pure; token numbers are its own, below most_zone_queries.
///
/// The zone is the nearest name upwards for which the configured resolvers have NS records; they
/// tell the addresses of the servers, too. Each server is then asked itself. An alias that leads
/// out of the zone is followed to the servers of the zone in which its target lies, at most 8
/// steps: what the first zone's servers say about it is not theirs to say.
class ZoneLookup {
 public:
  /// With `any_address` also servers are asked whose addresses are no public ones.
  ZoneLookup(const Name& owner, RrType type, bool any_address);

  /// The next query; empty if there is none for now.
  std::optional<Query> next();
  void on_answer(std::uint32_t token, Expected<Answer, LookupError> answer);
  bool is_done() const { return to_ask_.empty() && under_way_ == 0; }
  /// To be taken once; what was not asked by then counts as not asked in time.
  ZoneReport take();

 private:
  /// A name server of a target's zone.
  struct Server {
    Name name;
    std::size_t target;
    int addresses_due = 2;  ///< answers about A and AAAA
    std::vector<ServerAddress> addresses{};
    std::string fault{};  ///< why there are no addresses
  };
  /// The owner asked for, or an alias target in another zone.
  struct Target {
    Name owner;
    std::vector<Name> chain{};  ///< that led here
    Name zone{};                ///< what is asked for NS records, at last the zone
  };
  struct Step {
    enum class Kind { name_servers, address, statement } kind;
    std::size_t at;  ///< of the target, or of the server
    RrType type;
    std::optional<ServerAddress> address{};
  };

  void ask(const Step& step);
  void fail(const Step& step, const std::string& why);
  void on_name_servers(std::size_t target, const Expected<Answer, LookupError>& answer);
  void add_servers(std::size_t target, const Answer& answer);
  void on_address(const Step& step, const Expected<Answer, LookupError>& answer);
  void ask_server(std::size_t server);
  bool is_asked_as_another(std::size_t server, const ServerAddress& address);
  void on_statement(const Step& step, Expected<Answer, LookupError> answer);
  bool follow(const Step& step, const Answer& answer);
  void add_target(const Step& step, std::vector<Name> chain);
  void add_fault(const Step& step, std::string why);

  RrType type_;
  bool any_address_;
  std::vector<Target> targets_{};
  std::vector<Server> servers_{};
  std::vector<Step> steps_{};           ///< by token
  std::deque<std::uint32_t> to_ask_{};  ///< tokens
  std::size_t under_way_ = 0;
  ZoneReport report_{};
};

}  // namespace persist::dns
