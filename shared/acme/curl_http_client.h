#pragma once

#include <memory>
#include <string>

#include "acme/http_client.h"

namespace persist::acme {

/// HttpClient over libcurl, with everything off that is not needed: https alone, checked always; no
/// redirects, cookies, compression, credentials or other protocols. Connections are kept for the
/// next request. One thread at a time.
class CurlHttpClient final : public HttpClient {
 public:
  explicit CurlHttpClient(HttpSettings settings);
  ~CurlHttpClient() override;
  Expected<HttpResponse, HttpError> send(const HttpRequest& request) override;

 private:
  struct Handle;
  HttpSettings settings_;
  std::string trusted_{};  ///< text of the file of trusted CAs, read at once: requests may come
                           ///< with fewer rights
  std::unique_ptr<Handle> handle_;
};

}  // namespace persist::acme
