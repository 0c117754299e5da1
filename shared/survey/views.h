#pragma once

#include <vector>

#include "dns/zone_lookup.h"
#include "survey/subject.h"

namespace persist::survey {

/// What views that differ, or are missing, leave of the verdict.
enum class Agreement {
  of_those_that_answer,  ///< a server that cannot be asked does not count while another can: the CA
                         ///< goes on to the next one, too
  of_all,                ///< nobody may be missing
};

/// The views of `subject` that the statements of its zone's servers are, `validated_fqdn` being the
/// name at which they were asked: the subject's own, or a parent where it climbs. Then `lower` are
/// the answers of the names below.
std::vector<View> views_of(const Subject& subject, const dns::ZoneReport& report,
                           const record::DomainName& validated_fqdn,
                           const std::vector<record::NameAnswer>& lower);

/// The view of a resolver that judged `seen`.
View view_of(const Subject& seen, std::string server);

/// A server of which no address answered, or which is not known at all, counts as missing.
bool is_anyone_missing(const std::vector<View>& views);

/// How many views say so, of those that say something.
std::size_t count(const std::vector<View>& views, record::Outcome outcome);

/// Judges a subject by views, which it keeps: authorized or refused where they are at one, unknown
/// where they are not. Answers and facts are those of the first one that stands for the outcome.
void judge_by(Subject& subject, std::vector<View> views, Agreement agreement);

/// Makes a verdict unknown, as where DNS gives no trustworthy answer.
void make_unknown(record::Evaluation& evaluation);

/// Makes a verdict unknown that rests on an answer that no resolver of this host has validated.
void demand_dnssec(Subject& subject);

}  // namespace persist::survey
