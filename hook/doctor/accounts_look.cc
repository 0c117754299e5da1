// Accounts that clients keep: who may change or read their files.
#include <fmt/format.h>

#include "base/escape.h"
#include "clients/client_readers.h"
#include "hook/account_list.h"
#include "hook/doctor/looks.h"

namespace persist::hook::doctor {

void look_at_accounts(Host& host, Evidence& evidence) {
  clients::ClientFindings found = clients::read_clients(host.tree());
  AccountList list;
  for (const clients::ClientAccount& account : found.accounts) {
    list.accounts.push_back({.account = account});
  }
  for (const Doubt& doubt : find_doubts(list)) {
    evidence.findings.push_back(make_finding(doubt.is_key ? key_readable : account_writable,
                                             {.file = doubt.path}, doubt.what));
  }
  for (const clients::FileFault& fault : found.faults) {
    // Only who may read and change them is asked here; what blocks is read elsewhere.
    evidence.findings.push_back(make_finding(unreadable, {.file = fault.path}, fault.why));
    evidence.findings.back().level = report::Severity::warning;
  }
  evidence.accounts = std::move(found.accounts);
}

}  // namespace persist::hook::doctor
