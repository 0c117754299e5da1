#include "hook/names_of_files.h"

#include <fmt/format.h>

#include "base/escape.h"
#include "clients/certificate_names.h"
#include "clients/file_tree.h"

namespace persist::hook {
namespace {

using Reader = decltype(&clients::read_certificate_names);

std::optional<app::UsageError> add_names(const std::string& path, Reader read,
                                         const clients::FileTree& files, Options& options) {
  const auto fail = [](const std::string& file, const std::string& why) {
    return app::UsageError{fmt::format("{}: {}", escape(file), why)};
  };
  const auto file = files.read(path);
  if (!file) return fail(file.error().path, file.error().why);
  if (!*file) return fail(path, "there is no such file");
  const auto names = read((*file)->text);
  if (!names) return fail(path, clients::explain(names.error()));
  if (!names->others.empty()) {
    return fail(path, fmt::format("names {}, for which no record can speak",
                                  quote(names->others.front(), 80)));
  }
  for (const record::Identifier& name : names->identifiers) options.names.push_back(name.text());
  return {};
}

}  // namespace

std::optional<app::UsageError> add_names_of_files(Options& options,
                                                  const app::Environment& environment) {
  if (options.certificate_files.empty() && options.request_files.empty()) return {};
  const auto files = clients::FileTree::open(environment.root);
  if (!files) return app::UsageError{escape(files.error().path) + ": " + files.error().why};
  for (const std::string& path : options.certificate_files) {
    if (auto error = add_names(path, clients::read_certificate_names, *files, options))
      return error;
  }
  for (const std::string& path : options.request_files) {
    if (auto error = add_names(path, clients::read_request_names, *files, options)) return error;
  }
  return {};
}

}  // namespace persist::hook
