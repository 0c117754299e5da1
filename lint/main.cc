#include <unistd.h>

#include <chrono>

#include "app/process.h"
#include "dns/batch_resolver.h"
#include "lint/lint.h"

int main(int argc, char** argv) {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const persist::UnixTime now{std::chrono::floor<std::chrono::seconds>(since_epoch).count()};
  return persist::app::run_process(argc, argv, environ, now,
                                   {"persist-lint", persist::lint::run,
                                    persist::app::make_resolver<persist::dns::BatchResolver>});
}
