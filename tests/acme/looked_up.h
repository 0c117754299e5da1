#pragma once

#include <chrono>
#include <string>

#include "acme/account_request.h"
#include "acme/fake_ca.h"
#include "support/fake_http_client.h"
#include "support/files.h"

namespace persist::acme {

inline const std::string directory_url = "https://ca.example/directory";

inline const AccountKey& test_key() {
  static const AccountKey key =
      AccountKey::parse(testing::read_file(testing::testdata_folder() / "acme/keys/ed25519.pem"))
          .value();
  return key;
}

/// A look-up with 30 seconds, and what became of it.
struct LookedUp {
  explicit LookedUp(FakeCa& ca)
      : http([&](const HttpRequest& request) { return ca.answer(request); }),
        answer(look_up_account(
            http, timer, test_key(),
            {.directory_url = directory_url, .deadline = timer.now() + std::chrono::seconds(30)})) {
  }

  std::string line() const { return answer ? explain(*answer) : explain(answer.error()); }

  testing::FakeTimer timer;
  testing::FakeHttpClient http;
  Expected<AccountAnswer, FetchError> answer;
};

}  // namespace persist::acme
