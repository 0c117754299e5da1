#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/diagnostic.h"
#include "rules/anatomy.h"
#include "survey/subject.h"

namespace persist::rules {

using survey::Subject;

/// Level of a rule; `profile` is an error where the CA's profile refuses for it, else a warning.
enum class Level { error, warning, notice, unknown, profile };
std::string_view to_text(Level level);

/// What one check function found.
struct Finding {
  std::string message;  ///< one line, no capital, no full stop, text from outside escaped
  std::optional<report::ValueSpan> span{};  ///< set: it is about this record
  std::string
      hint{};  ///< what to do, if more can be said than the rule's remedy; style as `message`
  bool decisive = false;                       ///< for Level::profile: this CA refuses for it
  std::optional<report::Severity> severity{};  ///< in place of the level's, where the list says so
};

/// Records that show the rule at work; tests run them. The subject is `example.com` (account
/// https://ca.example/acct/1 at ca.example, dialect 01 to the letter, now 2026-11-21T00:00:00Z)
/// unless `arrange` or `spoil` changes it.
struct Example {
  std::vector<std::string> good;  ///< values of the TXT records; none: the name has no record
  std::vector<std::string> bad;
  void (*arrange)(Subject&) = nullptr;  ///< before the records are judged, for both
  void (*spoil)(Subject&) = nullptr;    ///< after `arrange`, for the bad one only
  std::string_view note = "";  ///< what `arrange` and `spoil` do, one sentence for the reader
};

/// One rule: what can be wrong, and everything that is to be said about it.
struct Rule {
  std::string_view id;    ///< `DP401`; permanent
  std::string_view name;  ///< `policy-wildcard-needed`; permanent
  Level level;
  std::string_view title;            ///< one line, no full stop
  std::string_view rationale;        ///< why it matters, at most three sentences
  std::string_view remedy;           ///< what to do, one sentence: `Remove the blank.`
  std::string_view citation;         ///< document with revision, and section
  std::string_view since = "0.1.0";  ///< version of these programs that brought it
  std::string_view effective = "";   ///< from when it bites, where that is a date
  Example example;
  /// Pure; reads nothing but the subject and its records taken apart.
  std::vector<Finding> (*check)(const Subject& subject, std::span<const Anatomy> records);
  bool is_fallback = false;  ///< asked only if the verdict is refused and no rule raised an error
  bool about_ca = false;     ///< says the same of every name of a CA
  bool needs_odd_text = false;  ///< not asked where every record is plain (Anatomy::is_plain)
  bool needs_refusal = false;   ///< not asked where every record authorises, and CAA permits it
};

/// What of a subject decides which rules can have anything to say.
struct Relevance {
  bool all_plain = false;      ///< every record is, see Anatomy::is_plain
  bool all_authorize = false;  ///< every record does, and CAA permits it
};
Relevance relevance_of(const Subject& subject, std::span<const Anatomy> records);
bool is_asked(const Rule& rule, const Relevance& relevance);

/// Every finding of every rule about `subject`, in rule order. Where another record authorises, a
/// finding about a record that does not is at most a warning. A refusal always has at least one
/// error, unless the list says that the record is planned or retired. Without a hint of its own a
/// finding has the rule's remedy.
std::vector<report::Diagnostic> run_rules(const Subject& subject);

}  // namespace persist::rules
