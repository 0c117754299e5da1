#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "acme/curl_http_client.h"
#include "app/process.h"
#include "dns/cares_resolver.h"
#include "hook/acme/acme.h"
#include "hook/command.h"

namespace {

bool is_about_proxies(std::string_view variable) {
  const std::string_view name = variable.substr(0, variable.find('='));
  for (const std::string_view proxy :
       {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"}) {
    if (name == proxy) return true;
  }
  return false;
}

/// What the libraries would take from the environment (files of trusted CAs, a log of TLS secrets,
/// engines) is nobody's wish here. Gives the variables as they were.
std::vector<char*> take_environment() {
  std::vector<char*> given;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    given.push_back(*variable);
  }
  ::clearenv();
  for (char* const variable : given) {
    if (is_about_proxies(variable)) ::putenv(variable);
  }
  given.push_back(nullptr);
  return given;
}

rlimit core_limit{};

/// No core file and no debugger shall see a private key.
void hide_memory() {
  ::getrlimit(RLIMIT_CORE, &core_limit);
  const rlimit none{.rlim_cur = 0, .rlim_max = core_limit.rlim_max};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/// A program that follows has the limit that the caller set.
void restore_limits() {
  ::setrlimit(RLIMIT_CORE, &core_limit);
}

/// Of a call by a client the rest is done in order when a signal comes; a request over HTTPS is cut
/// short.
bool ends_at_a_signal(int argc, char** argv) {
  const auto* const command = argc > 1 ? persist::hook::find_command(argv[1]) : nullptr;
  return command != nullptr && command->needs_acme != nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  hide_memory();
  std::vector<char*> variables = take_environment();
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const persist::UnixTime now{std::chrono::floor<std::chrono::seconds>(since_epoch).count()};
  return persist::app::run_process(
      argc, argv, variables.data(), now,
      {.name = "persist-hook",
       .run = persist::hook::run_acme,
       .make_resolver = persist::app::make_resolver<persist::dns::CaresResolver>,
       .make_http_client = persist::app::make_http_client<persist::acme::CurlHttpClient>,
       .restore_limits = restore_limits,
       .ends_at_a_signal = ends_at_a_signal(argc, argv)});
}
