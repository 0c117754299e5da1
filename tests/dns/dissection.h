#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dns/answer.h"
#include "dns/wire.h"

/// A message taken apart by c-ares' reading of names and by nothing of our own reader: what a test
/// needs to say why the two readers differ.
namespace persist::dns {

/// How a name stands in a message. c-ares lets some names pass that the specifications do not.
struct NameForm {
  std::size_t wire_octets = 0;  ///< without compression
  int pointers = 0;
  bool points_strictly_back = true;  ///< each pointer before all that was read of the name so far
  bool points_into_header = false;

  bool is_sound() const {
    return wire_octets <= 255 && pointers <= 63 && points_strictly_back && !points_into_header;
  }
};
/// Of a name that c-ares can read.
NameForm form_of_name(Octets message, std::size_t at);

struct SeenRecord {
  int section = 0;  ///< 0 answer, 1 authority, 2 additional
  std::size_t at = 0;
  std::string owner{};  ///< as c-ares writes it, letters in lower case
  std::size_t type_at = 0;
  std::uint16_t type = 0;
  std::uint16_t dns_class = 0;
  std::size_t rdata = 0;  ///< position
  std::size_t rdlength = 0;

  bool is(RrType wanted) const { return type == static_cast<std::uint16_t>(wanted); }
  std::size_t end() const { return rdata + rdlength; }
};

struct Dissection {
  std::string question{};  ///< the name in it, as owners; meaningless if there are no records
  std::vector<SeenRecord> records{};
  std::size_t end = 0;     ///< after the last whole record
  int broken_section = 3;  ///< in which a record is broken or missing; 3: in none

  /// Where the aliases in the answer lead from the question on, that included; at most ten names.
  std::vector<std::string> chain(Octets message) const;
};
Dissection dissect(Octets message);

/// A whole record at `at`, of no section.
std::optional<SeenRecord> seen_record_at(Octets message, std::size_t at);
/// The name that fills the data of the record; empty if none does.
std::optional<std::string> name_in(Octets message, const SeenRecord& record);

}  // namespace persist::dns
