#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "acme/challenge.h"
#include "acme/directory.h"

namespace persist::acme {

using Json = nlohmann::json;

inline const std::string account_url = "https://ca.example/acct/123";
inline const std::string hash_prefix = "https://ca.example/account-hash/";

/// A directory object with this `meta`.
inline Json directory_json(const Json& meta = Json::object()) {
  return {{"newNonce", "https://ca.example/acme/new-nonce"},
          {"newAccount", "https://ca.example/acme/new-account"},
          {"newOrder", "https://ca.example/acme/new-order"},
          {"meta", meta}};
}

/// A challenge object of draft -00, with other members as well, or in the place of its own.
inline Json challenge_json(const Json& members = Json::object()) {
  Json challenge{{"type", "dns-persist-01"},
                 {"url", "https://ca.example/acme/chall/1"},
                 {"status", "pending"},
                 {"issuer-domain-names", {"authority.example"}}};
  challenge.update(members);
  return challenge;
}

inline Directory directory_of(const Json& meta) {
  return parse_directory(directory_json(meta).dump()).value();
}

inline Challenge challenge_of(const Json& members) {
  return parse_challenge(challenge_json(members).dump()).value();
}

inline std::vector<record::DomainName> names(const std::vector<std::string>& texts) {
  std::vector<record::DomainName> names;
  for (const std::string& text : texts) names.push_back(*record::DomainName::parse(text));
  return names;
}

/// What went wrong, for comparing and printing: `code member value`.
inline std::string to_line(const ProtocolError& error) {
  std::string line(to_code(error.code));
  for (const std::string& part : {error.member, error.value}) {
    if (!part.empty()) line += " " + part;
  }
  return line;
}

/// `read` of what was read, or what went wrong.
template <typename T>
std::string outcome(const Expected<T, ProtocolError>& read) {
  return read ? "read" : to_line(read.error());
}

}  // namespace persist::acme
