#include "dns/query_message.h"

#include <algorithm>

namespace persist::dns {
namespace {

constexpr std::uint16_t recursion_desired_flag = 0x0100;
constexpr std::uint16_t authentic_data_flag = 0x0020;
constexpr std::uint16_t class_in = 1;

class Writer {
 public:
  explicit Writer(std::uint8_t* to) : to_(to) {}
  void u16(unsigned value) {
    *to_++ = static_cast<std::uint8_t>(value >> 8U);
    *to_++ = static_cast<std::uint8_t>(value & 0xFFU);
  }
  void octets(const std::string& text) { to_ = std::copy(text.begin(), text.end(), to_); }
  std::uint8_t* end() const { return to_; }

 private:
  std::uint8_t* to_;
};

}  // namespace

std::span<const std::uint8_t> write_query(QueryBuffer& buffer, const Question& question,
                                          const QueryOptions& options) {
  Writer out(buffer.data());
  out.u16(options.id);
  out.u16(authentic_data_flag | (options.recursion_desired ? recursion_desired_flag : 0U));
  out.u16(1);
  out.u16(0);
  out.u16(0);
  out.u16(options.edns ? 1U : 0U);
  out.octets(question.owner.wire());
  out.u16(static_cast<unsigned>(question.type));
  out.u16(class_in);
  if (options.edns) {
    out.octets(std::string(1, '\0'));  // owner: the root
    out.u16(static_cast<unsigned>(RrType::opt));
    out.u16(advertised_payload_octets);
    out.u16(0);  // upper bits of the RCODE, version 0
    out.u16(0);  // DO=0
    out.u16(0);  // no options
  }
  return {buffer.data(), out.end()};
}

}  // namespace persist::dns
