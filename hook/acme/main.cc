#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "acme/curl_http_client.h"
#include "app/process.h"
#include "hook/acme/acme.h"

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

/// No core file and no debugger shall see a private key.
void hide_memory() {
  constexpr rlimit none{.rlim_cur = 0, .rlim_max = 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
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
       .make_resolver = nullptr,  // nothing here looks names up in DNS itself
       .make_http_client = persist::app::make_http_client<persist::acme::CurlHttpClient>,
       .ends_at_a_signal = true});
}
