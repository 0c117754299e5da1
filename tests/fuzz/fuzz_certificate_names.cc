// A certificate or a request in PEM, as a stranger may give it: names that are told are names, and
// every refusal is a line.
#include "clients/certificate_names.h"
#include "require.h"

namespace {

using namespace persist::clients;
using persist::fuzzing::require;

void check(const persist::Expected<CertificateNames, CertificateError>& names) {
  if (!names) {
    require(persist::fuzzing::is_plain_line(explain(names.error())));
    return;
  }
  require(!names->identifiers.empty() || !names->others.empty());
  for (const persist::record::Identifier& name : names->identifiers) {
    require(persist::record::parse_identifier(name.text()) == name);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = persist::fuzzing::to_text(data, size);
  check(read_certificate_names(text));
  check(read_request_names(text));
  return 0;
}
