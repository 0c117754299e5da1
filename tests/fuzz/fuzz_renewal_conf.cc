// certbot's renewal file. What is read must stand in the text as it is, and be read again from a
// file that holds nothing else.
#include <string>

#include "base/ascii.h"
#include "clients/renewal_conf.h"
#include "require.h"

namespace {

using persist::clients::parse_renewal_conf;
using persist::fuzzing::require;

std::string quoted(const std::string& value) {
  const char quote = value.find('"') == std::string::npos ? '"' : '\'';
  return quote + value + quote;
}

bool can_be_quoted(const std::string& value) {
  return value.find('"') == std::string::npos || value.find('\'') == std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = persist::fuzzing::to_text(data, size);
  const auto conf = parse_renewal_conf(text);
  if (!conf) {
    require(conf.error().line >= 1);
    return 0;
  }
  for (const std::string& value : {conf->server, conf->account, conf->authenticator}) {
    require(persist::contains(text, value));
    require(value.find('\n') == std::string::npos);
    if (!can_be_quoted(value)) return 0;
  }
  const auto again = parse_renewal_conf("[renewalparams]\nserver = " + quoted(conf->server) +
                                        "\naccount = " + quoted(conf->account) +
                                        "\nauthenticator = " + quoted(conf->authenticator) + "\n");
  // Hooks are taken as they stand, over several lines too.
  require(again && again->server == conf->server && again->account == conf->account &&
          again->authenticator == conf->authenticator);
  return 0;
}
