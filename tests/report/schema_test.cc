// docs/schema/check.schema.json and the reports agree, member by member.

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "report/reporter.h"
#include "samples.h"
#include "support/files.h"

namespace persist::report {
namespace {

using Json = nlohmann::json;

Json read_schema() {
  return Json::parse(persist::testing::read_file(persist::testing::source_folder() /
                                                 "docs/schema/check.schema.json"));
}

std::set<std::string> keys_of(const Json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

bool has_type(const Json& value, const std::string& type) {
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  return type == (value.is_boolean() ? "boolean" : value.type_name());
}

/// Stricter than JSON Schema: every member must be described, and everything described must be
/// there.
class Validator {
 public:
  explicit Validator(const Json& root) : root_(root) {}

  void check(const Json& value, const Json& schema, const std::string& path) {
    if (schema.contains("$ref")) {
      const std::string reference = schema["$ref"].get<std::string>();
      return check(value, root_[Json::json_pointer(reference.substr(1))], path);
    }
    if (schema.contains("const")) {
      EXPECT_EQ(value, schema["const"]) << path;
    }
    if (schema.contains("enum")) check_enum(value, schema, path);
    if (schema.contains("type")) check_type(value, schema["type"], path);
    if (value.is_number() && schema.contains("minimum")) {
      EXPECT_GE(value, schema["minimum"]) << path;
    }
    if (value.is_object()) check_members(value, schema, path);
    for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
      check(value[i], schema["items"], path + '/' + std::to_string(i));
    }
  }

 private:
  static void check_enum(const Json& value, const Json& schema, const std::string& path) {
    const Json& all = schema["enum"];
    EXPECT_NE(std::find(all.begin(), all.end(), value), all.end()) << path << ": " << value;
  }

  static void check_type(const Json& value, const Json& types, const std::string& path) {
    const Json list = types.is_array() ? types : Json::array({types});
    EXPECT_TRUE(
        std::any_of(list.begin(), list.end(),
                    [&](const Json& type) { return has_type(value, type.get<std::string>()); }))
        << path << ": " << value;
  }

  void check_members(const Json& value, const Json& schema, const std::string& path) {
    if (schema.contains("additionalProperties")) {
      for (const auto& [key, member] : value.items()) {
        check(member, schema["additionalProperties"], path + '/' + key);
      }
      return;
    }
    // What every document has is required; the rest stands only where there is something to say.
    const auto required = schema["required"].get<std::set<std::string>>();
    EXPECT_THAT(keys_of(schema["properties"]), ::testing::IsSupersetOf(keys_of(value))) << path;
    EXPECT_THAT(keys_of(value), ::testing::IsSupersetOf(required)) << path;
    for (const auto& [key, member] : value.items()) {
      check(member, schema["properties"][key], path + '/' + key);
    }
  }

  const Json& root_;
};

std::string report_of(std::string_view format) {
  StringSink out;
  const auto reporter = find_format(format)->make(out, {});
  for (const CheckResult& check : sample_checks()) reporter->add(check);
  reporter->finish(
      {.checks = 3, .complete = false, .problems = {"interrupted"}, .now = sample_now});
  return out.text();
}

TEST(Schema, DescribesTheDocument) {
  const Json schema = read_schema();
  Validator(schema).check(Json::parse(report_of("json")), schema, "");
}

TEST(Schema, DescribesTheLastLine) {
  const Json schema = read_schema();
  const std::string lines = report_of("jsonl");
  const std::size_t last = lines.rfind('\n', lines.size() - 2) + 1;
  Validator(schema).check(Json::parse(lines.substr(last)), schema["$defs"]["last_line"], "");
}

TEST(Schema, KnowsEveryReason) {
  const Json schema = read_schema();
  std::set<std::string> codes;
  const auto last = static_cast<int>(record::last_reason);
  for (int reason = 0; reason <= last; ++reason) {
    codes.emplace(to_code(static_cast<record::Reason>(reason)));
  }
  std::set<std::string> described;
  for (const Json& code : schema["$defs"]["reason"]["enum"]) {
    if (!code.is_null()) described.insert(code.get<std::string>());
  }
  EXPECT_EQ(described, codes);
}

}  // namespace
}  // namespace persist::report
