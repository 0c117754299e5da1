#pragma once

#include <string>
#include <vector>

#include "called_world.h"

/// certbot on a made machine, for the tests of its calls.
namespace persist::hook {

inline const std::string policy = "; policy=wildcard";
inline const std::string account = "7259321a4ef2d999";
inline const std::string other_account = "1b7b660c8195a18d";
inline const std::string port_record =
    "lab.example; accounturi=https://acme.test:14000/my-account/" + other_account;

inline std::vector<std::vector<std::string>> certbot(const std::vector<std::string>& arguments,
                                                     const std::string& command) {
  std::vector<std::string> line{"/usr/bin/python3", "/usr/bin/certbot"};
  line.insert(line.end(), arguments.begin(), arguments.end());
  return {{"/usr/sbin/cron"}, line, {"/bin/sh", "-c", command}};
}

inline const std::string other_directory = "https://acme.test:14000/dir";

inline void write_lineage(const CalledWorld& world, const std::string& name,
                          const std::string& directory, const std::string& lines) {
  const bool is_other = directory == other_directory;
  world.root().write(
      "etc/letsencrypt/renewal/" + name + ".conf",
      std::string("[renewalparams]\naccount = ") +
          (is_other ? "8710ff16cbbc036e3732268f5a1bd5a0" : "5338c2c30ca08bc8bf5542fb566aadff") +
          "\nserver = " + directory + "\n" + lines);
}

/// `certbot renew -q` with two lineages at two CAs: `example.com`, which calls us, and
/// `port-example.com`, which does not, for `www.example.net`.
inline void renew(CalledWorld& world) {
  world.sample("certbot");
  write_lineage(world, "port-example.com", other_directory, "authenticator = webroot\n");
  const std::string certificate = "etc/letsencrypt/live/port-example.com/cert.pem";
  std::filesystem::remove(world.root() / certificate);
  world.root().write(certificate, testing::read_file(testing::testdata_folder() /
                                                     "clients/lego/tree/var/lib/lego/certificates/"
                                                     "www.example.net.crt"));
  world.ancestors(certbot({"renew", "-q"}, "persist-hook"));
  world.record("example.com", lab_record(account) + policy);
  world.record("www.example.net", lab_record(account));
}

inline void auth(CalledWorld& world) {
  renew(world);
  world.set("CERTBOT_DOMAIN", "example.com");
  world.set("CERTBOT_VALIDATION", "secret");
  world.set("CERTBOT_ALL_DOMAINS", "example.com,example.com,www.example.net");
  world.set("CERTBOT_REMAINING_CHALLENGES", "2");
}

/// Only `example.com` is left, and it does not call us.
inline void without_hooks(CalledWorld& world) {
  renew(world);
  std::filesystem::remove(world.root() / "etc/letsencrypt/renewal/port-example.com.conf");
  write_lineage(world, "example.com", lab_directory, "authenticator = webroot\n");
}

/// What a name that is ordered for the first time has: a command line.
inline void first_order(CalledWorld& world) {
  without_hooks(world);
  world.ancestors(certbot({"certonly", "--server", lab_directory, "-d", "new.example",
                           "--domains=*.new.example,b.example", "--pre-hook", "persist-hook"},
                          "persist-hook"));
  world.record("new.example", lab_record(account) + policy);
  world.record("b.example", lab_record(account));
}

inline const std::vector<std::string> of_example{"example.com", "www.example.net"};

}  // namespace persist::hook
