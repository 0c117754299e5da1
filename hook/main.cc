#include <malloc.h>
#include <unistd.h>

#include <chrono>

#include "app/process.h"
#include "dns/cares_resolver.h"
#include "hook/acme_program.h"
#include "hook/hook.h"

int main(int argc, char** argv) {
  // A short life: memory is asked for in one piece, and none is given back.
  constexpr int heap_octets = 1 << 18;
  mallopt(M_TOP_PAD, heap_octets);
  mallopt(M_TRIM_THRESHOLD, heap_octets);
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const persist::UnixTime now{std::chrono::floor<std::chrono::seconds>(since_epoch).count()};
  return persist::app::run_process(
      argc, argv, environ, now,
      {"persist-hook", persist::hook::run, persist::app::make_resolver<persist::dns::CaresResolver>,
       nullptr, persist::hook::execute_acme_program});
}
