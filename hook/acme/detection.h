#pragma once

#include <optional>
#include <string>
#include <vector>

#include "acme/directory.h"
#include "record/ca_profile.h"

namespace persist::hook {

/// Where something that is told of a CA comes from.
enum class DetectionSource {
  directory,  ///< its directory, as it is now
  table,      ///< what is known of the CA, as of a date
  nowhere,    ///< it cannot be told
};
std::string_view to_text(DetectionSource source);

/// Whether a CA offers dns-persist-01, as far as its directory and our table tell.
struct Detection {
  std::string directory_url;
  std::string ca{};  ///< id of the profile; empty for a CA that is not in the table
  record::Offer offers = record::Offer::unknown;
  DetectionSource source = DetectionSource::nowhere;
  std::optional<record::Dialect> dialect{};
  std::vector<std::string> issuers{};
  DetectionSource issuers_source = DetectionSource::nowhere;
  std::string account_hash_prefix{};  ///< dialect 02
  bool external_account_required = false;
  std::string why{};  ///< one line, no capital, no full stop, text from outside escaped
  bool operator==(const Detection&) const = default;
};

/// Up to draft -01 no member of a directory tells of the method, so an unknown CA whose directory
/// has none of those of -02 is no CA that does not offer it. Source: draft-ietf-acme-dns-persist-02
/// section 3.2.
Detection detect(const acme::Directory& directory, const std::string& directory_url);

/// The form of the record for this CA, with words in capitals for what the account gives.
std::string record_form(const Detection& detection);

}  // namespace persist::hook
