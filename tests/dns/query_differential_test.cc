// The queries that we write against those that c-ares writes: for names of every length, of any
// octets, and every type that is asked for.
#include <gmock/gmock.h>

#include <algorithm>
#include <ostream>

#include "base/ascii.h"
#include "dns/cares_oracle.h"
#include "dns/made_replies.h"
#include "dns/query_message.h"

namespace persist::dns {
namespace {

constexpr RrType types[] = {RrType::txt, RrType::caa,  RrType::ns, RrType::soa,
                            RrType::a,   RrType::aaaa, RrType::ds, RrType::dnskey};

/// The name as text that every c-ares reads alike: up to 1.18 an octet as `\DDD` is none.
std::string text_for_cares(const Name& name) {
  std::string text;
  const std::string_view wire = name.wire();
  for (std::size_t at = 0; wire[at] != '\0'; at += 1U + static_cast<unsigned char>(wire[at])) {
    for (const char c : wire.substr(at + 1, static_cast<unsigned char>(wire[at]))) {
      if (c == '.' || c == '\\') text += '\\';
      text += c;
    }
    text += '.';
  }
  return text;
}

/// c-ares takes a name as a C string.
bool has_zero_octet(const Name& name) {
  return name.wire().find('\0') + 1 != name.wire().size();
}

/// Since 1.20 c-ares writes queries for host names only, with a few octets more, and counts the
/// octets of the text, escapes included.
bool is_written(const std::string& text) {
  constexpr std::string_view odd_ones = "-_./*\\";
  constexpr std::size_t longest_text = 255;
  const bool has_backslash_octet = text.find("\\\\") != std::string::npos;
  return !cares::reads_whole_messages() || (text.size() <= longest_text && !has_backslash_octet &&
                                            std::all_of(text.begin(), text.end(), [&](char c) {
                                              return is_alphanumeric(c) ||
                                                     odd_ones.find(c) != std::string_view::npos;
                                            }));
}

std::vector<std::uint8_t> ours(const Question& question, const QueryOptions& options) {
  QueryBuffer buffer;
  const auto octets = write_query(buffer, question, options);
  return {octets.begin(), octets.end()};
}

/// The same but for one bit: we set AD (RFC 6840 section 5.7), c-ares has no way to.
std::optional<std::vector<std::uint8_t>> theirs(const Question& question,
                                                const QueryOptions& options) {
  constexpr std::uint8_t authentic_data_flag = 0x20;
  auto octets = cares::query(text_for_cares(question.owner), question.type, options.id,
                             options.recursion_desired, options.edns);
  if (octets) octets->at(3) |= authentic_data_flag;
  return octets;
}

void expect_same_queries(const Name& name, Random& random) {
  const bool expected = is_written(text_for_cares(name));
  for (const RrType type : types) {
    const Question question{name, type};
    const QueryOptions options{.id = static_cast<std::uint16_t>(pick(random, 0x10000)),
                               .recursion_desired = type != RrType::ns,
                               .edns = type != RrType::soa};
    const auto query = theirs(question, options);
    ASSERT_EQ(query.has_value(), expected) << name.to_text();
    EXPECT_EQ(query.value_or(ours(question, options)), ours(question, options))
        << name.to_text() << ' ' << to_text(type);
  }
}

struct Alphabet {
  std::string name;
  std::string_view octets;
  friend void PrintTo(const Alphabet& row, std::ostream* out) { *out << row.name; }
};

class QueryDifferential : public testing::TestWithParam<Alphabet> {};

INSTANTIATE_TEST_SUITE_P(Octets, QueryDifferential,
                         testing::Values(Alphabet{"of_host_names", host_name_octets},
                                         Alphabet{"dots_and_stars", dots_and_stars},
                                         Alphabet{"any", any_octets}),
                         [](const auto& row) { return row.param.name; });

TEST_P(QueryDifferential, NamesOfEveryLength) {
  constexpr int rounds = 8;
  Random random(3);
  expect_same_queries(Name(), random);
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t octets = 3; octets <= 255 && !HasFailure(); ++octets) {
      const Name name = made_name(random, octets, GetParam().octets);
      if (!has_zero_octet(name)) expect_same_queries(name, random);
    }
  }
}

TEST_P(QueryDifferential, NamesAreReadBackAlike) {
  Random random(4);
  for (std::size_t octets = 3; octets <= 255; ++octets) {
    const Name name = made_name(random, octets, GetParam().octets);
    // Up to 1.18 a label of only this octet ends the text.
    if (!cares::reads_whole_messages() && has_zero_octet(name)) continue;
    const auto query = ours({name, RrType::txt}, {.id = 1});
    const auto seen = cares::name_at(query, header_octets);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->octets, name.wire().size());
    EXPECT_EQ(Name::parse(seen->text), name) << seen->text;
  }
}

struct TextCase {
  std::string name;
  std::string text;
  bool is_name;
  bool since_1_20_c_ares_differs = false;
  friend void PrintTo(const TextCase& row, std::ostream* out) { *out << row.name; }
};

std::string labels(int count, const std::string& last) {
  std::string text;
  for (int i = 0; i < count; ++i) text += std::string(61, 'a') + '.';
  return text + last;
}

const TextCase texts[] = {
    {"root", ".", true},
    {"final_dot", "a.example.", true},
    {"escaped_dot", "a\\.b.example", true},
    {"escaped_backslash", "a\\\\b.example", true, true},
    {"label_of_only_an_escaped_dot", "\\..example", true},
    {"label_of_63", std::string(63, 'a') + ".example", true},
    {"label_of_64", std::string(64, 'a') + ".example", false},
    {"labels_of_63_with_escapes", std::string(62, 'a') + "\\..example", true},
    {"labels_of_64_with_escapes", std::string(63, 'a') + "\\..example", false},
    {"name_of_255", labels(4, "aaaaa"), true},
    // It then takes 255 for the length without the first length octet and the root.
    {"name_of_256", labels(4, "aaaaaa"), false, true},
    {"name_of_257", labels(4, "aaaaaaa"), false, true},
    {"name_of_258", labels(4, "aaaaaaaa"), false},
    {"first_label_empty", ".example", false},
    {"inner_label_empty", "a..example", false},
    {"two_final_dots", "a.example..", false},
};

class TextDifferential : public testing::TestWithParam<TextCase> {};

INSTANTIATE_TEST_SUITE_P(Table, TextDifferential, testing::ValuesIn(texts),
                         [](const auto& row) { return row.param.name; });

TEST_P(TextDifferential, IsANameForBoth) {
  const TextCase& row = GetParam();
  const auto name = Name::parse(row.text);
  const auto query = cares::query(row.text, RrType::txt, 1, true, true);
  EXPECT_EQ(name.has_value(), row.is_name);
  const bool differs = row.since_1_20_c_ares_differs && cares::reads_whole_messages();
  EXPECT_EQ(query.has_value(), row.is_name != differs);
  if (!name || !query) return;
  EXPECT_EQ(theirs({*name, RrType::txt}, {.id = 1}), ours({*name, RrType::txt}, {.id = 1}));
}

}  // namespace
}  // namespace persist::dns
