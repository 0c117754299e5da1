#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dns/cares_oracle.h"
#include "dns/message.h"

/// Where our reader and c-ares' differ, rule by rule, and why that has to be so.
namespace persist::dns {

/// A reply, damaged or not.
struct Reply {
  Question question;
  std::vector<std::uint8_t> octets;
};

inline constexpr std::string_view agreement = "agreement";
inline constexpr std::string_view unexplained = "unexplained";

/// The rule by which we do not believe a reply that c-ares takes.
std::string_view why_we_refuse(const Reply& reply, const Reading& ours);

/// What our reader has to find in a reply that it takes.
struct Expectation {
  std::string_view rule;  ///< agreement, or why c-ares said something else
  std::vector<cares::Fields> records{};
};
/// Made of what c-ares finds: `theirs`, or if it refuses the reply what it finds once records that
/// a rule excuses are made unreadable to it.
Expectation expected_records(const Reply& reply, std::optional<std::vector<cares::Fields>> theirs);

/// Every rule that the linked c-ares gives reason for.
std::vector<std::string_view> rules_for(RrType type);

}  // namespace persist::dns
