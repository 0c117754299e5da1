// Any text as a key. What is taken signs, and its public half holds nothing private; what is not
// taken is refused in one plain line.
#include <string>

#include "acme/account_key.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using persist::acme::AccountKey;
  using persist::fuzzing::require;
  const auto key = AccountKey::parse(persist::fuzzing::to_text(data, size));
  if (!key) {
    const std::string line = explain(key.error());
    require(persist::fuzzing::is_plain_line(line) && line.size() < 400);
    return 0;
  }
  require(key->thumbprint().size() == 43);
  require(key->public_jwk().find("\"d\"") == std::string::npos);
  require(key->sign("message").has_value());
  return 0;
}
