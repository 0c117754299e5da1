#include "dns/datagram_batch.h"

namespace persist::dns {

DatagramBatch::DatagramBatch()
    : octets_(std::make_unique_for_overwrite<std::uint8_t[]>(room * size)) {
  for (std::size_t i = 0; i < size; ++i) {
    parts_[i] = {.iov_base = octets_.get() + i * room, .iov_len = room};
    headers_[i].msg_hdr.msg_iov = &parts_[i];
    headers_[i].msg_hdr.msg_iovlen = 1;
  }
}

int DatagramBatch::receive(int descriptor) {
  return ::recvmmsg(descriptor, headers_.data(), size, MSG_DONTWAIT, nullptr);
}

Octets DatagramBatch::operator[](std::size_t index) const {
  return {octets_.get() + index * room, headers_[index].msg_len};
}

}  // namespace persist::dns
