#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/expected.h"
#include "dns/answer.h"

namespace persist::dns {

struct Query {
  Name owner;  ///< any DNS name: `*` labels, the root, odd alias targets
  RrType type;
  std::uint32_t token;  ///< the asker's own mark, handed back with the answer
  /// This one, as one of the zone's own: RD=0, an answer without AA is none, and no alias is
  /// followed with a further question. Empty: the configured resolvers.
  std::optional<ServerAddress> server{};
};

/// The asker's side: one name for the hook, a million for the linter.
class Conversation {
 public:
  virtual ~Conversation() = default;
  /// The next question; empty if there is none for now. Asked again after every answer, so that an
  /// answer can lead to further questions (CAA of the parent, a well-known wrong name).
  virtual std::optional<Query> next_query() = 0;
  virtual void on_answer(std::uint32_t token, Expected<Answer, LookupError> answer) = 0;
};

struct Limits {
  /// No question is under way after this moment; what is then open ends as `stopped`.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  const std::atomic<bool>* stop = nullptr;  ///< set from a signal handler; null: never
  std::size_t window = 0;  ///< most questions under way at once; 0: the resolver decides
};

class Resolver {
 public:
  virtual ~Resolver() = default;
  /// Keeps as many questions in flight as the network bears, until none is left, the deadline
  /// passes or `limits.stop` is set; what is then open ends as LookupError.
  virtual void run(Conversation& conversation, const Limits& limits) = 0;
};

/// Which servers, and how patiently.
struct ResolverSettings {
  std::vector<ServerAddress> servers;  ///< asked in this order
  std::chrono::milliseconds try_timeout{2000};
  int tries = 3;          ///< for each question, over all servers
  bool late_pass = true;  ///< once more with all tries for what timed out
  double max_qps = 0;     ///< queries a second to each server that is not on loopback; 0: no limit.
                          ///< BatchResolver keeps to it
};

}  // namespace persist::dns
