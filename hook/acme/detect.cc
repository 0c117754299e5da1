#include <fmt/format.h>

#include "acme/acme_exchange.h"
#include "base/escape.h"
#include "hook/acme/acme.h"
#include "hook/acme/detection.h"
#include "hook/acme/https.h"
#include "hook/command.h"
#include "report/json_writer.h"

namespace persist::hook {
namespace {

/// The directory that the argument names: a URL, or the id of a CA in the table.
Expected<std::string, app::UsageError> find_directory(const Options& options) {
  if (options.names.size() != 1) {
    return Unexpected(app::UsageError{"detect takes one URL of a directory, or one CA"});
  }
  const std::string& text = options.names.front();
  if (const auto* ca = record::find_profile(text)) {
    if (!ca->directory_url.empty()) return ca->directory_url;
    return Unexpected(app::UsageError{text + " is a way to read records, not a CA to be asked"});
  }
  if (auto fault = find_url_fault(text)) return Unexpected(*std::move(fault));
  return text;
}

std::string_view in_words(record::Offer offer) {
  switch (offer) {
    case record::Offer::yes:
      return "yes";
    case record::Offer::no:
    case record::Offer::staging_only:
      return "no";
    case record::Offer::unknown:
      return "cannot be told without an order";
  }
  return "";
}

std::string issuers_of(const Detection& detection) {
  std::string text;
  for (const std::string& issuer : detection.issuers) text += (text.empty() ? "" : " ") + issuer;
  return text.empty() ? "not told" : text;
}

std::string to_text(const Detection& detection) {
  std::string text = escape(detection.directory_url) + "\n";
  text += fmt::format("  offers dns-persist-01: {}\n", in_words(detection.offers));
  text += fmt::format("  because:  {}\n", detection.why);
  text += fmt::format("  dialect:  {}\n",
                      detection.dialect ? record::to_text(*detection.dialect) : "not told");
  text += fmt::format("  issuers:  {}\n", issuers_of(detection));
  if (detection.external_account_required) {
    text += "  accounts: only with an external account binding\n";
  }
  return text + fmt::format("  record:   {}\n", escape(record_form(detection)));
}

std::string to_json(const Detection& detection) {
  std::string document;
  report::JsonWriter json(document);
  std::optional<std::string_view> ca;
  if (!detection.ca.empty()) ca = detection.ca;
  std::optional<std::string_view> dialect;
  if (detection.dialect) dialect = record::to_text(*detection.dialect);
  std::optional<std::string_view> prefix;
  if (!detection.account_hash_prefix.empty()) prefix = detection.account_hash_prefix;
  json.begin_object();
  json.number("schema_version", 1);
  json.text("directory", detection.directory_url);
  json.text_or_null("ca", ca);
  json.text("offers", record::to_text(detection.offers));
  json.text("offers_source", to_text(detection.source));
  json.text_or_null("dialect", dialect);
  json.begin_array("issuers");
  for (const std::string& issuer : detection.issuers) json.text(issuer);
  json.end_array();
  json.text("issuers_source", to_text(detection.issuers_source));
  json.text_or_null("account_hash_prefix", prefix);
  json.flag("external_account_required", detection.external_account_required);
  json.text("record", record_form(detection));
  json.text("message", detection.why);
  json.end_object();
  return document + "\n";
}

app::ExitStatus to_status(record::Offer offers) {
  switch (offers) {
    case record::Offer::yes:
      return app::ExitStatus::ok;
    case record::Offer::no:
    case record::Offer::staging_only:
      return app::ExitStatus::refused;
    case record::Offer::unknown:
      return app::ExitStatus::unknown;
  }
  return app::ExitStatus::unknown;
}

}  // namespace

app::ExitStatus run_detect(const Options& options, const app::Environment& environment) {
  const auto url = find_directory(options);
  if (!url) {
    print_error(environment, url.error());
    return app::ExitStatus::usage;
  }
  const auto http = make_http_client(options, environment);
  return ask_network(options.rights, Afterwards::nothing, environment, [&](auto&, auto&) {
    acme::AcmeExchange exchange(*http, *environment.timer, deadline_of(options, environment));
    const auto directory = exchange.fetch_directory(*url);
    if (!directory) return print_fetch_error(directory.error(), environment);
    const Detection detection = detect(*directory, *url);
    const bool as_json = options.format == OutputFormat::json;
    environment.out.write(as_json ? to_json(detection) : to_text(detection));
    return to_status(detection.offers);
  });
}

}  // namespace persist::hook
