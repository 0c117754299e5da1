#include "dns/cares_oracle.h"

// c-ares 1.34 deprecates the calls that 1.18 has for reading and writing messages.
#define CARES_NO_DEPRECATED
#include <ares.h>

#include <memory>

#include "dns/query_message.h"

namespace persist::dns::cares {
namespace {

constexpr int class_in = 1;

template <auto release>
struct Release {
  template <typename T>
  void operator()(T* memory) const {
    release(memory);
  }
};
using Text = std::unique_ptr<char, Release<ares_free_string>>;

int size_of(Octets octets) {
  return static_cast<int>(octets.size());
}

std::string text_of(const unsigned char* octets, std::size_t size) {
  return {octets, octets + size};
}

/// The list that `parse` makes of the message; null and `accepted` false if it refuses.
template <typename List, typename Parse>
auto parsed(Octets message, Parse parse, bool& accepted) {
  List* list = nullptr;
  const int status = parse(message.data(), size_of(message), &list);
  accepted = status == ARES_SUCCESS || status == ARES_ENODATA;
  return std::unique_ptr<List, Release<ares_free_data>>(list);
}

}  // namespace

bool reads_whole_messages() {
  int number = 0;
  ares_version(&number);
  constexpr int first = 0x011400;
  return number >= first;
}

std::string version() {
  return std::string("c-ares ") + ares_version(nullptr);
}

std::optional<std::vector<std::uint8_t>> query(const std::string& name, RrType type,
                                               std::uint16_t id, bool recursion_desired,
                                               bool edns) {
  unsigned char* octets = nullptr;
  int size = 0;
  const int status = ares_create_query(name.c_str(), class_in, static_cast<int>(type), id,
                                       recursion_desired ? 1 : 0, &octets, &size,
                                       edns ? advertised_payload_octets : 0);
  if (status != ARES_SUCCESS) return {};
  const std::unique_ptr<unsigned char, Release<ares_free_string>> owned(octets);
  return std::vector<std::uint8_t>(octets, octets + size);
}

std::optional<SeenName> name_at(Octets message, std::size_t at) {
  if (at >= message.size()) return {};
  char* text = nullptr;
  long octets = 0;
  const int status =
      ares_expand_name(message.data() + at, message.data(), size_of(message), &text, &octets);
  if (status != ARES_SUCCESS) return {};
  const Text owned(text);
  return SeenName{.text = text, .octets = static_cast<std::size_t>(octets)};
}

std::optional<std::vector<Fields>> records_of(Octets message, RrType type) {
  std::vector<Fields> records;
  bool accepted = false;
  if (type == RrType::txt) {
    const auto list = parsed<ares_txt_ext>(message, ares_parse_txt_reply_ext, accepted);
    for (const ares_txt_ext* part = list.get(); part != nullptr; part = part->next) {
      if (part->record_start != 0) records.emplace_back();
      records.back().push_back(text_of(part->txt, part->length));
    }
  } else {
    const auto list = parsed<ares_caa_reply>(message, ares_parse_caa_reply, accepted);
    for (const ares_caa_reply* record = list.get(); record != nullptr; record = record->next) {
      records.push_back({std::string(1, static_cast<char>(record->critical)),
                         text_of(record->property, record->plength),
                         text_of(record->value, record->length)});
    }
  }
  if (!accepted) return {};
  return records;
}

}  // namespace persist::dns::cares
