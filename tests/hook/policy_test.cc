#include "hook/policy.h"

#include <gtest/gtest.h>

#include "support/records.h"

namespace persist::hook {
namespace {

using app::ExitStatus;
using testing::now;

constexpr std::chrono::seconds day{86'400};

struct Case {
  std::string name;
  ExitStatus verdict;
  Policy policy{};
  CertificateAtStake certificate{};
  ExitStatus want = ExitStatus::ok;
  std::string remark{};
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

class PolicyTest : public ::testing::TestWithParam<Case> {};

TEST_P(PolicyTest, BlocksOnlyAsItSays) {
  const Case& row = GetParam();
  const Decision decision = decide(row.verdict, row.policy, row.certificate, now);
  EXPECT_EQ(decision.status, row.want);
  EXPECT_EQ(decision.blocks, row.want != ExitStatus::ok);
  EXPECT_EQ(decision.remark.substr(0, row.remark.size()), row.remark);
  EXPECT_EQ(decision.remark.empty(), row.remark.empty());
}

CertificateAtStake ends_in(std::chrono::seconds left) {
  return {.is_kept = true, .not_after = add(now, left)};
}

INSTANTIATE_TEST_SUITE_P(
    Policies, PolicyTest,
    ::testing::Values(
        Case{.name = "authorised", .verdict = ExitStatus::ok},
        Case{.name = "refused", .verdict = ExitStatus::refused, .want = ExitStatus::refused},
        Case{.name = "unknown", .verdict = ExitStatus::unknown, .want = ExitStatus::unknown},
        Case{.name = "usage", .verdict = ExitStatus::usage, .want = ExitStatus::usage},
        Case{.name = "refused_but_warned",
             .verdict = ExitStatus::refused,
             .policy = {.on_refused = OnRefused::warn},
             .remark = "would block: --on-refused is warn"},
        Case{.name = "unknown_is_not_refused",
             .verdict = ExitStatus::unknown,
             .policy = {.on_refused = OnRefused::warn},
             .want = ExitStatus::unknown},
        Case{.name = "unknown_but_warned",
             .verdict = ExitStatus::unknown,
             .policy = {.on_unknown = OnUnknown::warn},
             .remark = "would block: --on-unknown is warn"},
        Case{.name = "usage_is_never_let_through",
             .verdict = ExitStatus::usage,
             .policy = {.on_refused = OnRefused::warn,
                        .on_unknown = OnUnknown::warn,
                        .bypass = Bypass{.until = add(now, day), .reason = "DNS moves"}},
             .want = ExitStatus::usage},
        Case{.name = "automatic_with_time_left",
             .verdict = ExitStatus::unknown,
             .policy = {.on_unknown = OnUnknown::automatic},
             .certificate = ends_in(7 * day),
             .want = ExitStatus::unknown},
        Case{.name = "automatic_a_second_later",
             .verdict = ExitStatus::unknown,
             .policy = {.on_unknown = OnUnknown::automatic},
             .certificate = ends_in(7 * day - std::chrono::seconds{1}),
             .remark = "let through although nothing could be found out: the certificate ends at "},
        Case{.name = "automatic_after_the_end",
             .verdict = ExitStatus::unknown,
             .policy = {.on_unknown = OnUnknown::automatic},
             .certificate = ends_in(-day),
             .remark = "let through although nothing could be found out: the certificate ends at "},
        Case{.name = "automatic_certificate_gone",
             .verdict = ExitStatus::unknown,
             .policy = {.on_unknown = OnUnknown::automatic},
             .certificate = {.is_kept = true},
             .remark = "let through although nothing could be found out: the certificate is gone"},
        Case{.name = "automatic_first_certificate",
             .verdict = ExitStatus::unknown,
             .policy = {.on_unknown = OnUnknown::automatic},
             .want = ExitStatus::unknown},
        Case{.name = "automatic_refuses_what_is_refused",
             .verdict = ExitStatus::refused,
             .policy = {.on_unknown = OnUnknown::automatic},
             .certificate = ends_in(-day),
             .want = ExitStatus::refused},
        Case{.name = "bypass_in_its_last_second",
             .verdict = ExitStatus::refused,
             .policy = {.bypass = Bypass{.until = now, .reason = "DNS moves"}},
             .remark = "would block: bypassed until "},
        Case{.name = "bypass_over",
             .verdict = ExitStatus::refused,
             .policy = {.bypass = Bypass{.until = add(now, std::chrono::seconds{-1}),
                                         .reason = "DNS moves"}},
             .want = ExitStatus::refused},
        Case{.name = "pretend_refused",
             .verdict = ExitStatus::ok,
             .policy = {.pretend = Pretend::refused},
             .want = ExitStatus::refused,
             .remark = "--pretend says so, and nothing else"},
        Case{.name = "pretend_unknown",
             .verdict = ExitStatus::ok,
             .policy = {.pretend = Pretend::unknown},
             .want = ExitStatus::unknown,
             .remark = "--pretend says so, and nothing else"},
        Case{.name = "pretend_refused_of_what_is_unknown",
             .verdict = ExitStatus::unknown,
             .policy = {.on_unknown = OnUnknown::warn, .pretend = Pretend::refused},
             .want = ExitStatus::refused,
             .remark = "--pretend says so, and nothing else"},
        Case{.name = "pretend_makes_nothing_milder",
             .verdict = ExitStatus::refused,
             .policy = {.pretend = Pretend::unknown},
             .want = ExitStatus::refused},
        Case{.name = "pretend_follows_the_policy",
             .verdict = ExitStatus::ok,
             .policy = {.on_refused = OnRefused::warn, .pretend = Pretend::refused},
             .remark = "would block: --on-refused is warn"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::hook
