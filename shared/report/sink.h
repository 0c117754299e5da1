#pragma once

#include <string>
#include <string_view>

namespace persist::report {

/// Where a report goes. Writing never throws; a failure is kept and asked for at the end.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void write(std::string_view octets) = 0;
};

/// A sink that keeps everything, for tests and short reports.
class StringSink final : public Sink {
 public:
  void write(std::string_view octets) override { text_ += octets; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace persist::report
