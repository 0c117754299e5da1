#pragma once

#include <memory>
#include <optional>
#include <string>

#include "publish/writer.h"

namespace persist::publish {

/// The writers of the table, one file each; `out` outlives them.
std::unique_ptr<Writer> make_zone_writer(report::Sink& out);
std::unique_ptr<Writer> make_value_writer(report::Sink& out);
std::unique_ptr<Writer> make_json_writer(report::Sink& out);
std::unique_ptr<Writer> make_terraform_writer(report::Sink& out);
std::unique_ptr<Writer> make_octodns_writer(report::Sink& out);
std::unique_ptr<Writer> make_dnscontrol_writer(report::Sink& out);
std::unique_ptr<Writer> make_route53_writer(report::Sink& out);
std::unique_ptr<Writer> make_cloudflare_writer(report::Sink& out);
std::unique_ptr<Writer> make_nsupdate_writer(report::Sink& out);
std::unique_ptr<Writer> make_ansible_writer(report::Sink& out);
std::unique_ptr<Writer> make_ticket_writer(report::Sink& out);

/// octoDNS hands `\` and, in CAA, `"` to its providers in ways that differ.
std::optional<std::string> refuse_for_octodns(const Proposal& proposal);
/// A TTL that the API does not take.
std::optional<std::string> refuse_for_cloudflare(const Proposal& proposal);
/// A value that is too long there.
std::optional<std::string> refuse_for_route53(const Proposal& proposal);

}  // namespace persist::publish
