#include "acme/curl_http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <sstream>
#include <utility>

#include "acme/https_url.h"
#include "base/ascii.h"

namespace persist::acme {
namespace {

using Code = HttpErrorCode;
using Clock = std::chrono::steady_clock;

struct ListRelease {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListRelease>;

/// What has arrived so far, and why it was stopped.
struct Reception {
  std::size_t largest_body_octets;
  HttpResponse response{.status = 0};
  std::size_t header_octets = 0;
  bool body_too_large = false;
  bool header_too_large = false;
};

void add_header(HttpResponse& response, std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  if (line.substr(0, 5) == "HTTP/") response.headers.clear();  // what came was 1xx
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  response.headers.push_back(
      {std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
}

/// libcurl's own bounds do not stop a body without a length.
std::size_t on_body(const char* octets, std::size_t /*one*/, std::size_t size, void* user) {
  auto& reception = *static_cast<Reception*>(user);
  std::string& body = reception.response.body;
  reception.body_too_large = size > reception.largest_body_octets - body.size();
  if (reception.body_too_large) return 0;
  body.append(octets, size);
  return size;
}

std::size_t on_header(const char* octets, std::size_t /*one*/, std::size_t size, void* user) {
  auto& reception = *static_cast<Reception*>(user);
  reception.header_octets += size;
  reception.header_too_large = reception.header_octets > largest_header_octets;
  if (reception.header_too_large) return 0;
  add_header(reception.response, {octets, size});
  return size;
}

/// The codes of X509_verify_cert, fixed by OpenSSL's interface; of what is left over libcurl checks
/// the name itself.
Code tls_fault(long verify_result) {
  switch (verify_result) {
    case 2:   // X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT
    case 19:  // X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN
    case 20:  // X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
    case 21:  // X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE
      return Code::tls_unknown_ca;
    case 9:  // X509_V_ERR_CERT_NOT_YET_VALID
      return Code::tls_not_yet;
    case 10:  // X509_V_ERR_CERT_HAS_EXPIRED
      return Code::tls_expired;
    case 18:  // X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT
      return Code::tls_self_signed;
    case 0:   // X509_V_OK: the chain is good
    case 1:   // X509_V_ERR_UNSPECIFIED: libcurl's mark for "nothing said yet"
    case 62:  // X509_V_ERR_HOSTNAME_MISMATCH
    case 64:  // X509_V_ERR_IP_ADDRESS_MISMATCH
      return Code::tls_wrong_name;
    default:
      return Code::tls_failed;
  }
}

Code fault_of(CURLcode result, const Reception& reception, long verify_result) {
  if (reception.header_too_large) return Code::header_too_large;
  if (reception.body_too_large) return Code::body_too_large;
  switch (result) {
    case CURLE_URL_MALFORMAT:
    case CURLE_LOGIN_DENIED:
      return Code::bad_url;
    case CURLE_SSL_CACERT_BADFILE:
      return Code::bad_ca_file;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Code::host_not_found;
    case CURLE_COULDNT_CONNECT:
      return Code::cannot_connect;
    case CURLE_PEER_FAILED_VERIFICATION:
      return tls_fault(verify_result);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
      return Code::tls_failed;
    case CURLE_OPERATION_TIMEDOUT:
      return Code::timed_out;
    case CURLE_FILESIZE_EXCEEDED:
      return Code::body_too_large;
    case CURLE_OUT_OF_MEMORY:  // what this libcurl calls a header line of more than 100 KiB
      return Code::header_too_large;
    default:
      return Code::broken_answer;
  }
}

}  // namespace

struct CurlHttpClient::Handle {
  Handle() : curl(curl_easy_init()) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { curl_easy_cleanup(curl); }

  template <typename Value>
  void set(CURLoption option, Value value) {
    const CURLcode result = curl_easy_setopt(curl, option, value);
    if (refused == CURLE_OK) refused = result;
  }

  void set_bounds(const HttpRequest& request, std::chrono::milliseconds left,
                  Reception& reception) {
    const auto left_ms = static_cast<int>(left.count());
    set(CURLOPT_TIMEOUT_MS, long{left_ms});
    set(CURLOPT_CONNECTTIMEOUT_MS, long{left_ms});
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // else a hanging look-up of the host outlives the deadline
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.largest_body_octets));
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_WRITEDATA, &reception);
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_HEADERDATA, &reception);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  }

  void set_trust(const HttpSettings& settings, const std::string& trusted) {
    // Enumerators in libcurl 7, numbers of type long in libcurl 8.13.
    constexpr long no_netrc = CURL_NETRC_IGNORED;
    constexpr long http_1_1 = CURL_HTTP_VERSION_1_1;
    constexpr long tls_1_2_or_later = CURL_SSLVERSION_TLSv1_2;
    set(CURLOPT_PROTOCOLS_STR, "https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(CURLOPT_NETRC, no_netrc);
    set(CURLOPT_HTTP_VERSION, http_1_1);
    set(CURLOPT_HTTP09_ALLOWED, 0L);
    set(CURLOPT_HTTP_CONTENT_DECODING, 0L);
    set(CURLOPT_SSLVERSION, tls_1_2_or_later);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings.ca_file.empty()) {
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): it is not written to
      curl_blob certificates{.data = const_cast<char*>(trusted.data()),
                             .len = trusted.size(),
                             .flags = CURL_BLOB_NOCOPY};
      set(CURLOPT_CAINFO_BLOB, &certificates);
    }
    // An empty text, and not none: none would mean the environment.
    if (!settings.proxy_from_environment) set(CURLOPT_PROXY, "");
    set(CURLOPT_USERAGENT, settings.user_agent.c_str());
  }

  List set_request(const HttpRequest& request) {
    set(CURLOPT_URL, request.url.c_str());
    if (request.method == HttpMethod::head) set(CURLOPT_NOBODY, 1L);
    if (request.method != HttpMethod::post) return nullptr;
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDS, request.body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    // Expect: 100-continue would cost a second with servers that do not know it.
    List headers(curl_slist_append(nullptr, ("Content-Type: " + request.content_type).c_str()));
    if (headers) curl_slist_append(headers.get(), "Expect:");
    set(CURLOPT_HTTPHEADER, headers.get());
    return headers;
  }

  CURL* curl;
  CURLcode refused = CURLE_OK;  ///< the first setting that this libcurl does not take
};

CurlHttpClient::CurlHttpClient(HttpSettings settings)
    : settings_(std::move(settings)), handle_(std::make_unique<Handle>()) {
  if (settings_.ca_file.empty()) return;
  std::ifstream file(settings_.ca_file, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  trusted_ = text.str();
}

CurlHttpClient::~CurlHttpClient() = default;

Expected<HttpResponse, HttpError> CurlHttpClient::send(const HttpRequest& request) {
  HttpError error{.code = Code::bad_url, .url = request.url};
  if (!is_https_url(request.url)) return Unexpected(std::move(error));
  error.code = Code::timed_out;
  constexpr std::chrono::milliseconds longest = std::chrono::hours(1);
  const auto left = std::min(longest, std::chrono::duration_cast<std::chrono::milliseconds>(
                                          request.deadline - Clock::now()));
  if (left.count() <= 0) return Unexpected(std::move(error));  // 0 would mean no limit

  Reception reception{.largest_body_octets = request.largest_body_octets};
  std::array<char, CURL_ERROR_SIZE> message{};
  curl_easy_reset(handle_->curl);
  handle_->set(CURLOPT_ERRORBUFFER, message.data());
  handle_->set_bounds(request, left, reception);
  handle_->set_trust(settings_, trusted_);
  const List headers = handle_->set_request(request);
  CURLcode result = handle_->refused;
  if (result == CURLE_OK) result = curl_easy_perform(handle_->curl);
  long status = 0;
  long verify_result = 0;
  curl_easy_getinfo(handle_->curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle_->curl, CURLINFO_SSL_VERIFYRESULT, &verify_result);
  curl_easy_reset(handle_->curl);  // what it points to ends here
  if (result != CURLE_OK) {
    error.code = fault_of(result, reception, verify_result);
    error.detail = message.front() == '\0' ? curl_easy_strerror(result) : message.data();
    return Unexpected(std::move(error));
  }
  reception.response.status = static_cast<int>(status);
  return std::move(reception.response);
}

}  // namespace persist::acme
