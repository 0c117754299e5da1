#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "app/environment.h"
#include "hook/cli.h"
#include "hook/request.h"
#include "survey/survey.h"
#include "survey/views.h"

namespace persist::hook {

/// Asks about the names of a request in the way that the options say, until `deadline`.
class Asking {
 public:
  using Clock = std::chrono::steady_clock;

  /// Request, options and environment must outlive it.
  Asking(const Request& request, const Options& options, const app::Environment& environment,
         std::vector<dns::ServerAddress> resolvers, Clock::time_point deadline);

  /// How many inquiries there are; answer() gives fewer where the time was not enough.
  std::size_t size() const;

  /// Every name, judged, in the order of the request. What is refused for its records is looked
  /// into further: where a client calls, the zone's own servers may know better than the cache of
  /// a resolver, and a record may stand at a wrong name. A good check asks nothing more.
  std::vector<survey::Inquiry> answer();

  /// Every name, judged by all servers of its zone as they answer now. CAA is not asked.
  std::vector<survey::Inquiry> ask_every_server();

 private:
  std::vector<survey::Inquiry> inquiries() const;
  survey::Subject subject_of(const record::Identifier& identifier) const;
  std::vector<survey::Inquiry> ask_resolvers(std::vector<survey::Inquiry> inquiries,
                                             const std::vector<dns::ServerAddress>& resolvers,
                                             Clock::time_point deadline) const;
  std::vector<survey::Inquiry> ask_each_resolver() const;
  std::vector<survey::Inquiry> ask_zones() const;
  void judge_by_zones(std::vector<survey::Inquiry>& inquiries, survey::Agreement agreement) const;
  void ask_caa(std::vector<survey::Inquiry>& inquiries) const;
  void confirm(std::vector<survey::Inquiry>& inquiries) const;
  bool has_time() const;

  const Request& request_;
  const Options& options_;
  const app::Environment& environment_;
  std::vector<dns::ServerAddress> resolvers_;
  Clock::time_point deadline_;
};

}  // namespace persist::hook
