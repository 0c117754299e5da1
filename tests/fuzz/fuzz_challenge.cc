// The first line is a directory, the rest a challenge, as a server may send them. What is offered
// must be fit for a record: a server can give names and URIs, never parameters.
#include <algorithm>
#include <string>

#include "acme/challenge.h"
#include "acme/directory.h"
#include "record/account_binding.h"
#include "record/generate.h"
#include "record/issue_value.h"
#include "record/persist_record.h"
#include "require.h"

namespace {

using namespace persist::acme;
using persist::fuzzing::require;
using persist::record::Dialect;

const std::string account_url = "https://ca.example/acct/123";
const std::string thumbprint = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

void check_error(const ProtocolError& error) {
  require(!to_code(error.code).empty());
  require(persist::fuzzing::is_plain_line(explain(error)));
}

template <typename T>
void check_kept(const persist::Expected<T, ProtocolError>& part) {
  if (!part) check_error(part.error());
}

std::string published_accounturi(const Offer& offer) {
  if (offer.dialect == Dialect::draft_01) return offer.accounturi;
  return offer.account_hash_prefix +
         persist::record::account_hash("sha-256", "example.com", thumbprint, account_url).value();
}

void check_offer(const Offer& offer) {
  require(offer.accounturi.empty() == (offer.dialect == Dialect::draft_02));
  const std::size_t names = offer.issuer_domain_names.size();
  require(names >= 1 && names <= most_issuer_domain_names);
  for (const persist::record::DomainName& issuer : offer.issuer_domain_names) {
    const persist::record::PersistRecord record{.issuer_domain_name = issuer.text(),
                                                .accounturi = published_accounturi(offer)};
    const std::string value = persist::record::to_issue_value(record);
    require(persist::record::parse_record(value) == record);
    require(persist::record::parse_issue_value(value)->parameters.size() == 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = persist::fuzzing::to_text(data, size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const auto directory = parse_directory(text.substr(0, end));
  const auto challenge = parse_challenge(text.substr(end));
  check_kept(directory);
  check_kept(challenge);
  if (directory) {
    check_kept(directory->issuer_domain_names);
    check_kept(directory->caa_identities);
    check_kept(directory->account_hash_prefix);
    require(speaks_draft_02(*directory) ==
            (preprovisioning(*directory) != Preprovisioning::not_applicable));
  }
  if (!directory || !challenge) return 0;
  const auto offer = check_challenge(*challenge, *directory, account_url);
  check_kept(offer);
  if (offer) check_offer(*offer);
  return 0;
}
