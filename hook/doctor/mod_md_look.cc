// Apache httpd: MDMessageCmd and MDNotifyCmd, wherever its configuration is split to.
#include <array>
#include <set>

#include "base/ascii.h"
#include "hook/doctor/looks.h"

namespace persist::hook::doctor {
namespace {

constexpr std::array<std::string_view, 8> folders{"/etc/apache2",
                                                  "/etc/apache2/conf-enabled",
                                                  "/etc/apache2/mods-enabled",
                                                  "/etc/apache2/sites-enabled",
                                                  "/etc/httpd/conf",
                                                  "/etc/httpd/conf.d",
                                                  "/etc/httpd/conf.modules.d",
                                                  "/etc/apache2/conf.d"};

void look_at_file(Host& host, const std::string& path, Evidence& evidence) {
  const auto file = host.read_if_regular(path);
  if (!file) return;
  for (const NumberedLine& line : lines_of(file->text)) {
    const std::string_view text = trim(line.text);
    const std::size_t end = text.find_first_of(" \t");
    if (end == std::string_view::npos || !contains(text, "persist-hook")) continue;
    const bool is_message = equals_ignoring_case(text.substr(0, end), "MDMessageCmd");
    if (!is_message && !equals_ignoring_case(text.substr(0, end), "MDNotifyCmd")) continue;
    const std::string command(trim(text.substr(end)));
    CommandReading reading = read_plain_command(command);
    reading.names_us_oddly = true;  // in case nothing was found
    add_command(reading,
                {.client = "mod-md",
                 .slot = is_message ? &mod_md_slot : &mod_md_late_slot,
                 .place = host.place(path, line.number)},
                evidence);
  }
}

}  // namespace

void look_at_mod_md(Host& host, Evidence& evidence) {
  for (const std::string_view folder : folders) {
    for (const std::string& name : host.list(std::string(folder))) {
      if (!name.ends_with(".conf")) continue;
      look_at_file(host, join_path(std::string(folder), name), evidence);
    }
  }
}

}  // namespace persist::hook::doctor
