#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "dns/resolver.h"
#include "dns/zone_lookup.h"
#include "survey/survey.h"
#include "survey/views.h"

namespace persist::survey {

/// Asks the name servers of several names' zones at once; each name has bounds of its own.
class ZoneSurvey final : public dns::Conversation {
 public:
  explicit ZoneSurvey(bool any_address) : any_address_(any_address) {}

  /// The name's place in the reports.
  std::size_t add(const dns::Name& owner);
  std::optional<dns::Query> next_query() override;
  void on_answer(std::uint32_t token, Expected<dns::Answer, dns::LookupError> answer) override;
  /// After the run; to be taken once.
  std::vector<dns::ZoneReport> take();

 private:
  bool any_address_;
  std::deque<dns::ZoneLookup> lookups_{};
  std::deque<std::size_t> waiting_{};  ///< lookups that may have a query
};

/// Whom to ask, and for how long.
struct ZoneAccess {
  dns::Resolver& resolver;
  dns::Limits limits;
  bool any_address = false;  ///< also servers whose addresses are no public ones
};

/// Judges every subject by what the name servers of its zone say about the records, and about
/// those of the parents where the CA climbs. CAA is not asked.
void judge_by_zones(std::vector<Inquiry>& inquiries, const ZoneAccess& access, Agreement agreement);

}  // namespace persist::survey
