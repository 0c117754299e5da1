#include <algorithm>

#include "publish/writers.h"

namespace persist::publish {

const std::vector<Format>& formats() {
  static const std::vector<Format> table{
      {"zone", "lines of a zone file", make_zone_writer},
      {"value", "the bare values, for a DNS panel", make_value_writer},
      {"json", "everything, for programs", make_json_writer},
      {"terraform", "Terraform, provider hashicorp/dns", make_terraform_writer},
      {"octodns", "a zone's YAML of octoDNS", make_octodns_writer, refuse_for_octodns},
      {"dnscontrol", "D_EXTEND() for DNSControl's dnsconfig.js", make_dnscontrol_writer},
      {"route53", "a change batch of Amazon Route 53", make_route53_writer, refuse_for_route53},
      {"cloudflare", "a batch of Cloudflare's API", make_cloudflare_writer, refuse_for_cloudflare},
      {"nsupdate", "commands for nsupdate (RFC 2136)", make_nsupdate_writer},
      {"ansible", "a playbook with community.general.nsupdate", make_ansible_writer},
      {"ticket", "text for the people who run the zone", make_ticket_writer},
  };
  return table;
}

const Format* find_format(std::string_view name) {
  const auto row = std::find_if(formats().begin(), formats().end(),
                                [name](const Format& format) { return format.name == name; });
  return row == formats().end() ? nullptr : &*row;
}

std::string names_of_formats() {
  std::string names;
  for (const Format& format : formats()) {
    if (!names.empty()) names += ", ";
    names += format.name;
  }
  return names;
}

}  // namespace persist::publish
