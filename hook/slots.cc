#include "hook/slots.h"

#include <array>

namespace persist::hook {

constexpr Slot in_front_slot{
    .client = "",
    .title = "in front of the client",
    .time = SlotTime::before_order,
    .when_gone = WhenGone::stops,
    .counts_status = true,
    .blocks = "before the client starts; authorizations that are still valid make no difference",
    .does_not_block = "a run beside it: by hand, or from another timer",
};

constexpr Slot certbot_renewal_slot{
    .client = "certbot",
    .title = "pre-hook in a renewal file",
    .time = SlotTime::before_order,
    .when_gone = WhenGone::goes_on,
    .counts_status = false,
    .blocks = "before the order; authorizations that are still valid make no difference",
    .does_not_block =
        "a certificate whose renewal file has lost its line; anything once "
        "persist-hook is removed",
};

constexpr Slot certbot_line_slot{
    .client = "certbot",
    .title = "pre-hook on certbot's command line or in cli.ini",
    .time = SlotTime::before_order,
    .when_gone = WhenGone::stops,
    .counts_status = false,
    .blocks = "before the order; authorizations that are still valid make no difference",
    .does_not_block = "a run with another command line or settings file",
};

constexpr Slot certbot_folder_slot{
    .client = "certbot",
    .title = "program in renewal-hooks/pre",
    .time = SlotTime::before_order,
    .when_gone = WhenGone::goes_on,
    .counts_status = false,
    .blocks = "before the order; authorizations that are still valid make no difference",
    .does_not_block = "certonly of certbot before 4.0.0; anything once persist-hook is removed",
};

constexpr Slot certbot_auth_slot{
    .client = "certbot",
    .title = "manual auth hook",
    .time = SlotTime::before_challenge,
    .when_gone = WhenGone::stops,
    .counts_status = false,
    .blocks = "before a challenge is answered",
    .does_not_block = "where an authorization is still valid: certbot then calls no hook",
};

constexpr Slot certbot_late_slot{
    .client = "certbot",
    .title = "post-hook or deploy hook",
    .time = SlotTime::too_late,
    .when_gone = WhenGone::goes_on,
    .counts_status = false,
    .blocks = "nothing",
    .does_not_block = "anything: the certificate is there already",
};

constexpr Slot lego_pre_slot{
    .client = "lego",
    .title = "pre-hook of lego 5",
    .time = SlotTime::before_order,
    .when_gone = WhenGone::stops,
    .counts_status = true,
    .blocks = "before the order; authorizations that are still valid make no difference",
    .does_not_block = "a run without the hook",
};

constexpr Slot lego_exec_slot{
    .client = "lego",
    .title = "exec provider",
    .time = SlotTime::before_challenge,
    .when_gone = WhenGone::stops,
    .counts_status = true,
    .blocks = "before a challenge is answered",
    .does_not_block = "where an authorization is still valid: lego then calls no hook",
};

constexpr Slot lego_late_slot{
    .client = "lego",
    .title = "run, renew, deploy or post hook",
    .time = SlotTime::too_late,
    .when_gone = WhenGone::goes_on,
    .counts_status = true,
    .blocks = "nothing",
    .does_not_block = "anything: the certificate is there already",
};

constexpr Slot acme_sh_pre_slot{
    .client = "acme.sh",
    .title = "pre-hook",
    .time = SlotTime::before_order,
    .when_gone = WhenGone::stops,
    .counts_status = true,
    .blocks =
        "before the order, on issue, renewal and cron; the other certificates of a cron run "
        "go on",
    .does_not_block =
        "certificates that were issued without the line; acme.sh keeps it for each "
        "certificate by itself",
};

constexpr Slot acme_sh_late_slot{
    .client = "acme.sh",
    .title = "post-hook, renew hook or reload command",
    .time = SlotTime::too_late,
    .when_gone = WhenGone::goes_on,
    .counts_status = true,
    .blocks = "nothing",
    .does_not_block = "anything: the certificate is there already",
};

constexpr Slot dehydrated_slot{
    .client = "dehydrated",
    .title = "HOOK",
    .time = SlotTime::before_order,
    .when_gone = WhenGone::stops,
    .counts_status = true,
    .blocks =
        "generate_csr before the order, for certificates that are due; it ends the whole "
        "run, with keep-going too",
    .does_not_block = "a certificate that dehydrated does not think due",
};

constexpr Slot uacme_slot{
    .client = "uacme",
    .title = "hook program",
    .time = SlotTime::before_challenge,
    .when_gone = WhenGone::stops,
    .counts_status = true,
    .blocks = "before a challenge is answered: every type is declined, and uacme exits with 2",
    .does_not_block = "where an authorization is still valid: uacme then calls no hook",
};

constexpr Slot mod_md_slot{
    .client = "mod-md",
    .title = "MDMessageCmd",
    .time = SlotTime::before_order,
    .when_gone = WhenGone::not_known,
    .counts_status = true,
    .blocks = "the renewal, before it starts; httpd tries again later",
    .does_not_block = "httpd that runs without the line; mod_md has no dns-persist-01 of its own",
};

constexpr Slot mod_md_late_slot{
    .client = "mod-md",
    .title = "MDNotifyCmd",
    .time = SlotTime::too_late,
    .when_gone = WhenGone::goes_on,
    .counts_status = true,
    .blocks = "nothing",
    .does_not_block = "anything: the certificate is there already",
};

std::span<const Slot* const> slots() {
  static constexpr std::array<const Slot*, 15> table{
      &in_front_slot,     &certbot_renewal_slot, &certbot_line_slot, &certbot_folder_slot,
      &certbot_auth_slot, &certbot_late_slot,    &lego_pre_slot,     &lego_exec_slot,
      &lego_late_slot,    &acme_sh_pre_slot,     &acme_sh_late_slot, &dehydrated_slot,
      &uacme_slot,        &mod_md_slot,          &mod_md_late_slot};
  return table;
}

}  // namespace persist::hook
