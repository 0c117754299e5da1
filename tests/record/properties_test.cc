// What must hold for every record, tried on records drawn with fixed seeds.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "record/evaluate.h"
#include "record/generate.h"
#include "record/issue_value.h"
#include "support/records.h"

namespace persist::testing {
namespace {

using record::CaProfile;
using record::Outcome;
using record::PersistRecord;

/// Draws the same things in every run and on every machine.
class Draw {
 public:
  explicit Draw(std::uint32_t seed) : engine_(seed) {}

  std::size_t below(std::size_t bound) { return engine_() % bound; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <typename T>
  const T& of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }
  std::string octets(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += static_cast<char>(below(256));
    return text;
  }
  std::string of_alphabet(std::string_view alphabet, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += alphabet[below(alphabet.size())];
    return text;
  }
  std::int64_t number() {
    return static_cast<std::int64_t>((std::uint64_t{engine_()} << 32U) | engine_());
  }

 private:
  std::mt19937 engine_;
};

constexpr std::string_view letters_and_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::string value_alphabet() {
  std::string alphabet;
  for (char c = 0x21; c < 0x7F; ++c) {
    if (c != ';') alphabet += c;
  }
  return alphabet;
}

std::string draw_issuer(Draw& draw) {
  std::string name = draw.of_alphabet(letters_and_digits, 1 + draw.below(20));
  while (!draw.one_in(3)) {
    name.append(".").append(draw.of_alphabet(letters_and_digits, 1));
    name.append("-").append(draw.of_alphabet(letters_and_digits, 1 + draw.below(5)));
  }
  return name;
}

PersistRecord draw_record(Draw& draw) {
  PersistRecord record{.issuer_domain_name = draw_issuer(draw),
                       .accounturi = draw.of_alphabet(value_alphabet(), 1 + draw.below(300)),
                       .allows_wildcard = draw.one_in(2)};
  if (draw.one_in(2)) record.persist_until = UnixTime{draw.number()};
  return record;
}

TEST(Property, RecordsAreReadBackAsTheyWereWritten) {
  Draw draw(1);
  for (int i = 0; i < 2000; ++i) {
    const PersistRecord record = draw_record(draw);
    const std::string text = to_issue_value(record);
    const auto read = record::parse_record(text);
    ASSERT_TRUE(read.has_value()) << text;
    ASSERT_EQ(*read, record) << text;
    const record::TxtRecord published{record::to_character_strings(text)};
    ASSERT_EQ(published.text(), text);
  }
}

/// Pieces of which most records of the draws below are made: good, foreign and broken ones in all
/// mixtures.
const std::vector<std::string> issuers{"ca.example",    "CA.example", "ca.example.",
                                       "other.example", "",           "x y"};
const std::vector<std::string> pieces{"accounturi=" + account_url,
                                      "accounturi=" + account_url,
                                      "accounturi=" + account_url,
                                      "accounturi=https://ca.example/acct/2",
                                      "accounturi=",
                                      "AccountURI=" + account_url,
                                      "policy=wildcard",
                                      "policy=WILDCARD",
                                      "policy=",
                                      "Policy=none",
                                      "persistUntil=9999999999",
                                      "persistUntil=1",
                                      "persistUntil=+9999999999",
                                      "persistUntil=x",
                                      "x=y",
                                      "X=z",
                                      "x",
                                      "=",
                                      "",
                                      "a_b=c",
                                      "x=\xFF",
                                      "x=a b"};
const std::vector<std::string> joints{"; ", ";", " ;\t", ";\t"};

std::string draw_text(Draw& draw) {
  if (draw.one_in(20)) return draw.octets(draw.below(300));
  std::string text = draw.one_in(3) ? draw.of(issuers) : issuers[0];
  for (std::size_t count = draw.below(5); count > 0; --count) {
    text += (draw.one_in(6) ? draw.of(joints) : joints[0]) + draw.of(pieces);
  }
  if (draw.one_in(30) && !text.empty())
    text[draw.below(text.size())] = static_cast<char>(draw.below(256));
  return text;
}

std::vector<std::string> draw_set(Draw& draw) {
  std::vector<std::string> texts;
  for (std::size_t count = 1 + draw.below(4); count > 0; --count) texts.push_back(draw_text(draw));
  return texts;
}

std::string draw_identifier(Draw& draw) {
  return draw.one_in(3) ? "*.example.com" : "example.com";
}

/// Outcome and error, without the reason.
std::string outcome_and_error(const record::Evaluation& evaluation) {
  return std::string(to_text(evaluation.outcome)) + " " +
         (evaluation.error ? std::string(to_text(*evaluation.error)) : "");
}

TEST(Property, SetIsAuthorizedIfAndOnlyIfARecordIs) {
  Draw draw(2);
  int authorized = 0;
  for (int i = 0; i < 800; ++i) {
    const auto texts = draw_set(draw);
    const auto required = wanting(draw_identifier(draw));
    for (const CaProfile& ca : record::built_in_profiles()) {
      const bool any = std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
        return evaluate_at_name({txt(text)}, required, ca).outcome == Outcome::authorized;
      });
      const auto evaluation = evaluate_at_name(txts(texts), required, ca);
      ASSERT_EQ(evaluation.outcome == Outcome::authorized, any) << ca.id << " " << texts[0];
      ASSERT_EQ(evaluation.reason.has_value(), !any);
      ASSERT_EQ(evaluation.error.has_value(), !any);
      authorized += any ? 1 : 0;
    }
  }
  EXPECT_GT(authorized, 300) << "the draw makes too few good records to mean anything";
}

TEST(Property, OrderOfRecordsNeverMatters) {
  Draw draw(3);
  for (int i = 0; i < 200; ++i) {
    auto texts = draw_set(draw);
    const auto required = wanting(draw_identifier(draw));
    for (const CaProfile& ca : record::built_in_profiles()) {
      std::sort(texts.begin(), texts.end());
      const std::string want = outcome_and_error(evaluate_at_name(txts(texts), required, ca));
      while (std::next_permutation(texts.begin(), texts.end())) {
        ASSERT_EQ(outcome_and_error(evaluate_at_name(txts(texts), required, ca)), want) << ca.id;
      }
    }
  }
}

TEST(Property, ForeignRecordNeverMatters) {
  Draw draw(4);
  const std::vector<std::string> foreign{
      "v=spf1 -all", "other.example; accounturi=" + account_url, "other.example;;;", "",
      ";",           "ca.example.org; accounturi=" + account_url};
  for (int i = 0; i < 600; ++i) {
    auto texts = draw_set(draw);
    const auto required = wanting(draw_identifier(draw));
    for (const CaProfile& ca : record::built_in_profiles()) {
      auto more = texts;
      more.insert(more.begin() + static_cast<std::ptrdiff_t>(draw.below(more.size() + 1)),
                  draw.of(foreign));
      ASSERT_EQ(verdict(evaluate_at_name(txts(more), required, ca)),
                verdict(evaluate_at_name(txts(texts), required, ca)))
          << ca.id;
    }
  }
}

TEST(Property, StrictRecordIsOneOfTheGrammar) {
  Draw draw(5);
  int parsed = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = draw_text(draw);
    const auto record = record::parse_record(text);
    if (!record) continue;
    ++parsed;
    const auto value = record::parse_issue_value(text);
    ASSERT_TRUE(value.has_value()) << text;
    ASSERT_EQ(value->issuer_domain_name, record->issuer_domain_name);
  }
  EXPECT_GT(parsed, 1000);
}

TEST(Property, OffsetsLieInTheText) {
  Draw draw(6);
  for (int i = 0; i < 2000; ++i) {
    const std::string text = draw_text(draw);
    for (const CaProfile& ca : record::built_in_profiles()) {
      const auto evaluation = evaluate_at_name({txt(text)}, wanting("example.com"), ca);
      const auto& read = evaluation.judgements.at(0).record;
      ASSERT_LE(read ? 0 : read.error().offset, text.size()) << ca.id << " " << text;
    }
  }
}

TEST(Property, RandomOctetsNeverAuthorize) {
  Draw draw(7);
  for (int i = 0; i < 500; ++i) {
    const record::TxtRecord found{{draw.octets(draw.below(256)), draw.octets(draw.below(256))}};
    for (const CaProfile& ca : record::built_in_profiles()) {
      ASSERT_EQ(evaluate_at_name({found}, wanting("example.com"), ca).outcome, Outcome::refused);
    }
  }
}

}  // namespace
}  // namespace persist::testing
