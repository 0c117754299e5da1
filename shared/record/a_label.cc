#include "record/a_label.h"

#include <idn2.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace persist::record {

Expected<std::string, NameErrorCode> to_a_labels(std::string_view text) {
  char* raw = nullptr;
  const int status =
      idn2_to_ascii_8z(std::string(text).c_str(), &raw, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
  const std::unique_ptr<char, void (*)(void*)> ascii(raw, idn2_free);
  switch (status) {
    case IDN2_OK:
      return std::string(ascii.get());
    case IDN2_TOO_BIG_LABEL:
    case IDN2_PUNYCODE_BIG_OUTPUT:
      return Unexpected(NameErrorCode::label_too_long);
    case IDN2_TOO_BIG_DOMAIN:
      return Unexpected(NameErrorCode::too_long);
    default:
      return Unexpected(NameErrorCode::not_idna);
  }
}

ALabel check_a_label(std::string_view label) {
  if (label.substr(0, 4) != "xn--") return ALabel::valid;
  std::vector<std::uint8_t> octets(label.begin(), label.end());
  octets.push_back(0);
  std::uint8_t* raw = nullptr;
  // Without a mapping, which would hide what stands there.
  const int status = idn2_lookup_u8(octets.data(), &raw, IDN2_NO_TR46 | IDN2_ALABEL_ROUNDTRIP);
  idn2_free(raw);
  switch (status) {
    case IDN2_OK:
    case IDN2_UNASSIGNED:  // by the Unicode version of the library
      return ALabel::valid;
    case IDN2_PUNYCODE_BAD_INPUT:
    case IDN2_PUNYCODE_BIG_OUTPUT:
    case IDN2_PUNYCODE_OVERFLOW:
    case IDN2_ENCODING_ERROR:
    case IDN2_NOT_NFC:
      return ALabel::malformed;
    default:
      return ALabel::not_idna_2008;
  }
}

}  // namespace persist::record
