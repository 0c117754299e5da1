#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/fake_resolver.h"
#include "support/records.h"
#include "survey/survey.h"

namespace persist::survey {

/// A check of `identifier` under the draft to the letter.
inline Subject subject_of(std::string_view identifier, bool climb = false) {
  Subject subject{.required = testing::wanting(identifier),
                  .ca = &testing::profile("strict-01"),
                  .now = testing::now,
                  .asks_caa = false};
  subject.required.climb = climb;
  return subject;
}

/// An inquiry with one check.
inline Inquiry inquiry_of(std::string_view identifier, bool climb = false) {
  Subject subject = subject_of(identifier, climb);
  record::DomainName name = subject.required.identifier.name;
  std::vector<Subject> subjects;
  subjects.push_back(std::move(subject));
  return {.name = std::move(name), .subjects = std::move(subjects)};
}

/// `*.a.example: refused unauthorized expired`.
inline std::string line_of(const Subject& subject) {
  return subject.required.identifier.text() + ": " + testing::verdict(subject.evaluation);
}

/// Hands the inquiries of `make` (0, 1, ... below `count`) to a survey; the lines of what comes
/// back, in that order.
template <typename Make>
std::vector<std::string> survey_all(testing::FakeResolver& resolver, std::size_t count, Make make,
                                    std::size_t most_open = 65'536) {
  std::vector<std::string> lines;
  std::size_t next = 0;
  Survey survey(
      [&]() -> std::optional<Inquiry> {
        if (next == count) return {};
        return make(next++);
      },
      [&lines](const Inquiry& done) {
        for (const Subject& subject : done.subjects) lines.push_back(line_of(subject));
      },
      most_open);
  resolver.run(survey, {});
  return lines;
}

/// The same for plain identifiers.
inline std::vector<std::string> survey_all(testing::FakeResolver& resolver,
                                           const std::vector<std::string>& identifiers,
                                           bool climb = false, std::size_t most_open = 65'536) {
  return survey_all(
      resolver, identifiers.size(),
      [&](std::size_t i) { return inquiry_of(identifiers[i], climb); }, most_open);
}

}  // namespace persist::survey
