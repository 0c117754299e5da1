#pragma once

#include <memory>

#include "dns/resolver.h"

namespace persist::dns {

/// Resolver for lists: as many questions under way as bring more answers, over UDP sockets of its
/// own with batched system calls; c-ares carries what needs TCP. One thread; blocks in run().
///
/// Takes everything from its settings: no file is read, no environment variable, no search list.
/// Queries that may be lost are sent again within a try: after a second to a recursive resolver, to
/// another server after as long as its answers take.
class BatchResolver : public Resolver {
 public:
  /// `settings.servers` must not be empty, unless every query names its own server.
  explicit BatchResolver(ResolverSettings settings);
  ~BatchResolver() override;
  BatchResolver(const BatchResolver&) = delete;
  BatchResolver& operator=(const BatchResolver&) = delete;

  void run(Conversation& conversation, const Limits& limits) override;

 private:
  class Run;
  ResolverSettings settings_;
};

}  // namespace persist::dns
