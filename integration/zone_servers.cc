#include "integration/zone_servers.h"

#include <fmt/format.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <csignal>
#include <cstring>

#include "dns/wire.h"
#include "integration/ask_dns.h"
#include "integration/file_descriptor.h"

namespace persist::integration {
namespace {

constexpr std::uint16_t dns_port = 53;
constexpr int between_looks_ms = 20;

constexpr std::string_view nsd_configuration = R"(server:
  ip-address: {1}@{2}
  do-ip6: no
  server-count: 1
  username: ""
  chroot: ""
  zonesdir: "{0}"
  database: ""
  pidfile: "{0}/nsd.pid"
  zonelistfile: "{0}/zone.list"
  xfrdfile: "{0}/xfrd.state"
  xfrdir: "{0}"
remote-control:
  control-enable: no
)";

constexpr std::string_view knotd_configuration = R"(server:
  rundir: "{0}"
  listen: {1}@{2}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: "{0}"
log:
  - target: stderr
    any: info
template:
  - id: default
    storage: "{0}"
zone:
)";

std::uint32_t serial_at(const std::string& address, const std::string& zone) {
  const auto outcome = ask(Engine::cares, impatient({address}), zone, dns::RrType::soa);
  if (!outcome || outcome->rrset.empty()) return 0;
  const std::string& rdata = outcome->rrset.front().rdata;
  constexpr std::size_t numbers_octets = 20;
  std::uint32_t serial = 0;
  for (std::size_t i = 0; i < 4; ++i)
    serial = serial << 8U | static_cast<unsigned char>(rdata[rdata.size() - numbers_octets + i]);
  return serial;
}

}  // namespace

bool enter_own_network() {
  if (::unshare(CLONE_NEWNET) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return false;
  const FileDescriptor socket(checked(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket"));
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  return ::ioctl(socket.get(), SIOCSIFFLAGS, &request) == 0;
}

// ---- nsd and knotd

ZoneServer::ZoneServer(Software software, const std::string& address, Zones zones)
    : NameServer(address, dns_port), software_(software), zones_(std::move(zones)) {
  for (const auto& [zone, text] : zones_) write_zone(zone);
  const std::string& any_zone = zones_.begin()->first;
  if (software_ == Software::nsd) {
    start("/usr/sbin/nsd", {"-d", "-c"}, any_zone, dns::RrType::soa);
  } else {
    start("/usr/sbin/knotd", {"-c"}, any_zone, dns::RrType::soa);
  }
}

void ZoneServer::write_zone(const std::string& zone) const {
  write_file(zone + ".zone", fmt::format("$TTL 300\n@ SOA ns hostmaster {} 3600 600 86400 300\n{}",
                                         serial_, zones_.at(zone)));
}

void ZoneServer::serve(const std::string& zone, const std::string& text) {
  zones_[zone] = text;
  ++serial_;
  write_zone(zone);
  // A signal that comes while the last one is worked off may get lost.
  while (serial_at(address(), zone) != serial_) {
    send_signal(SIGHUP);
    poll(nullptr, 0, between_looks_ms);
  }
}

std::string ZoneServer::configuration() const {
  std::string text;
  if (software_ == Software::nsd) {
    text = fmt::format(nsd_configuration, folder().string(), host(), port());
    for (const auto& [zone, records] : zones_)
      text += fmt::format("zone:\n  name: {0}\n  zonefile: {0}.zone\n", zone);
    return text;
  }
  text = fmt::format(knotd_configuration, folder().string(), host(), port());
  for (const auto& [zone, records] : zones_)
    text += fmt::format("  - domain: {0}\n    file: {0}.zone\n", zone);
  return text;
}

// ---- unbound

CachingServer::CachingServer(std::map<std::string, std::string> stubs, std::string lame_address)
    : stubs_(std::move(stubs)), lame_address_(std::move(lame_address)) {
  start("/usr/sbin/unbound", {"-d", "-c"}, "ready.test", dns::RrType::dnskey);
}

std::string CachingServer::configuration() const {
  return unbound_configuration(fmt::format(R"(  interface: {}@53
  access-control: 127.0.0.0/8 allow_snoop
  module-config: "iterator"
)",
                                           lame_address_),
                               stubs_);
}

}  // namespace persist::integration
