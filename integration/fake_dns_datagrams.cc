#include "integration/fake_dns_datagrams.h"

#include <arpa/inet.h>

#include <algorithm>

namespace persist::integration {
namespace {

template <std::size_t size>
void join(std::array<mmsghdr, size>& headers, std::array<iovec, size>& parts,
          std::array<sockaddr_in, size>& peers) {
  for (std::size_t i = 0; i < size; ++i) {
    headers[i].msg_hdr = {};
    headers[i].msg_hdr.msg_name = &peers[i];
    headers[i].msg_hdr.msg_namelen = sizeof peers[i];
    headers[i].msg_hdr.msg_iov = &parts[i];
    headers[i].msg_hdr.msg_iovlen = 1;
  }
}

}  // namespace

DatagramReader::DatagramReader() : octets_(new std::uint8_t[most * room]) {
  for (std::size_t i = 0; i < most; ++i) {
    parts_[i] = {.iov_base = octets_.get() + i * room, .iov_len = room};
  }
  join(headers_, parts_, peers_);
}

std::size_t DatagramReader::receive(int socket) {
  return static_cast<std::size_t>(
      std::max(0, ::recvmmsg(socket, headers_.data(), most, 0, nullptr)));
}

std::span<const std::uint8_t> DatagramReader::octets(std::size_t datagram) const {
  return {octets_.get() + datagram * room, headers_[datagram].msg_len};
}

std::uint16_t DatagramReader::source_port(std::size_t datagram) const {
  return ntohs(peers_[datagram].sin_port);
}

DatagramWriter::DatagramWriter() {
  for (sockaddr_in& peer : peers_) {
    peer.sin_family = AF_INET;
    peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  }
  join(headers_, parts_, peers_);
}

void DatagramWriter::add(int socket, std::uint16_t port, Octets octets) {
  if (socket != socket_ || count_ == most) flush();
  socket_ = socket;
  octets_[count_] = std::move(octets);
  parts_[count_] = {.iov_base = octets_[count_].data(), .iov_len = octets_[count_].size()};
  peers_[count_].sin_port = htons(port);
  ++count_;
}

void DatagramWriter::flush() {
  for (std::size_t at = 0; at < count_;) {
    const int sent =
        ::sendmmsg(socket_, headers_.data() + at, static_cast<unsigned>(count_ - at), 0);
    at += static_cast<std::size_t>(std::max(sent, 1));
  }
  count_ = 0;
}

}  // namespace persist::integration
