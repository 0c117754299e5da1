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
  UnixTime wall_clock() override {
    return add(began_, std::chrono::floor<std::chrono::seconds>(now_ - start_));
  }
  void sleep_for(std::chrono::milliseconds duration) override {
    sleeps.push_back(duration);
    now_ += duration;
    if (on_sleep) on_sleep();
  }

  std::vector<std::chrono::milliseconds> sleeps;
  std::function<void()> on_sleep{};  ///< what happens in the meantime

 private:
  static constexpr std::chrono::steady_clock::time_point start_{std::chrono::hours(1)};
  static constexpr UnixTime began_{1'800'000'000};  // 2027-01-15T08:00:00Z
  std::chrono::steady_clock::time_point now_ = start_;
};

}  // namespace persist::testing
