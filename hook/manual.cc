#include "hook/manual.h"

#include "clients/client_readers.h"
#include "hook/command.h"
#include "publish/writer.h"
#include "record/ca_profile.h"

namespace persist::hook {
namespace {

constexpr std::string_view description =
    R"(checks, before an ACME order starts, that the dns-persist-01 record of a name (a TXT record at _validation-persist in front
of it) authorises the ACME account at the CA. It reads DNS and changes nothing.

Without a command it is called by an ACME client: certbot, lego, acme.sh, dehydrated, uacme or Apache httpd with mod_md, which it
recognises by variables, arguments and the process that calls. Stage, names, CA and account come from the client and its files. Standard
output stays empty then, and a good check says nothing.

A refusal names what was wanted, what was found, why it does not do, what to publish and the command that repeats the check.
"The record is not there" and "nothing trustworthy could be found out" are different answers with different statuses.

A duration is a whole number and its unit: 90s, 15m, 12h, 30d, 8w. A NAME is a domain, or a wildcard
like *.example.com.)";

constexpr std::string_view environment =
    R"(Most options have a variable: PERSIST_HOOK_ and the name of the option in capitals, with _ in place of the hyphens.
Commas separate repeated values; a flag is true or false. An unknown variable with this beginning is an error. Options that could make a
gate weaker are not read from the environment, where they would travel through sudo, units and clients unseen; each option says so.

The first source that has a value counts: command line, variable, settings file.)";

constexpr std::string_view settings =
    R"(A flat YAML map from the names of options to values, lists where an option may be repeated. As root, a file that others could
change is refused.)";

constexpr std::string_view statuses =
    R"(Several at once: 2 before 1 before 3. exec and --then have the status of the program that follows a good check, 127 if there
is none of that name, 126 if it cannot be started.)";

constexpr std::string_view diagnostics =
    R"(Texts go to standard error. Blocks, warnings and bypasses of calls by a client are lines in the system's log too, see syslog(3).
Text from outside is printed with escapes in place of control characters.)";

constexpr std::string_view standards =
    R"(draft-ietf-acme-dns-persist-00 to -02; RFC 8555 (ACME), RFC 8657 and RFC 8659 (CAA); CA/Browser Forum Baseline Requirements,
section 3.2.2.4.22.)";

std::vector<app::ManualEntry> formats_of_record() {
  std::vector<app::ManualEntry> entries;
  for (const publish::Format& format : publish::formats())
    entries.push_back({std::string(format.name), std::string(format.title) + "."});
  return entries;
}

std::vector<app::ManualSection> sections() {
  return {{"FORMATS OF RECORD", "What record --format takes:", formats_of_record()},
          {"ENVIRONMENT",
           environment,
           {{"PERSIST_HOOK_ACCOUNT_URL", "for instance is the variable of --account-url."},
            {"https_proxy, all_proxy, no_proxy",
             "are obeyed with --proxy-from-env, and ignored otherwise."}}},
          {"FILES",
           settings,
           {{"/etc/persist-hook.yaml", "The settings file, if --config names no other."},
            {"/etc/resolv.conf",
             "Its nameserver lines are the resolvers, if --resolver names no other."},
            {"libexec/persist-hook/persist-hook-acme",
             "Executed in place of the program where HTTPS or a private key is needed: detect, and "
             "account with\n"
             "--key or --read-keys."}}},
          {"EXIT STATUS",
           statuses,
           {{"0", "Every name is authorised."},
            {"1", "A name is refused: a complete answer arrived, and the CA would say no."},
            {"2", "Wrong usage, settings or names; the account or its CA is not known."},
            {"3",
             "No trustworthy answer for something that mattered, or the output could not be "
             "written."}}},
          {"DIAGNOSTICS", diagnostics}};
}

std::vector<std::string_view> ids_of_cas() {
  std::vector<std::string_view> ids;
  for (const record::CaProfile& profile : record::built_in_profiles()) ids.push_back(profile.id);
  return ids;
}

std::vector<std::string_view> names_of_clients() {
  std::vector<std::string_view> names;
  for (const clients::ClientReader& reader : clients::client_readers())
    names.push_back(reader.name);
  return names;
}

app::CommandManual manual_of(const Command& command) {
  app::CommandManual manual{.name = command.name,
                            .positional = command.positional,
                            .summary = command.summary,
                            .example = command.example,
                            .rows = rows_to_show(command)};
  manual.words = {{"ca", ids_of_cas()},
                  {"client", names_of_clients()},
                  {"hash-alg", {"sha-256", "sha-384", "sha-512"}}};
  if (command.name == "install") manual.words[""] = installable_clients();
  if (command.name == "detect") manual.words[""] = ids_of_cas();
  if (command.name == "record") {
    for (const publish::Format& format : publish::formats())
      manual.words["format"].push_back(format.name);
  }
  return manual;
}

}  // namespace

app::Manual manual() {
  app::Manual manual{
      .program = "persist-hook",
      .title = "check the dns-persist-01 record before an ACME order",
      .date = "November 23, 2026",
      .description = description,
      .commands = {manual_of(*find_command(""))},
      .sections = sections(),
      .see_also = {{"certbot", "1"}, {"dig", "1"}, {"lego", "1"}, {"resolv.conf", "5"}},
      .standards = standards};
  for (const Command& command : commands()) manual.commands.push_back(manual_of(command));
  return manual;
}

}  // namespace persist::hook
