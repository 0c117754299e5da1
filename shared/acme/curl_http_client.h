#pragma once

#include <memory>
#include <string>

#include "acme/http_client.h"

namespace persist::acme {

struct CurlSettings {
  std::string user_agent;  ///< RFC 8555 section 6.1 demands one
  std::string
      ca_file{};  ///< PEM; trusted beside the system's folder of CAs; empty: the system's own
  bool proxy_from_environment = false;  ///< obey https_proxy, all_proxy and no_proxy
};

/// HttpClient over libcurl, with everything off that is not needed: https alone, checked always; no
/// redirects, cookies, compression, credentials or other protocols. Connections are kept for the
/// next request. One thread at a time.
class CurlHttpClient final : public HttpClient {
 public:
  explicit CurlHttpClient(CurlSettings settings);
  ~CurlHttpClient() override;
  Expected<HttpResponse, HttpError> send(const HttpRequest& request) override;

 private:
  struct Handle;
  CurlSettings settings_;
  std::unique_ptr<Handle> handle_;
};

}  // namespace persist::acme
