#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dns/answer.h"

namespace persist::integration {

/// What is not installed of the name servers below, as Debian packages; empty if all is there.
std::string missing_name_servers();

/// A name server program on a port of loopback, in a folder of its own; needs no rights for a port
/// that is free. It is up when the constructor returns, and stopped by its process id in the
/// destructor.
class NameServer {
 public:
  virtual ~NameServer();
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;

  std::uint16_t port() const { return port_; }
  const std::string& host() const { return host_; }
  std::string address() const { return host_ + ":" + std::to_string(port_); }

 protected:
  /// `port` 0: one that is free.
  explicit NameServer(std::string host = "127.0.0.1", std::uint16_t port = 0);

  /// Picks a port, writes configuration() to a file and starts `program` on it until it answers the
  /// question for `ready_name`; another port if it does not. Ends the test program if nothing
  /// helps.
  void start(const std::string& program, const std::vector<std::string>& arguments,
             const std::string& ready_name, dns::RrType ready_type = dns::RrType::dnskey);
  /// For unbound: `more` are lines of its part `server`; zones are asked for at the addresses in
  /// `stubs`, with `@port` where that is not 53.
  std::string unbound_configuration(const std::string& more,
                                    const std::map<std::string, std::string>& stubs) const;
  void send_signal(int number) const;
  void write_file(const std::string& name, const std::string& content) const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  virtual std::string configuration() const = 0;
  void launch(const std::string& program, const std::vector<std::string>& arguments);
  bool wait_until_ready(const std::string& ready_name, dns::RrType ready_type);
  void stop();

  std::filesystem::path folder_;
  std::string host_;
  std::uint16_t fixed_port_;
  std::uint16_t port_ = 0;
  pid_t process_ = -1;
};

/// knotd with two zones of the same content, signed.test with DNSSEC and plain.test without:
/// `_validation-persist.good` has a TXT record, `_validation-persist.nodata` an A record,
/// `_validation-persist.alias` is an alias of the former.
class Authority : public NameServer {
 public:
  Authority();
  /// The key of signed.test as a line for unbound; `right` false: one octet is wrong.
  std::string trust_anchor(bool right) const;

 private:
  std::string configuration() const override;
};

/// unbound, which asks an Authority.
class RecursiveServer : public NameServer {
 public:
  enum class Validation { right_anchor, wrong_anchor, none };
  RecursiveServer(const Authority& authority, Validation validation);

 private:
  std::string configuration() const override;

  const Authority& authority_;
  Validation validation_;
};

}  // namespace persist::integration
