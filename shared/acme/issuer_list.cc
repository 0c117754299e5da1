#include "acme/issuer_list.h"

#include <algorithm>
#include <string>
#include <utility>

#include "record/issue_value.h"

namespace persist::acme {
namespace {

using record::DomainName;
using Code = ProtocolErrorCode;
using Texts = std::vector<std::string>;

Unexpected<ProtocolError> fault(Code code, std::string_view member, std::string_view value = {}) {
  return Unexpected(
      ProtocolError{.code = code, .member = std::string(member), .value = std::string(value)});
}

Expected<Texts, ProtocolError> read_texts(const JsonValue& object, std::string_view name) {
  const JsonValue* list = object.find(name);
  if (list == nullptr) return fault(Code::issuers_missing, name);
  if (list->kind != JsonKind::array) return fault(Code::issuers_wrong_type, name);
  if (list->items.empty()) return fault(Code::issuers_empty, name);
  Texts texts;
  for (const JsonValue& item : list->items) {
    if (item.kind != JsonKind::text) return fault(Code::issuers_wrong_type, name);
    texts.push_back(item.text);
  }
  return texts;
}

/// The name in normal form, if a record can name it.
Expected<DomainName, Code> read_issuer(std::string_view text) {
  auto name = DomainName::parse(text);
  if (!name && name.error().code == record::NameErrorCode::too_long) {
    return Unexpected(Code::issuer_too_long);
  }
  if (!name || !record::is_issuer_domain_name(name->text())) {
    return Unexpected(Code::issuer_not_normalised);
  }
  return *std::move(name);
}

}  // namespace

IssuerList read_issuer_list(const JsonValue& object, std::string_view name) {
  const auto texts = read_texts(object, name);
  if (!texts) return Unexpected(texts.error());
  if (texts->size() > most_issuer_domain_names) return fault(Code::issuers_too_many, name);
  std::vector<DomainName> issuers;
  for (const std::string& text : *texts) {
    auto issuer = read_issuer(text);
    if (!issuer) return fault(issuer.error(), name, text);
    if (issuer->text() != text) return fault(Code::issuer_not_normalised, name, text);
    issuers.push_back(*std::move(issuer));
  }
  return issuers;
}

IssuerList read_caa_identities(const JsonValue& meta) {
  constexpr std::string_view name = "caaIdentities";
  const auto texts = read_texts(meta, name);
  if (!texts) return Unexpected(texts.error());
  std::vector<DomainName> identities;
  for (const std::string& text : *texts) {
    auto identity = read_issuer(text);
    if (!identity) return fault(identity.error(), name, text);
    identities.push_back(*std::move(identity));
  }
  return identities;
}

bool is_present(const IssuerList& list) {
  return list || list.error().code != Code::issuers_missing;
}

const DomainName* find_absent(const std::vector<DomainName>& names,
                              const std::vector<DomainName>& others) {
  const auto absent = std::find_if(names.begin(), names.end(), [&](const DomainName& name) {
    return std::find(others.begin(), others.end(), name) == others.end();
  });
  return absent == names.end() ? nullptr : &*absent;
}

}  // namespace persist::acme
