#include "acme/key_error.h"

#include <fmt/format.h>

#include <string_view>

#include "base/escape.h"

namespace persist::acme {
namespace {

using Code = KeyErrorCode;

/// {found}, {behind} (the same in brackets, or nothing) and {octets} are filled in.
std::string_view sentence(Code code) {
  switch (code) {
    case Code::too_large:
      return "it has more than {octets} octets";
    case Code::no_key:
      return "it holds no private key{behind}";
    case Code::public_half:
      return "it holds the public half only{behind}";
    case Code::encrypted:
      return "it is encrypted, and nobody is asked for a pass phrase";
    case Code::several_keys:
      return "it holds several private keys";
    case Code::malformed:
      return "it is cut or damaged";
    case Code::unsupported_type:
      return "its type is {found}, not RSA, EC or Ed25519";
    case Code::unsupported_curve:
      return "its curve is {found}, not P-256, P-384, P-521 or Ed25519";
    case Code::rsa_too_short:
      return "it is RSA of {found} bits, and 2048 are the least";
    case Code::rsa_too_long:
      return "it is RSA of {found} bits, and 8192 are the most";
    case Code::inconsistent:
      return "its two halves do not belong together";
    case Code::cannot_sign:
      return "no signature could be made with it";
  }
  return "";
}

}  // namespace

std::string explain(const KeyError& error) {
  constexpr std::size_t longest_found = 64;
  const std::string found = escape(error.found, longest_found);
  return fmt::format(fmt::runtime(sentence(error.code)), fmt::arg("found", found),
                     fmt::arg("behind", found.empty() ? "" : fmt::format(" ({})", found)),
                     fmt::arg("octets", largest_key_octets));
}

}  // namespace persist::acme
