// The HTTPS client against a server that misbehaves, over real sockets on 127.0.0.1.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <ostream>
#include <string>

#include "acme/curl_http_client.h"
#include "integration/tls_server.h"

namespace persist::integration {
namespace {

using acme::CurlHttpClient;
using acme::HttpErrorCode;
using acme::HttpMethod;
using acme::HttpRequest;
using acme::HttpSettings;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// The CA that the clients below trust, as a file too.
struct Authority {
  Authority()
      : file(std::filesystem::temp_directory_path() / ("persist-ca-" + std::to_string(getpid()))) {
    std::ofstream(file) << certificate.to_pem();
    signal(SIGPIPE, SIG_IGN);  // for the server: its client may go at any time
  }
  ~Authority() { std::filesystem::remove(file); }
  Certificate certificate = make_certificate({.is_authority = true});
  std::filesystem::path file;
};

const Authority& authority() {
  static const Authority made;
  return made;
}

HttpSettings trusting() {
  return {.user_agent = "persist-test/1", .ca_file = authority().file};
}

Certificate good_certificate() {
  return make_certificate({}, &authority().certificate);
}

HttpRequest get(const std::string& url, milliseconds limit = seconds(60)) {
  return {.method = HttpMethod::get, .url = url, .deadline = Clock::now() + limit};
}

std::string response_text(const std::string& headers, const std::string& body) {
  return "HTTP/1.1 200 OK\r\nConnection: close\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

TEST(AcmeHttps, GetsAnAnswer) {
  std::string seen;
  TlsServer server(good_certificate(), [&](const std::string& request, TlsConnection& connection) {
    seen = request;
    connection.write(response_text("Replay-Nonce:  abc \r\nLink: <a>\r\nlink: <b>\r\n", "{}"));
  });
  CurlHttpClient client(trusting());
  const auto response = client.send(get(server.url()));
  ASSERT_TRUE(response) << explain(response.error());
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "{}");
  ASSERT_NE(response->find("replay-nonce"), nullptr);
  EXPECT_EQ(*response->find("replay-nonce"), "abc");
  EXPECT_EQ(response->find("Link"), nullptr) << "there are two";
  EXPECT_THAT(seen, StartsWith("GET /directory HTTP/1.1\r\n"));
  EXPECT_THAT(seen, HasSubstr("User-Agent: persist-test/1\r\n"));
  EXPECT_THAT(seen, Not(HasSubstr("Accept-Encoding")));
  EXPECT_THAT(seen, Not(HasSubstr("Cookie")));
}

TEST(AcmeHttps, PostsAndAsksForHeaders) {
  std::string seen;
  TlsServer server(good_certificate(), [&](const std::string& request, TlsConnection& connection) {
    seen = request;
    connection.write(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nReplay-Nonce: n\r\nSet-Cookie: a=b\r\n\r\n");
  });
  CurlHttpClient client(trusting());
  auto request = get(server.url("/new-account"));
  request.method = HttpMethod::post;
  request.content_type = "application/jose+json";
  request.body = std::string("{\0}", 3);
  ASSERT_TRUE(client.send(request));
  EXPECT_THAT(seen, StartsWith("POST /new-account HTTP/1.1\r\n"));
  EXPECT_THAT(seen, HasSubstr("Content-Type: application/jose+json\r\n"));
  EXPECT_THAT(seen, Not(HasSubstr("Expect")));
  EXPECT_TRUE(seen.ends_with(request.body));
  // Nothing of the POST is left in the next request.
  request = get(server.url("/new-nonce"));
  request.method = HttpMethod::head;
  const auto response = client.send(request);
  ASSERT_TRUE(response) << explain(response.error());
  EXPECT_EQ(*response->find("Replay-Nonce"), "n");
  EXPECT_THAT(seen, StartsWith("HEAD /new-nonce HTTP/1.1\r\n"));
  EXPECT_THAT(seen, Not(HasSubstr("Content-Type")));
  EXPECT_THAT(seen, Not(HasSubstr("Cookie")));
}

TEST(AcmeHttps, A01_OtherUrlsAreNotAsked) {
  CurlHttpClient client(trusting());
  for (const char* url : {"file:///etc/passwd", "http://127.0.0.1/", "ftp://127.0.0.1/",
                          "https://user:password@127.0.0.1/", "https://user@127.0.0.1/", "https://",
                          "https:///path", "127.0.0.1", "", "https://127.0.0.1/\r\nX: y"}) {
    const auto response = client.send(get(url));
    ASSERT_FALSE(response) << url;
    EXPECT_EQ(response.error().code, HttpErrorCode::bad_url) << url;
  }
}

TEST(AcmeHttps, A02_RedirectsAreAnswers) {
  for (const std::string target :
       {"http://127.0.0.1/", "https://other.example/", "/directory",
        "http://169.254.169.254/latest/meta-data", "file:///etc/passwd"}) {
    TlsServer server(good_certificate(), [&](const std::string& /*request*/,
                                             TlsConnection& connection) {
      connection.write(
          "HTTP/1.1 301 Moved\r\nConnection: close\r\nContent-Length: 0\r\nLocation: " + target +
          "\r\n\r\n");
    });
    CurlHttpClient client(trusting());
    const auto response = client.send(get(server.url()));
    ASSERT_TRUE(response) << explain(response.error());
    EXPECT_EQ(response->status, 301);
    EXPECT_EQ(*response->find("Location"), target);
    EXPECT_EQ(server.connections(), 1);
  }
}

struct CertificateCase {
  std::string name;
  std::function<Certificate()> make;
  HttpSettings settings;
  HttpErrorCode want;
  friend void PrintTo(const CertificateCase& row, std::ostream* out) { *out << row.name; }
};

Certificate signed_by_authority(const CertificateWish& wish) {
  return make_certificate(wish, &authority().certificate);
}

const CertificateCase certificate_cases[] = {
    {"unknown_ca",
     [] { return good_certificate(); },
     {.user_agent = "t"},
     HttpErrorCode::tls_unknown_ca},
    {"self_signed", [] { return make_certificate({}); }, trusting(),
     HttpErrorCode::tls_self_signed},
    {"expired",
     [] { return signed_by_authority({.valid_from = seconds(-7200), .valid_to = seconds(-3600)}); },
     trusting(), HttpErrorCode::tls_expired},
    {"not_yet",
     [] { return signed_by_authority({.valid_from = seconds(3600), .valid_to = seconds(7200)}); },
     trusting(), HttpErrorCode::tls_not_yet},
    {"wrong_name",
     [] { return signed_by_authority({.subject_alternative_name = "DNS:ca.example"}); }, trusting(),
     HttpErrorCode::tls_wrong_name},
    {"wrong_address",
     [] { return signed_by_authority({.subject_alternative_name = "IP:127.0.0.2"}); }, trusting(),
     HttpErrorCode::tls_wrong_name},
    {"no_ca_file",
     [] { return good_certificate(); },
     {.user_agent = "t", .ca_file = "/nonexistent"},
     HttpErrorCode::bad_ca_file},
};

class CertificateFault : public ::testing::TestWithParam<CertificateCase> {};

TEST_P(CertificateFault, A03_IsToldApart) {
  bool asked = false;
  TlsServer server(GetParam().make(), [&](const std::string& /*request*/,
                                          TlsConnection& /*connection*/) { asked = true; });
  CurlHttpClient client(GetParam().settings);
  const auto response = client.send(get(server.url()));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, GetParam().want) << explain(response.error());
  EXPECT_FALSE(asked) << "nothing may be sent before the server is known";
}

INSTANTIATE_TEST_SUITE_P(Table, CertificateFault, ::testing::ValuesIn(certificate_cases),
                         [](const auto& row) { return row.param.name; });

long peak_memory_kib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

struct FloodCase {
  std::string name;
  std::string head;   ///< sent once
  std::string piece;  ///< then sent until the client goes
  HttpErrorCode want;
  friend void PrintTo(const FloodCase& row, std::ostream* out) { *out << row.name; }
};

const std::string ok = "HTTP/1.1 200 OK\r\n";
const std::string kilobyte(1024, 'a');

const FloodCase flood_cases[] = {
    {"chunked", ok + "Transfer-Encoding: chunked\r\n\r\n", "400\r\n" + kilobyte + "\r\n",
     HttpErrorCode::body_too_large},
    {"until_closed", ok + "\r\n", kilobyte, HttpErrorCode::body_too_large},
    {"one_gigabyte", ok + "Content-Length: 1073741824\r\n\r\n", kilobyte,
     HttpErrorCode::body_too_large},
    {"many_headers", ok, "X: y\r\n", HttpErrorCode::header_too_large},
    {"large_header", ok + "X: ", kilobyte, HttpErrorCode::header_too_large},
    {"interim_answers", "", "HTTP/1.1 103 Early Hints\r\nX: " + kilobyte + "\r\n\r\n",
     HttpErrorCode::header_too_large},
};

#ifdef __SANITIZE_ADDRESS__
constexpr long most_kib = 300 * 1024;  // the sanitizer holds back what is freed, up to 256 MiB
#else
constexpr long most_kib = 20 * 1024;
#endif

class Flood : public ::testing::TestWithParam<FloodCase> {};

TEST_P(Flood, A05_IsStopped) {
  TlsServer server(good_certificate(),
                   [&](const std::string& /*request*/, TlsConnection& connection) {
                     connection.write(GetParam().head);
                     while (connection.write(GetParam().piece)) {
                     }
                   });
  CurlHttpClient client(trusting());
  const long before = peak_memory_kib();
  const auto response = client.send(get(server.url()));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, GetParam().want) << explain(response.error());
  EXPECT_LT(peak_memory_kib() - before, most_kib);
}

INSTANTIATE_TEST_SUITE_P(Table, Flood, ::testing::ValuesIn(flood_cases),
                         [](const auto& row) { return row.param.name; });

TEST(AcmeHttps, A05_CompressedBodyIsNotInflated) {
  const std::string compressed("\x1f\x8b\x08\x00 not really", 15);
  TlsServer server(good_certificate(),
                   [&](const std::string& /*request*/, TlsConnection& connection) {
                     connection.write(response_text("Content-Encoding: gzip\r\n", compressed));
                   });
  CurlHttpClient client(trusting());
  const auto response = client.send(get(server.url()));
  ASSERT_TRUE(response) << explain(response.error());
  EXPECT_EQ(response->body, compressed);
}

TEST(AcmeHttps, A05_BodyOfJustTheBoundIsTaken) {
  for (const std::size_t size : {65'536U, 65'537U}) {
    TlsServer server(good_certificate(),
                     [&](const std::string& /*request*/, TlsConnection& connection) {
                       connection.write(response_text("", std::string(size, 'a')));
                     });
    CurlHttpClient client(trusting());
    EXPECT_EQ(client.send(get(server.url())).has_value(), size == 65'536U) << size;
  }
}

struct SilenceCase {
  std::string name;
  std::string head;
  bool drips;
  friend void PrintTo(const SilenceCase& row, std::ostream* out) { *out << row.name; }
};

const SilenceCase silence_cases[] = {
    {"after_the_request", "", false},
    {"after_the_headers", ok + "Content-Length: 10\r\n\r\n", false},
    {"octet_after_octet", ok + "Content-Length: 1000\r\n\r\n", true},
};

class Silence : public ::testing::TestWithParam<SilenceCase> {};

TEST_P(Silence, A06_EndsAtTheDeadline) {
  TlsServer server(good_certificate(),
                   [&](const std::string& /*request*/, TlsConnection& connection) {
                     connection.write(GetParam().head);
                     if (!GetParam().drips) return connection.keep_silent();
                     while (connection.write("a")) usleep(50'000);
                   });
  CurlHttpClient client(trusting());
  const auto began = Clock::now();
  // Long enough for the handshake on a busy machine.
  const auto response = client.send(get(server.url(), seconds(3)));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, HttpErrorCode::timed_out) << explain(response.error());
  EXPECT_GE(Clock::now() - began, milliseconds(2900));
  EXPECT_LT(Clock::now() - began, seconds(30));
}

INSTANTIATE_TEST_SUITE_P(Table, Silence, ::testing::ValuesIn(silence_cases),
                         [](const auto& row) { return row.param.name; });

TEST(AcmeHttps, A06_PassedDeadlineSendsNothing) {
  TlsServer server(good_certificate(),
                   [](const std::string& /*request*/, TlsConnection& /*connection*/) {});
  CurlHttpClient client(trusting());
  const auto response = client.send(get(server.url(), milliseconds(0)));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, HttpErrorCode::timed_out);
  EXPECT_EQ(server.connections(), 0);
}

TEST(AcmeHttps, A08_BrokenAnswersAreErrors) {
  for (const std::string answer :
       {"", "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"}) {
    TlsServer server(good_certificate(),
                     [&](const std::string& /*request*/, TlsConnection& connection) {
                       connection.write(answer);
                     });
    CurlHttpClient client(trusting());
    const auto response = client.send(get(server.url()));
    ASSERT_FALSE(response) << answer;
    EXPECT_EQ(response.error().code, HttpErrorCode::broken_answer) << explain(response.error());
  }
}

TEST(AcmeHttps, ProxyOfTheEnvironmentIsObeyedOnlyIfAllowed) {
  TlsServer server(good_certificate(),
                   [](const std::string& /*request*/, TlsConnection& connection) {
                     connection.write(response_text("", "{}"));
                   });
  setenv("https_proxy", "http://127.0.0.1:1", 1);  // nobody listens there
  CurlHttpClient direct(trusting());
  EXPECT_TRUE(direct.send(get(server.url())));
  HttpSettings settings = trusting();
  settings.proxy_from_environment = true;
  CurlHttpClient through_proxy(settings);
  const auto response = through_proxy.send(get(server.url()));
  unsetenv("https_proxy");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, HttpErrorCode::cannot_connect);
}

TEST(AcmeHttps, HostThatIsNotThereIsAnError) {
  CurlHttpClient client(trusting());
  const auto response = client.send(get("https://127.0.0.1:1/"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, HttpErrorCode::cannot_connect);
  EXPECT_THAT(explain(response.error()), StartsWith("https://127.0.0.1:1/: no connection ("));
}

}  // namespace
}  // namespace persist::integration
