#include "report/json.h"

#include <string>

#include "report/check_json.h"
#include "report/json_writer.h"

namespace persist::report {
namespace {

/// The members that both formats end with, and the bracket behind them.
void append_end(std::string& out, const Summary& summary) {
  out += ",\"summary\":";
  append_summary(out, summary);
  JsonWriter(out).flag("complete", summary.complete);
  out += "}\n";
}

class JsonReporter final : public Reporter {
 public:
  explicit JsonReporter(Sink& out) : out_(out) {}

  void add(const CheckResult& result) override {
    next_line();
    append_check(line_, result);
    out_.write(line_);
  }

  void finish(const Summary& summary) override {
    line_.clear();
    if (!begun_) append_head();
    line_ += "\n]";
    append_end(line_, summary);
    out_.write(line_);
  }

 private:
  void append_head() {
    JsonWriter json(line_);
    json.begin_object();
    json.number("schema_version", json_schema_version);
    json.begin_array("checks");
    begun_ = true;
  }

  void next_line() {
    line_.clear();
    if (begun_) {
      line_ += ',';
    } else {
      append_head();
    }
    line_ += '\n';
  }

  Sink& out_;
  std::string line_;  ///< kept: one allocation for all lines
  bool begun_ = false;
};

class JsonlReporter final : public Reporter {
 public:
  explicit JsonlReporter(Sink& out) : out_(out) {}

  void add(const CheckResult& result) override {
    line_.clear();
    append_check(line_, result);
    line_ += '\n';
    out_.write(line_);
  }

  void finish(const Summary& summary) override {
    line_.clear();
    JsonWriter json(line_);
    json.begin_object();
    json.number("schema_version", json_schema_version);
    append_end(line_, summary);
    out_.write(line_);
  }

 private:
  Sink& out_;
  std::string line_;
};

}  // namespace

std::unique_ptr<Reporter> make_json_reporter(Sink& out, const ReportOptions& /*options*/) {
  return std::make_unique<JsonReporter>(out);
}

std::unique_ptr<Reporter> make_jsonl_reporter(Sink& out, const ReportOptions& /*options*/) {
  return std::make_unique<JsonlReporter>(out);
}

}  // namespace persist::report
