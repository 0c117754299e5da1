#include "acme/protocol_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "acme/issuer_list.h"
#include "acme/json_value.h"
#include "base/escape.h"

namespace persist::acme {
namespace {

using Code = ProtocolErrorCode;

/// In `sentence`, {member}, {value}, {octets}, {nesting} and {names} are filled in.
struct Row {
  Code code;
  std::string_view text;
  std::string_view sentence;
};

constexpr std::array rows{
    Row{Code::too_large, "too-large", "it has more than {octets} octets"},
    Row{Code::not_json, "not-json", "it is not JSON"},
    Row{Code::too_deep, "too-deep", "its JSON is nested deeper than {nesting} levels"},
    Row{Code::duplicate_member, "duplicate-member", "one object has the member {member} twice"},
    Row{Code::not_an_object, "not-an-object", "it is JSON, but no object"},
    Row{Code::member_missing, "member-missing", "the member {member} is missing"},
    Row{Code::member_wrong_type, "member-wrong-type", "the member {member} has the wrong type"},
    Row{Code::not_https_url, "not-https-url", "{member} is {value}, which is no https:// URL"},
    Row{Code::unknown_status, "unknown-status", "{value} is no status of a challenge"},
    Row{Code::not_dns_persist, "not-dns-persist", "it is a {value} challenge, not dns-persist-01"},
    Row{Code::issuers_missing, "issuers-missing", "the list {member} is missing"},
    Row{Code::issuers_wrong_type, "issuers-wrong-type", "{member} is not an array of strings"},
    Row{Code::issuers_empty, "issuers-empty", "the list {member} is empty"},
    Row{Code::issuers_too_many, "issuers-too-many", "{member} holds more than {names} names"},
    Row{Code::issuer_too_long, "issuer-too-long",
        "{member} holds a name of more than 253 octets, {value}"},
    Row{Code::issuer_not_normalised, "issuer-not-normalised",
        "{member} holds {value}, which is not lower-case A-labels without a final dot"},
    Row{Code::accounturi_missing, "accounturi-missing", "the member {member} is missing"},
    Row{Code::accounturi_wrong_type, "accounturi-wrong-type", "{member} is not a string"},
    Row{Code::accounturi_not_expressible, "accounturi-not-expressible",
        "{member} is {value}, which is no absolute URI that can stand in a record"},
    Row{Code::directory_not_subset, "directory-not-subset",
        "{value} is in {member} of the directory, but not of the challenge"},
    Row{Code::not_in_caaidentities, "not-in-caaidentities",
        "{value} is in {member} of the challenge, but not in caaIdentities of the directory"},
    Row{Code::hash_prefix_missing, "hash-prefix-missing",
        "the directory gives no {member}, which draft -02 needs"},
    Row{Code::hash_prefix_wrong_type, "hash-prefix-wrong-type", "{member} is not a string"},
    Row{Code::hash_prefix_not_expressible, "hash-prefix-not-expressible",
        "{member} is {value}, which begins no absolute URI that can stand in a record"},
};

/// Every code has its row: a test reads them all.
const Row& row(Code code) {
  return *std::find_if(rows.begin(), rows.end(), [&](const Row& it) { return it.code == code; });
}

}  // namespace

std::string_view to_code(ProtocolErrorCode code) {
  return row(code).text;
}

std::string explain(const ProtocolError& error) {
  constexpr std::size_t longest_member = 64;
  return fmt::format(
      fmt::runtime(row(error.code).sentence),
      fmt::arg("member", escape(error.member, longest_member)),
      fmt::arg("value", quote(error.value)), fmt::arg("octets", largest_document_octets),
      fmt::arg("nesting", deepest_nesting), fmt::arg("names", most_issuer_domain_names));
}

}  // namespace persist::acme
