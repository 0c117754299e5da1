#include "hook/acme/detection.h"

#include <fmt/format.h>

#include "base/escape.h"
#include "record/persist_record.h"

namespace persist::hook {
namespace {

using record::Offer;

void take_issuers(Detection& detection, const acme::IssuerList& list) {
  if (!list) return;
  for (const record::DomainName& name : *list) detection.issuers.push_back(name.text());
  detection.issuers_source = DetectionSource::directory;
}

/// The directory says that it has the method, in the words of -02.
void detect_draft_02(Detection& detection, const acme::Directory& directory) {
  detection.dialect = record::Dialect::draft_02;
  take_issuers(detection, directory.issuer_domain_names);
  if (directory.account_hash_prefix) detection.account_hash_prefix = *directory.account_hash_prefix;
  if (preprovisioning(directory) == acme::Preprovisioning::possible) {
    detection.offers = Offer::yes;
    detection.source = DetectionSource::directory;
    detection.why = "its directory has the members of draft -02";
    return;
  }
  const auto& fault = directory.issuer_domain_names ? directory.account_hash_prefix.error()
                                                    : directory.issuer_domain_names.error();
  detection.why = "its directory means to say so, as in draft -02, but " + explain(fault);
}

std::string_view in_words(Offer offer) {
  switch (offer) {
    case Offer::yes:
      return "it does";
    case Offer::no:
      return "it does not";
    case Offer::staging_only:
      return "on its staging environment only";
    case Offer::unknown:
      return "not known";
  }
  return "";
}

void detect_by_table(Detection& detection, const record::CaProfile& known) {
  detection.dialect = known.dialect;
  if (known.offers != Offer::unknown) detection.source = DetectionSource::table;
  // What is offered elsewhere is not offered here.
  detection.offers = known.offers == Offer::staging_only ? Offer::no : known.offers;
  if (detection.issuers.empty()) {
    detection.issuers = known.issuer_domain_names;
    detection.issuers_source = DetectionSource::table;
  }
  detection.why = fmt::format("its directory does not tell; what is known of {} as of {}: {} ({})",
                              known.title, known.as_of, in_words(known.offers), known.evidence);
}

}  // namespace

std::string_view to_text(DetectionSource source) {
  switch (source) {
    case DetectionSource::directory:
      return "directory";
    case DetectionSource::table:
      return "table";
    case DetectionSource::nowhere:
      return "nowhere";
  }
  return "";
}

Detection detect(const acme::Directory& directory, const std::string& directory_url) {
  Detection detection{.directory_url = directory_url,
                      .external_account_required = directory.external_account_required};
  const auto* const known = record::find_profile_by_directory(directory_url);
  if (known != nullptr) detection.ca = known->id;
  if (speaks_draft_02(directory)) {
    detect_draft_02(detection, directory);
    return detection;
  }
  take_issuers(detection, directory.caa_identities);
  if (known != nullptr) {
    detect_by_table(detection, *known);
    return detection;
  }
  detection.why =
      "its directory has none of the members of draft -02, and the drafts before it put none "
      "there; only the challenges of an order would tell";
  return detection;
}

std::string record_form(const Detection& detection) {
  const bool is_hashed = detection.dialect == record::Dialect::draft_02;
  const std::string prefix =
      detection.account_hash_prefix.empty() ? "PREFIX" : detection.account_hash_prefix;
  return fmt::format("_validation-persist.NAME. IN TXT \"{}; accounturi={}\"",
                     detection.issuers.empty() ? "ISSUER" : detection.issuers.front(),
                     is_hashed ? prefix + "sha-256/HASH" : "ACCOUNT-URL");
}

}  // namespace persist::hook
