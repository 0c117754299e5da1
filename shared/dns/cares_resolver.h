#pragma once

#include <memory>

#include "dns/resolver.h"

namespace persist::dns {

/// Resolver over c-ares, for the hook and for lists of moderate length. One thread; blocks in
/// run().
///
/// Takes everything from its settings: no file is read, no environment variable, no search list.
/// Source ports are fresh for every few thousand queries and after every pause.
class CaresResolver : public Resolver {
 public:
  /// `settings.servers` must not be empty, unless every query names its own server.
  explicit CaresResolver(ResolverSettings settings);
  ~CaresResolver() override;
  CaresResolver(const CaresResolver&) = delete;
  CaresResolver& operator=(const CaresResolver&) = delete;

  void run(Conversation& conversation, const Limits& limits) override;

 private:
  class Run;
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace persist::dns
