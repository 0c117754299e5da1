#include "hook/doctor/evidence.h"

namespace persist::hook::doctor {

void add_command(const CommandReading& reading, CallSite site, Evidence& evidence) {
  for (const ClientStart& start : reading.starts) {
    evidence.starts.push_back({.start = start, .place = site.place});
  }
  for (const OwnCall& call : reading.calls) {
    CallSite found = site;
    found.call = call;
    if (call.slot != nullptr) {
      found.slot = call.slot;
    } else if (site.slot == nullptr && !call.client.empty()) {
      found.slot = &in_front_slot;
    }
    if (found.client.empty()) found.client = call.client;
    evidence.calls.push_back(std::move(found));
  }
  if (!reading.calls.empty() || !reading.names_us_oddly) return;
  site.call.effect = Effect::cannot_tell;
  if (site.client.empty() && !reading.starts.empty()) site.client = reading.starts.front().client;
  evidence.calls.push_back(std::move(site));
}

}  // namespace persist::hook::doctor
