#pragma once

#include <cstddef>
#include <vector>

#include "hook/doctor/command_list.h"

namespace persist::hook::doctor {

/// What a list does if we refuse and everything else succeeds.
struct Course {
  bool runs_us = false;
  bool starts_client = false;
  bool fails = false;
};

/// Follows a list through as a shell would. `ours` is the command that refuses; `starts_client`
/// tells of each command whether it starts a client by itself.
Course follow(const CommandList& list, std::size_t ours, const std::vector<bool>& starts_client);

}  // namespace persist::hook::doctor
