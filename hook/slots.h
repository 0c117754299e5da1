#pragma once

#include <span>
#include <string_view>

namespace persist::hook {

/// When a client calls what stands in a slot.
enum class SlotTime {
  before_order,      ///< or in front of the client itself
  before_challenge,  ///< not where an authorization is still valid: the client then calls nobody
  too_late,          ///< the certificate is there already
};

/// What a client does where the program of a slot is missing or cannot be executed.
enum class WhenGone {
  goes_on,  ///< the certificate is issued, unchecked
  stops,
  not_known,
};

/// A place where a client, or what starts it, takes a command of ours.
struct Slot {
  std::string_view client;  ///< as `install` names it; empty: any client
  std::string_view title;
  SlotTime time;
  WhenGone when_gone;
  bool counts_status;  ///< the caller obeys our exit status; else it is stopped in other ways
  std::string_view blocks;
  std::string_view does_not_block;
};

// Source of what each does: runs of certbot 2.1.0 to 5.8.0, lego 4.9.1, 4.35.2 and 5.3.1, acme.sh
// 3.1.5, dehydrated 0.7.2 and uacme 1.7.4 and 1.8.1; the code of mod_md 2.6.11.
extern const Slot in_front_slot;
extern const Slot certbot_renewal_slot, certbot_line_slot, certbot_folder_slot, certbot_auth_slot,
    certbot_late_slot;
extern const Slot lego_pre_slot, lego_exec_slot, lego_late_slot;
extern const Slot acme_sh_pre_slot, acme_sh_late_slot;
extern const Slot dehydrated_slot;
extern const Slot uacme_slot;
extern const Slot mod_md_slot, mod_md_late_slot;

/// Every slot, those of a client together.
std::span<const Slot* const> slots();

}  // namespace persist::hook
