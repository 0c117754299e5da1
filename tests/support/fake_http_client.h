#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "acme/http_client.h"
#include "acme/timer.h"

namespace persist::testing {

/// Answers as a function says, and remembers what was asked.
class FakeHttpClient final : public acme::HttpClient {
 public:
  using Answer =
      std::function<Expected<acme::HttpResponse, acme::HttpError>(const acme::HttpRequest&)>;
  explicit FakeHttpClient(Answer answer) : answer_(std::move(answer)) {}
  Expected<acme::HttpResponse, acme::HttpError> send(const acme::HttpRequest& request) override {
    requests.push_back(request);
    return answer_(request);
  }

  std::vector<acme::HttpRequest> requests;

 private:
  Answer answer_;
};

/// Time that passes only in sleep.
class FakeTimer final : public acme::Timer {
 public:
  std::chrono::steady_clock::time_point now() override { return now_; }
  UnixTime wall_clock() override { return wall_clock_; }
  void sleep_for(std::chrono::seconds duration) override {
    sleeps.push_back(duration);
    now_ += duration;
    wall_clock_ = add(wall_clock_, duration);
  }

  std::vector<std::chrono::seconds> sleeps;

 private:
  std::chrono::steady_clock::time_point now_{std::chrono::hours(1)};
  UnixTime wall_clock_{1'800'000'000};  // 2027-01-15T08:00:00Z
};

}  // namespace persist::testing
