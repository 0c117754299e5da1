#include "app/version.h"

namespace persist::app {

std::string_view version() {
  return PERSIST_VERSION;
}

}  // namespace persist::app
