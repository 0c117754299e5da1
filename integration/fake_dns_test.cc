#include "integration/fake_dns.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "integration/fake_dns_text.h"
#include "integration/words.h"

namespace persist::integration {
namespace {

// Everything here is written out in hexadecimal, so that the server's own writer is not its judge.

/// A query for TXT at `name` with RD set, id 1234; with an OPT record if `edns`.
Octets query_for(const std::string& name, bool edns = false, std::string_view id = "1234") {
  const std::string header =
      std::string(id) + (edns ? "01000001000000000001" : "01000001000000000000");
  Octets octets = concat(*octets_of_hex(header), wire_name(name));
  octets = concat(octets, *octets_of_hex("00100001"));
  return edns ? concat(octets, *octets_of_hex("0000291000000080000000")) : octets;
}

std::string hex_of(const Octets& octets) {
  const std::string text = to_text(LoggedQuery{.octets = octets});
  return text.substr(std::string_view("udp malformed ").size());
}

/// Expected octets, written with `{name}`, `{question}` and `{good}` (a TXT record "x") in them.
std::string expected_hex(std::string text, const std::string& name) {
  const std::string name_hex = hex_of(wire_name(name));
  text = replace_all(std::move(text), "{good}", "c00c 0010 0001 0000012c 0002 0178");
  text = replace_all(std::move(text), "{spf}",
                     "c00c 0010 0001 0000012c 000c 0b763d73706631202d616c6c");
  text = replace_all(std::move(text), "{question}", name_hex + "00100001");
  text = replace_all(std::move(text), "{name}", name_hex);
  return replace_all(std::move(text), " ", "");
}

FakeDnsOptions short_options() {
  FakeDnsOptions options;
  options.good_text = "x";
  return options;
}

struct Client {
  FileDescriptor socket;
  std::uint16_t server_port = 0;

  Client(int type, std::uint16_t port)
      : socket(checked(::socket(AF_INET, type, 0), "socket")), server_port(port) {
    const timeval patience{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }

  sockaddr_in server() const {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(server_port);
    return address;
  }

  void send(const Octets& octets) const {
    const sockaddr_in address = server();
    ::sendto(socket.get(), octets.data(), octets.size(), 0,
             reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }

  int connect() const {
    const sockaddr_in address = server();
    return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }

  /// A datagram in hexadecimal; ` from elsewhere` behind it if not from the server's port.
  std::string receive() const {
    std::uint8_t buffer[65536];
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    const ssize_t got = ::recvfrom(socket.get(), buffer, sizeof buffer, 0,
                                   reinterpret_cast<sockaddr*>(&peer), &size);
    if (got < 0) return "nothing";
    const std::string hex = hex_of(Octets(buffer, buffer + got));
    return ntohs(peer.sin_port) == server_port ? hex : hex + " from elsewhere";
  }
};

/// What the server sends for a query: everything that comes before the answer to a second one.
std::vector<std::string> udp_replies(std::uint16_t port, const Octets& query) {
  const Client client(SOCK_DGRAM, port);
  client.send(query);
  client.send(query_for("refused.fault.test", false, "ffff"));
  std::vector<std::string> replies;
  while (replies.size() < 10) {
    std::string reply = client.receive();
    if (reply.starts_with("ffff8185") || reply == "nothing") break;
    replies.push_back(std::move(reply));
  }
  return replies;
}

/// All octets that the server sends on a connection, until it closes or sees that we have.
std::string tcp_stream(std::uint16_t port, const Octets& query) {
  const Client client(SOCK_STREAM, port);
  if (client.connect() != 0) return std::string("connect: ") + ::strerrorname_np(errno);
  Octets framed{0, static_cast<std::uint8_t>(query.size())};
  framed = concat(framed, query);
  ::send(client.socket.get(), framed.data(), framed.size(), MSG_NOSIGNAL);
  ::shutdown(client.socket.get(), SHUT_WR);
  Octets all;
  std::uint8_t buffer[65536];
  for (ssize_t got = 1; got > 0;) {
    got = ::recv(client.socket.get(), buffer, sizeof buffer, 0);
    if (got > 0) all.insert(all.end(), buffer, buffer + got);
  }
  return hex_of(all);
}

struct Case {
  std::string name;  ///< mode as its label says it
  std::vector<std::string> want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

std::string test_name(const testing::TestParamInfo<Case>& row) {
  return replace_all(row.param.name, "-", "_");
}

const Case udp_cases[] = {
    {"ok", {"1234 8180 0001 0001 0000 0000 {question} {good}"}},
    {"OK", {"1234 8180 0001 0001 0000 0000 {question} {good}"}},
    {"nxdomain-no-soa", {"1234 8183 0001 0000 0000 0000 {question}"}},
    {"nodata_no_soa", {"1234 8180 0001 0000 0000 0000 {question}"}},
    {"formerr", {"1234 8181 0001 0000 0000 0000 {question}"}},
    {"servfail", {"1234 8182 0001 0000 0000 0000 {question}"}},
    {"notimp", {"1234 8184 0001 0000 0000 0000 {question}"}},
    {"refused", {"1234 8185 0001 0000 0000 0000 {question}"}},
    {"rcode-9", {"1234 8189 0001 0000 0000 0000 {question}"}},
    {"rcode_11", {"1234 818b 0001 0000 0000 0000 {question}"}},
    {"formerr-edns", {"1234 8180 0001 0001 0000 0000 {question} {good}"}},
    {"lame",
     {"1234 8100 0001 0000 0001 0000 {question} 047465737400 0002 0001 0000012c 000d"
      "026e73036e6963047465737400"}},
    {"ad", {"1234 81a0 0001 0001 0000 0000 {question} {good}"}},
    {"ttl-0", {"1234 8180 0001 0001 0000 0000 {question} c00c 0010 0001 00000000 0002 0178"}},
    {"ttl-2147483648",
     {"1234 8180 0001 0001 0000 0000 {question} c00c 0010 0001 80000000 0002 0178"}},
    {"ttl-max", {"1234 8180 0001 0001 0000 0000 {question} c00c 0010 0001 ffffffff 0002 0178"}},
    {"class-ch", {"1234 8180 0001 0001 0000 0000 {question} c00c 0010 0003 0000012c 0002 0178"}},
    {"wildcard-txt", {"1234 8180 0001 0001 0000 0000 {question} {spf}"}},
    {"empty-record-alone",
     {"1234 8180 0001 0001 0000 0000 {question} c00c 0010 0001 0000012c 0001 00"}},
    {"empty-record",
     {"1234 8180 0001 0002 0000 0000 {question} c00c 0010 0001 0000012c 0001 00 {good}"}},
    {"rdlength-0",
     {"1234 8180 0001 0002 0000 0000 {question} c00c 0010 0001 0000012c 0000 {good}"}},
    {"zero-strings",
     {"1234 8180 0001 0001 0000 0000 {question} c00c 0010 0001 0000012c 0007 00 0178 00 00 00 00"}},
    {"bytes-00ff41",
     {"1234 8180 0001 0001 0000 0000 {question} c00c 0010 0001 0000012c 0004 0300ff41"}},
    {"bad-id", {"4761 8180 0001 0001 0000 0000 {question} {good}"}},
    {"bad-source", {"1234 8180 0001 0001 0000 0000 {question} {good} from elsewhere"}},
    {"qr-0", {"1234 0180 0001 0001 0000 0000 {question} {good}"}},
    {"no-question", {"1234 8180 0000 0001 0000 0000 {name} 0010 0001 0000012c 0002 0178"}},
    {"empty", {""}},
    {"short", {"1234 8180 0001 0001 0000 00"}},
    {"short-1", {"12"}},
    {"partial", {"1234 8180 0001 0001 0000 0000 {question} c00c 0010"}},
    {"txt-overrun",
     {"1234 8180 0001 0002 0000 0000 {question} {good} c00c 0010 0001 0000012c 000b"
      "c874656e206f6374657473"}},
    {"rdlength-overrun",
     {"1234 8180 0001 0002 0000 0000 {question} {good} c00c 0010 0001 0000012c ea60"
      "0b763d73706631202d616c6c"}},
    {"count-high", {"1234 8180 0001 0002 0000 0000 {question} {good}"}},
    {"count-low", {"1234 8180 0001 0001 0000 0000 {question} {good} {spf}"}},
    {"trailing", {"1234 8180 0001 0001 0000 0000 {question} {good} deadbeefff"}},
    {"pointer-loop",
     {"1234 8180 0001 0001 0000 0000 {question} c029 0010 0001 0000012c 0002 0178"}},
    {"tc", {"1234 8380 0001 0000 0000 0000 {question}"}},
    {"tc-partial", {"1234 8380 0001 0001 0000 0000 {question} {good}"}},
    {"tc-partial-tcp-good", {"1234 8380 0001 0001 0000 0000 {question} {spf}"}},
    {"many-900", {"1234 8380 0001 0000 0000 0000 {question}"}},
    {"silent", {}},
    {"lose-1", {}},
    {"bad-id-then-servfail",
     {"4761 8180 0001 0001 0000 0000 {question} {good}",
      "1234 8182 0001 0000 0000 0000 {question}"}},
    {"rate-0", {}},
    {"late-60000", {}},
    {"lossy-100", {}},
};

class FakeDnsUdp : public testing::TestWithParam<Case> {};

TEST_P(FakeDnsUdp, SendsTheseDatagrams) {
  const FakeDns server(short_options());
  const std::string name = GetParam().name + ".fault.test";
  std::vector<std::string> want;
  for (const std::string& each : GetParam().want) {
    const bool elsewhere = each.ends_with(" from elsewhere");
    const std::string octets = each.substr(0, each.find(" from"));
    want.push_back(expected_hex(octets, name) + (elsewhere ? " from elsewhere" : ""));
  }
  EXPECT_EQ(udp_replies(server.port(), query_for(name)), want);
}

INSTANTIATE_TEST_SUITE_P(Modes, FakeDnsUdp, testing::ValuesIn(udp_cases), test_name);

/// What comes over TCP, length prefix included.
const Case tcp_cases[] = {
    {"ok", {"002d 1234 8180 0001 0001 0000 0000 {question} {good}"}},
    {"tc", {"002d 1234 8180 0001 0001 0000 0000 {question} {good}"}},
    {"tc-partial", {"003f 1234 8180 0001 0001 0000 0000 {question} {spf}"}},
    {"tc-partial-tcp-good", {"003e 1234 8180 0001 0001 0000 0000 {question} {good}"}},
    {"tcp-hang", {""}},
    {"tcp-close", {""}},
    {"tcp-half", {"0033 1234 8180 0001 0001 0000 0000 08 7463702d68616c66 05 6661"}},
    {"tcp-zero", {"0000 1234 8180 0001 0001 0000 0000 {question} {good}"}},
    {"tcp-long", {"4033 1234 8180 0001 0001 0000 0000 {question} {good}"}},
    {"tcp-drip", {"00"}},
};

class FakeDnsTcp : public testing::TestWithParam<Case> {};

TEST_P(FakeDnsTcp, SendsTheseOctets) {
  const FakeDns server(short_options());
  const std::string name = GetParam().name + ".fault.test";
  EXPECT_EQ(tcp_stream(server.port(), query_for(name)), expected_hex(GetParam().want[0], name));
}

INSTANTIATE_TEST_SUITE_P(Modes, FakeDnsTcp, testing::ValuesIn(tcp_cases), test_name);

TEST(FakeDns, EchoesEdnsAndAddsTheExtendedError) {
  const FakeDns server(short_options());
  const std::string name = "servfail-ede-6.fault.test";
  EXPECT_THAT(udp_replies(server.port(), query_for(name, true)),
              testing::ElementsAre(
                  expected_hex("1234 8182 0001 0000 0000 0001 {question} 00 0029 04d0 00008000 0016"
                               "000f 0012 0006 736169642062792066616b655f646e73",
                               name)));
}

TEST(FakeDns, RefusesEdnsWithABareFormerr) {
  const FakeDns server(short_options());
  const std::string name = "formerr-edns.fault.test";
  EXPECT_THAT(udp_replies(server.port(), query_for(name, true)),
              testing::ElementsAre(expected_hex("1234 8181 0001 0000 0000 0000 {question}", name)));
}

TEST(FakeDns, LosesOnlyTheFirstQueryForAName) {
  const FakeDns server(short_options());
  const Octets query = query_for("lose-1.fault.test");
  EXPECT_EQ(udp_replies(server.port(), query).size(), 0U);
  EXPECT_EQ(udp_replies(server.port(), query).size(), 1U);
  EXPECT_EQ(udp_replies(server.port(), query_for("a.lose-1.fault.test")).size(), 0U);
}

TEST(FakeDns, SendsALateAnswerLate) {
  const FakeDns server(short_options());
  const Client client(SOCK_DGRAM, server.port());
  client.send(query_for("late-50.fault.test"));
  client.send(query_for("ok.fault.test", false, "0001"));
  EXPECT_EQ(client.receive().substr(0, 4), "0001");
  EXPECT_EQ(client.receive().substr(0, 4), "1234");
}

TEST(FakeDns, LargeAnswersComeOverTcp) {
  const FakeDns server;
  for (const auto& [mode, size] :
       {std::pair{"many-4000", 64'120U}, std::pair{"big-record", 64'563U},
        std::pair{"split-255", 564U}}) {
    const std::string stream =
        tcp_stream(server.port(), query_for(std::string(mode) + ".fault.test"));
    EXPECT_EQ(stream.size() / 2, 2 + size) << mode;
  }
}

TEST(FakeDns, Sends4KilobytesOverUdp) {
  const FakeDns server;
  const auto replies = udp_replies(server.port(), query_for("udp-4k.fault.test"));
  ASSERT_EQ(replies.size(), 1U);
  EXPECT_EQ(replies[0].size() / 2, 4096U);
}

TEST(FakeDns, WithoutTcpItsPortRefuses) {
  FakeDnsOptions options = short_options();
  options.tcp = false;
  const FakeDns server(std::move(options));
  EXPECT_EQ(tcp_stream(server.port(), query_for("ok.fault.test")), "connect: ECONNREFUSED");
  EXPECT_EQ(udp_replies(server.port(), query_for("ok.fault.test")).size(), 1U);
}

TEST(FakeDns, DefaultModeIsForEveryNameOutsideTheZone) {
  FakeDnsOptions options = short_options();
  options.default_mode = "silent";
  ASSERT_EQ(options.zone.add_line("www.example.com TXT y"), "");
  const FakeDns server(std::move(options));
  const Client client(SOCK_DGRAM, server.port());
  client.send(query_for("example.net"));
  client.send(query_for("www.example.com", false, "0001"));
  EXPECT_EQ(
      client.receive(),
      expected_hex("0001 8180 0001 0001 0000 0000 {question} c00c 0010 0001 0000012c 0002 0179",
                   "www.example.com"));
}

TEST(FakeDns, LogsWhateverArrives) {
  FakeDns server(short_options());
  const Octets good = query_for("Ok.fault.test");
  const Octets garbage = octets_of("persist-hook: authorized\n");
  const Client client(SOCK_DGRAM, server.port());
  client.send(garbage);
  client.send(good);
  client.receive();
  tcp_stream(server.port(), good);
  server.stop();
  const auto log = server.queries();
  ASSERT_EQ(log.size(), 3U);
  EXPECT_EQ(to_text(log[0]), "udp malformed 706572736973742d686f6f6b3a20617574686f72697a65640a");
  EXPECT_EQ(to_text(log[1]), "udp TXT Ok.fault.test.");
  EXPECT_EQ(to_text(log[2]), "tcp TXT Ok.fault.test.");
  EXPECT_EQ(log[1].octets, good);
  EXPECT_EQ(log[1].source_port, log[0].source_port);
}

TEST(FakeDns, StoppedItIsDeaf) {
  FakeDns server(short_options());
  server.stop();
  EXPECT_EQ(tcp_stream(server.port(), query_for("ok.fault.test")), "connect: ECONNREFUSED");
}

}  // namespace
}  // namespace persist::integration
