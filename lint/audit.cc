#include "lint/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/verdict.h"
#include "lint/list_facts.h"
#include "lint/list_source.h"
#include "lint/subject_maker.h"
#include "lint/suppress.h"
#include "report/reporter.h"
#include "rules/rule.h"
#include "survey/survey.h"

namespace persist::lint {
namespace {

/// An open list and what its subjects point to; kept until the end of the run.
struct OpenList {
  OpenList(config::InventoryReader opened, const Options& options, UnixTime now)
      : reader(std::move(opened)), maker(options, reader.settings(), now) {}
  config::InventoryReader reader;
  SubjectMaker maker;
};

/// The inquiries of all lists, in order.
class Inquiries {
 public:
  Inquiries(const Options& options, UnixTime now, const std::vector<ListSource>& sources)
      : options_(options), now_(now), sources_(sources) {}

  /// First pass: every fault of a list is found before the first query.
  std::optional<std::string> prepare() {
    for (const ListSource& source : sources_) {
      if (auto problem = first_pass(source)) return problem;
    }
    facts_.seal();
    return {};
  }

  std::optional<survey::Inquiry> next() {
    while (!error_) {
      if (lists_.size() == next_source_ && !open_next()) return {};
      auto entry = lists_.back()->reader.next();
      if (!entry)
        error_ = config::explain(entry.error());
      else if (*entry)
        return to_inquiry(**std::move(entry));
      else
        ++next_source_;
    }
    return {};
  }

  const std::optional<std::string>& error() const { return error_; }

 private:
  std::optional<std::string> first_pass(const ListSource& source) {
    auto reader = lint::open(source);
    if (!reader) return config::explain(reader.error());
    SubjectMaker maker(options_, reader->settings(), now_);
    for (;;) {
      const auto entry = reader->next();
      if (!entry) return config::explain(entry.error());
      if (!*entry) return {};
      facts_.collect(**entry);
      if (const auto problem = maker.find_problem(**entry)) return at(source, **entry, *problem);
    }
  }

  static std::string at(const ListSource& source, const config::DomainEntry& entry,
                        const std::string& problem) {
    if (!source.is_list) return fmt::format("persist-lint: error: {}\n", problem);
    return fmt::format("{}:{}:{}: error: {}\n", entry.location.file, entry.location.line,
                       entry.location.column, problem);
  }

  bool open_next() {
    if (next_source_ == sources_.size()) return false;
    auto reader = lint::open(sources_[next_source_]);
    if (!reader) {
      error_ = config::explain(reader.error());
      return false;
    }
    lists_.push_back(std::make_unique<OpenList>(*std::move(reader), options_, now_));
    return true;
  }

  std::optional<survey::Inquiry> to_inquiry(config::DomainEntry entry) {
    const ListSource& source = sources_[next_source_];
    auto subjects = lists_.back()->maker.make(entry);
    if (!subjects) {
      error_ = at(source, entry, subjects.error());
      return {};
    }
    survey::Inquiry inquiry{.name = entry.identifier.name, .subjects = *std::move(subjects)};
    const auto before = facts_.listed_before(entry.identifier, entry.location);
    const bool wildcard = facts_.wants_wildcard(entry.identifier.name);
    if (!source.is_list) {
      forget_list(inquiry.subjects);
      return inquiry;
    }
    inquiry.entry = std::make_unique<config::DomainEntry>(std::move(entry));
    for (survey::Subject& subject : inquiry.subjects) {
      subject.entry = inquiry.entry.get();
      subject.listed_before = before;
      subject.wildcard_listed = wildcard;
      subject.is_first_of_entry = &subject == &inquiry.subjects.front();
    }
    return inquiry;
  }

  /// Who gives names alone says nothing about what else may stand there.
  static void forget_list(std::vector<survey::Subject>& subjects) {
    for (survey::Subject& subject : subjects) {
      subject.settings = nullptr;
      subject.permitted = {};
    }
  }

  const Options& options_;
  UnixTime now_;
  const std::vector<ListSource>& sources_;
  ListFacts facts_;
  std::vector<std::unique_ptr<OpenList>> lists_;
  std::size_t next_source_ = 0;
  std::optional<std::string> error_{};
};

/// False where the list itself says that no record is wanted.
bool may_propose(const survey::Subject& subject) {
  const bool is_retired =
      subject.entry != nullptr && subject.entry->state == config::EntryState::retired;
  return !is_retired && !subject.compromised_account &&
         subject.required.account.status == record::AccountStatus::valid;
}

/// Judged subjects on their way into the report.
class Audit {
 public:
  Audit(const Options& options, const app::Environment& environment)
      : options_(options),
        reporter_(report::find_format(options.format)
                      ->make(environment.out, {.color = environment.out_is_terminal &&
                                                        !environment.variable("NO_COLOR"),
                                               .verbose = options.verbose})) {}

  void add(survey::Inquiry inquiry) {
    for (survey::Subject& subject : inquiry.subjects) add(std::move(subject));
  }

  app::ExitStatus finish(const std::vector<std::string>& problems, UnixTime now) {
    summary_.complete = problems.empty();
    summary_.problems = problems;
    summary_.now = now;
    reporter_->finish(summary_);
    if (fails_) return app::ExitStatus::refused;
    const bool knows_all = summary_.unknown == 0 && summary_.complete && summary_.checks > 0;
    return knows_all ? app::ExitStatus::ok : app::ExitStatus::unknown;
  }

 private:
  void add(survey::Subject subject) {
    auto findings = rules::run_rules(subject);
    summary_.suppressed += suppress(findings, subject);
    report::count(summary_, subject.evaluation.outcome, findings);
    fails_ = fails_ || std::any_of(findings.begin(), findings.end(), [this](const auto& finding) {
               return finding.severity <= options_.fail_on;
             });
    auto publish =
        may_propose(subject) ? app::lines_to_publish(subject) : std::vector<std::string>();
    reporter_->add(
        app::to_check_result(std::move(subject), std::move(findings), std::move(publish)));
  }

  const Options& options_;
  std::unique_ptr<report::Reporter> reporter_;
  report::Summary summary_{};
  bool fails_ = false;
};

}  // namespace

void print_error(const app::Environment& environment, const app::UsageError& error) {
  environment.err.write(fmt::format("persist-lint: error: {}\n", error.message));
  if (!error.hint.empty())
    environment.err.write(fmt::format("persist-lint: hint: {}\n", error.hint));
}

app::ExitStatus audit(const Options& options, const app::Environment& environment) {
  const auto servers = app::find_resolvers(options.common, environment);
  if (!servers) {
    print_error(environment, servers.error());
    return app::ExitStatus::usage;
  }
  const auto sources = list_sources(options);
  if (!sources) {
    environment.err.write(sources.error());
    return app::ExitStatus::usage;
  }
  const UnixTime now = options.common.now.value_or(environment.now);
  Inquiries inquiries(options, now, *sources);
  if (const auto problem = inquiries.prepare()) {
    environment.err.write(*problem);
    return app::ExitStatus::usage;
  }
  Audit audit(options, environment);
  survey::Survey survey([&inquiries] { return inquiries.next(); },
                        [&audit](survey::Inquiry done) { audit.add(std::move(done)); });
  environment.make_resolver({.servers = *servers, .max_qps = options.max_qps})
      ->run(survey, {.stop = environment.stop});
  std::vector<std::string> problems;
  if (inquiries.error()) problems.emplace_back("the list changed while it was read");
  if (environment.stop != nullptr && *environment.stop) problems.emplace_back("interrupted");
  const auto status = audit.finish(problems, now);
  if (!inquiries.error()) return status;
  environment.err.write(*inquiries.error());
  return app::ExitStatus::usage;
}

}  // namespace persist::lint
