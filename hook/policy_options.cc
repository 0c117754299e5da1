#include "hook/policy_options.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/common_options.h"
#include "base/escape.h"

namespace persist::hook {
namespace {

using app::OptionRow;
using Problem = std::optional<std::string>;

template <typename Value, std::size_t size>
using Words = std::array<std::pair<std::string_view, Value>, size>;

constexpr Words<OnRefused, 2> refused_words{
    {{"block", OnRefused::block}, {"warn", OnRefused::warn}}};
constexpr Words<OnUnknown, 3> unknown_words{
    {{"block", OnUnknown::block}, {"warn", OnUnknown::warn}, {"auto", OnUnknown::automatic}}};
constexpr Words<Pretend, 2> pretend_words{
    {{"refused", Pretend::refused}, {"unknown", Pretend::unknown}}};
constexpr Words<CertbotAbort, 3> abort_words{
    {{"lineage", CertbotAbort::lineage}, {"run", CertbotAbort::run}, {"none", CertbotAbort::none}}};

/// Sets `into` to what `text` stands for in the table.
template <typename Into, typename Table>
Problem take_word(std::string_view text, const Table& words, Into& into) {
  const auto row = std::find_if(words.begin(), words.end(),
                                [text](const auto& word) { return word.first == text; });
  if (row != words.end()) {
    into = row->second;
    return {};
  }
  std::string known;
  for (const auto& word : words) {
    known += (known.empty()            ? ""
              : &word == &words.back() ? " or "
                                       : ", ") +
             std::string(word.first);
  }
  return quote(text) + " is not " + known;
}

}  // namespace

std::vector<OptionRow> policy_option_rows(PolicyOptions& o) {
  return {
      {"on-refused", "block|warn", "what a refusal does (default block)",
       [&o](std::string_view v) { return take_word(v, refused_words, o.on_refused); }, false,
       false},
      {"on-unknown", "block|warn|auto",
       "what an unknown verdict does; auto blocks until the certificate has 7 days left",
       [&o](std::string_view v) { return take_word(v, unknown_words, o.on_unknown); }, false,
       false},
      {"pretend", "refused|unknown", "try the gate: make the verdict worse than it is",
       [&o](std::string_view v) { return take_word(v, pretend_words, o.pretend); }, false, true,
       false},
      {"headroom", "DURATION",
       "called by a client: the record must still hold so long from now on (default 15m)",
       [&o](std::string_view v) {
         return app::parse_bounded(v, std::chrono::seconds{0}, std::chrono::hours{24}, o.headroom);
       }},
      {"certbot-abort", "lineage|run|none", "what is stopped of certbot, which ignores our status",
       [&o](std::string_view v) { return take_word(v, abort_words, o.certbot_abort); }, false,
       false},
      {.name = "bypass-until",
       .metavar = "TIME",
       .help = "let orders through up to this time",
       .apply = [&o](std::string_view v) -> Problem {
         o.bypass_until = parse_time(v);
         if (!o.bypass_until) return quote(v) + " is neither a date nor a time";
         return {};
       },
       .from_environment = false,
       .from_flag = false},
      {.name = "bypass-reason",
       .metavar = "TEXT",
       .help = "and why",
       .apply = [&o](std::string_view v) -> Problem {
         o.bypass_reason = v;
         return {};
       },
       .from_environment = false,
       .from_flag = false},
  };
}

Expected<Policy, app::UsageError> make_policy(const PolicyOptions& options, bool client_calls) {
  if (options.bypass_until.has_value() == options.bypass_reason.empty()) {
    return Unexpected(
        app::UsageError{"the bypass of the settings file needs both: until and reason"});
  }
  Policy policy{.on_refused = options.on_refused,
                .on_unknown = options.on_unknown.value_or(client_calls ? OnUnknown::automatic
                                                                       : OnUnknown::block),
                .pretend = options.pretend};
  if (options.bypass_until) policy.bypass = Bypass{*options.bypass_until, options.bypass_reason};
  return policy;
}

}  // namespace persist::hook
