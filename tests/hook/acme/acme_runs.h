#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "acme/looked_up.h"
#include "hook/acme/acme.h"
#include "support/fake_environment.h"
#include "support/fake_http_client.h"

namespace persist::hook {

/// A client that hands on to one that the test keeps.
class BorrowedHttpClient final : public acme::HttpClient {
 public:
  explicit BorrowedHttpClient(acme::HttpClient& client) : client_(client) {}
  Expected<acme::HttpResponse, acme::HttpError> send(const acme::HttpRequest& request) override {
    return client_.send(request);
  }

 private:
  acme::HttpClient& client_;
};

/// A run of persist-hook-acme at a CA that is made up.
struct AcmeRun {
  AcmeRun(acme::FakeCa& ca, const std::vector<std::string>& arguments)
      : http([&](const acme::HttpRequest& request) { return ca.answer(request); }) {
    report::StringSink out;
    report::StringSink err;
    testing::FakeEnvironment fake;
    app::Environment environment = fake.make(out, err);
    environment.timer = &timer;
    environment.make_http_client = [&](const acme::HttpSettings& given) {
      settings = given;
      return std::make_unique<BorrowedHttpClient>(http);
    };
    const std::vector<std::string_view> views(arguments.begin(), arguments.end());
    const app::ExitStatus status = run_acme(views, environment);
    got = {.status = static_cast<int>(status), .out = out.text(), .err = err.text()};
  }

  testing::FakeTimer timer;
  testing::FakeHttpClient http;
  acme::HttpSettings settings{.user_agent = ""};
  testing::ProgramRun got;
};

}  // namespace persist::hook
