#include "acme/directory.h"

#include <utility>

#include "acme/json_value.h"
#include "record/generate.h"

namespace persist::acme {
namespace {

using Code = ProtocolErrorCode;

Unexpected<ProtocolError> wrong_type(std::string_view member) {
  return Unexpected(ProtocolError{.code = Code::member_wrong_type, .member = std::string(member)});
}

Expected<std::string, ProtocolError> read_hash_prefix(const JsonValue& meta) {
  ProtocolError error{.code = Code::hash_prefix_missing, .member = "accountHashPrefix"};
  const JsonValue* prefix = meta.find(error.member);
  if (prefix == nullptr) return Unexpected(std::move(error));
  error.code = Code::hash_prefix_wrong_type;
  if (prefix->kind != JsonKind::text) return Unexpected(std::move(error));
  // It must become a URI when the hash is appended.
  if (!record::find_uri_fault(prefix->text + "sha-256/")) return prefix->text;
  error.code = Code::hash_prefix_not_expressible;
  error.value = prefix->text;
  return Unexpected(std::move(error));
}

Expected<bool, ProtocolError> read_flag(const JsonValue& object, std::string_view name) {
  const JsonValue* flag = object.find(name);
  if (flag == nullptr) return false;
  if (flag->kind != JsonKind::boolean) return wrong_type(name);
  return flag->truth;
}

}  // namespace

Expected<Directory, DirectoryError> parse_directory(std::string_view json) {
  const auto document = parse_document(json);
  if (!document) return Unexpected(document.error());
  auto new_nonce = read_https_url(*document, "newNonce");
  if (!new_nonce) return Unexpected(new_nonce.error());
  auto new_account = read_https_url(*document, "newAccount");
  if (!new_account) return Unexpected(new_account.error());
  auto new_order = read_https_url(*document, "newOrder");
  if (!new_order) return Unexpected(new_order.error());
  const JsonValue none{.kind = JsonKind::object};
  const JsonValue* const found = document->find("meta");
  const JsonValue& meta = found == nullptr ? none : *found;
  if (meta.kind != JsonKind::object) return wrong_type("meta");
  const auto external = read_flag(meta, "externalAccountRequired");
  if (!external) return Unexpected(external.error());
  return Directory{.new_nonce = *std::move(new_nonce),
                   .new_account = *std::move(new_account),
                   .new_order = *std::move(new_order),
                   .external_account_required = *external,
                   .issuer_domain_names = read_issuer_list(meta, camel_case_list),
                   .caa_identities = read_caa_identities(meta),
                   .account_hash_prefix = read_hash_prefix(meta)};
}

bool speaks_draft_02(const Directory& directory) {
  const auto& prefix = directory.account_hash_prefix;
  return is_present(directory.issuer_domain_names) || prefix ||
         prefix.error().code != Code::hash_prefix_missing;
}

Preprovisioning preprovisioning(const Directory& directory) {
  if (!speaks_draft_02(directory)) return Preprovisioning::not_applicable;
  return directory.issuer_domain_names && directory.account_hash_prefix
             ? Preprovisioning::possible
             : Preprovisioning::impossible;
}

}  // namespace persist::acme
