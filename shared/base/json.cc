#include "base/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace persist {
namespace {

using Json = nlohmann::json;

/// Builds the value while the text is read, so that nothing deep or doubtful is ever held.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return add({}); }
  bool boolean(bool truth) override { return add({.kind = JsonKind::boolean, .truth = truth}); }
  bool number_integer(number_integer_t /*value*/) override { return add_number(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return add_number(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override {
    return add_number();
  }
  bool string(string_t& text) override {
    return add({.kind = JsonKind::text, .text = std::move(text)});
  }
  bool binary(binary_t& /*octets*/) override { return false; }  // JSON has none
  bool start_object(std::size_t /*size*/) override { return open(JsonKind::object); }
  bool start_array(std::size_t /*size*/) override { return open(JsonKind::array); }
  bool key(string_t& name) override {
    open_.back().names.push_back(std::move(name));
    return true;
  }
  bool end_object() override { return has_no_name_twice(open_.back()) && close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

  /// What made the reading end early; not_json unless we stopped it.
  const JsonError& error() const { return error_; }
  JsonValue take() { return std::move(root_); }

 private:
  bool add_number() { return add({.kind = JsonKind::number}); }

  bool add(JsonValue value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else {
      open_.back().items.push_back(std::move(value));
    }
    return true;
  }

  bool open(JsonKind kind) {
    if (open_.size() == deepest_nesting) {
      error_ = {.code = JsonErrorCode::too_deep};
      return false;
    }
    open_.push_back({.kind = kind});
    return true;
  }

  bool close() {
    JsonValue value = std::move(open_.back());
    open_.pop_back();
    return add(std::move(value));
  }

  bool has_no_name_twice(const JsonValue& object) {
    std::vector<std::string_view> sorted(object.names.begin(), object.names.end());
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice == sorted.end()) return true;
    error_ = {.code = JsonErrorCode::duplicate_member, .member = std::string(*twice)};
    return false;
  }

  std::vector<JsonValue> open_;  ///< outermost first
  JsonValue root_;
  JsonError error_{.code = JsonErrorCode::not_json};
};

}  // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
  const auto at = std::find(names.begin(), names.end(), name);
  return at == names.end() ? nullptr : &items[static_cast<std::size_t>(at - names.begin())];
}

Expected<JsonValue, JsonError> parse_json_object(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.size() > largest_document_octets) {
    return Unexpected(JsonError{.code = JsonErrorCode::too_large});
  }
  // The library skips the mark, which RFC 8259 section 8.1 forbids to send, and takes a NUL for the
  // end, whatever follows.
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark ||
      text.find('\0') != std::string_view::npos) {
    return Unexpected(JsonError{.code = JsonErrorCode::not_json});
  }
  Builder builder;
  if (!Json::sax_parse(text.begin(), text.end(), &builder)) return Unexpected(builder.error());
  JsonValue value = builder.take();
  if (value.kind != JsonKind::object) {
    return Unexpected(JsonError{.code = JsonErrorCode::not_an_object});
  }
  return value;
}

}  // namespace persist
