#pragma once

#include <map>
#include <string>
#include <vector>

#include "integration/name_servers.h"

namespace persist::integration {

/// Gives this process, which must have one thread only, and its children a network of their own
/// with nothing but loopback, so that port 53 of any 127.0.0.x is free. False where that is not
/// allowed.
bool enter_own_network();

/// Zones by name; the text is what stands below `$TTL`, the SOA record apart.
using Zones = std::map<std::string, std::string>;

/// nsd or knotd as the authoritative server of some zones, on port 53 of an address.
class ZoneServer : public NameServer {
 public:
  enum class Software { nsd, knotd };
  ZoneServer(Software software, const std::string& address, Zones zones);

  /// Replaces what a zone holds; it is served when this returns.
  void serve(const std::string& zone, const std::string& text);

 private:
  std::string configuration() const override;
  void write_zone(const std::string& zone) const;

  Software software_;
  Zones zones_;
  std::uint32_t serial_ = 1;
};

/// unbound that finds zones at the addresses given; also on port 53 of `lame_address`, where it
/// answers from its cache whoever asks without recursion.
class CachingServer : public NameServer {
 public:
  CachingServer(std::map<std::string, std::string> stubs, std::string lame_address);

 private:
  std::string configuration() const override;

  std::map<std::string, std::string> stubs_;
  std::string lame_address_;
};

}  // namespace persist::integration
