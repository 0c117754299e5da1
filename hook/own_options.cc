#include "hook/own_options.h"

#include <charconv>

#include "base/escape.h"

namespace persist::hook {
namespace {

using Problem = std::optional<std::string>;

Problem take_format(std::string_view value, OutputFormat& into) {
  if (value != "text" && value != "json") return quote(value) + " is not text or json";
  into = value == "json" ? OutputFormat::json : OutputFormat::text;
  return {};
}

Problem take_end(std::string_view value, std::optional<RecordEnd>& into) {
  if (value.substr(0, 1) == "+") {
    if (auto problem = app::missing_unit(value)) return problem;
    if (const auto after = parse_duration(value.substr(1))) into = *after;
  } else if (const auto time = parse_time(value)) {
    into = *time;
  }
  if (into) return {};
  return quote(value) + " is no time (+90d, 2027-01-01 or Unix seconds)";
}

}  // namespace

std::vector<app::OptionRow> own_option_rows(Options& o) {
  return {
      {"domain", "NAME", "a name to check; the same as NAME",
       [&o](std::string_view v) {
         o.names.emplace_back(v);
         return Problem();
       },
       true, false, false, 'd'},
      {"cert", "FILE", "take the names of a certificate (PEM)",
       [&o](std::string_view v) {
         o.certificate_files.emplace_back(v);
         return Problem();
       },
       true, false, false},
      {"csr", "FILE", "take the names of a certificate request (PEM)",
       [&o](std::string_view v) {
         o.request_files.emplace_back(v);
         return Problem();
       },
       true, false, false},
      {"blocked-status", "1-255", "exit status where the command is not run, instead of 1, 2 or 3",
       [&o](std::string_view v) {
         int status = 0;
         const auto read = std::from_chars(v.data(), v.data() + v.size(), status);
         if (read.ec != std::errc() || read.ptr != v.data() + v.size() || status < 1 ||
             status > 255)
           return Problem(quote(v) + " is no number from 1 to 255");
         o.blocked_status = status;
         return Problem();
       }},
      {"wildcard", "", "the wildcard name is wanted too: the record needs policy=wildcard",
       [&o](std::string_view) {
         o.wildcard = true;
         return Problem();
       },
       false, true, true},
      {"no-wildcard", "", "only the name itself is wanted",
       [&o](std::string_view) {
         o.no_wildcard = true;
         return Problem();
       },
       false, true, true},
      {"timeout", "DURATION", "give up after this time (default 30s)",
       [&o](std::string_view v) {
         return app::parse_bounded(v, std::chrono::seconds{1}, std::chrono::seconds{600},
                                   o.timeout);
       }},
      {"authoritative", "", "ask every name server of the zone itself, not the resolvers",
       [&o](std::string_view) {
         o.authoritative = true;
         return Problem();
       }},
      {"allow-private-servers", "", "ask name servers of the zone at private addresses, too",
       [&o](std::string_view) {
         o.allow_private_servers = true;
         return Problem();
       }},
      {"compare", "", "ask every --resolver by itself; good only if all of them authorise",
       [&o](std::string_view) {
         o.compare = true;
         return Problem();
       }},
      {"require-dnssec", "", "good only if a resolver of this host has validated the answer",
       [&o](std::string_view) {
         o.require_dnssec = true;
         return Problem();
       }},
      {"interval", "DURATION", "time between two looks (default 5s)",
       [&o](std::string_view v) {
         return app::parse_bounded(v, std::chrono::seconds{1}, std::chrono::seconds{3600},
                                   o.interval);
       }},
      {"gone", "", "wait until no server serves a record that authorises",
       [&o](std::string_view) {
         o.gone = true;
         return Problem();
       },
       false, false, false},
      {"format", "text|json", "how the result is printed",
       [&o](std::string_view v) { return take_format(v, o.format); }},
      {"persist-until", "TIME", "end of the record: +90d, 2027-01-01 or Unix seconds",
       [&o](std::string_view v) { return take_end(v, o.persist_until); }, false, true, true},
      {"any-domain", "", "dialect 02: hash `*`, so that one record fits every name",
       [&o](std::string_view) {
         o.for_any_domain = true;
         return Problem();
       },
       false, false, false},
      {"with-caa", "", "the CAA records too that let this order through and nothing wider",
       [&o](std::string_view) {
         o.with_caa = true;
         return Problem();
       },
       false, false, false},
      {"zone", "NAME", "the zone that the names lie in (default: their registrable domain)",
       [&o](std::string_view v) {
         o.zone = v;
         return v.empty() ? Problem("it is empty") : Problem();
       },
       false, false, false},
      {"ttl", "DURATION", "TTL of the record (default 1h)",
       [&o](std::string_view v) {
         return app::parse_bounded(v, std::chrono::seconds{0}, std::chrono::hours{24 * 7}, o.ttl);
       },
       false, true, true},
      {"quiet", "", "say nothing when all is well",
       [&o](std::string_view) {
         o.quiet = true;
         return Problem();
       }},
      {"verbose", "", "say more",
       [&o](std::string_view) {
         o.verbose = true;
         return Problem();
       }},
      {"then", "PROGRAM", "run this after a good check, and for clean-up; absolute path",
       [&o](std::string_view v) {
         o.then = v;
         return Problem();
       }},
      {"cert-name", "NAME", "certbot's name of the certificate to check",
       [&o](std::string_view v) {
         o.cert_name = v;
         return v.empty() ? Problem("it is empty") : Problem();
       },
       false, false, false},
      {"also-cert", "NAME", "a certificate of certbot to check though nothing in it calls us",
       [&o](std::string_view v) {
         o.also_certs.emplace_back(v);
         return v.empty() ? Problem("it is empty") : Problem();
       },
       true},
      {"callers", "", "only list the places that call persist-hook: CLIENT FILE:LINE COMMAND",
       [&o](std::string_view) {
         o.callers = true;
         return Problem();
       },
       false, false, false},
      {"all", "", "every certificate of certbot",
       [&o](std::string_view) {
         o.all = true;
         return Problem();
       },
       false, false, false},
      {"each", "", "run the command behind -- for every certificate that passed, and for no other",
       [&o](std::string_view) {
         o.each = true;
         return Problem();
       },
       false, false, false},
      {"allow-insecure-permissions", "",
       "go on with a key or settings file that others could have changed",
       [&o](std::string_view) {
         o.acme.allows_insecure_permissions = true;
         return Problem();
       },
       false, false, false},
      {"config", "FILE", "settings file instead of /etc/persist-hook.yaml",
       [&o](std::string_view v) {
         o.config_path = v;
         return Problem();
       },
       false, false, false},
  };
}

}  // namespace persist::hook
