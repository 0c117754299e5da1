#include "hook/hook_output.h"

#include <dirent.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "base/ascii.h"

namespace persist::hook {
namespace {

/// What nl_langinfo(CODESET) calls charsets in which no text has the octet 0xFF.
constexpr std::array<std::string_view, 9> charsets_without_ff{
    "UTF-8", "ANSI_X3.4-1968", "US-ASCII", "EUC-JP", "EUC-KR", "GB2312", "GBK", "GB18030", "BIG5"};

/// The locale of characters. Source: POSIX.1-2017, XBD section 8.2: LC_ALL before LC_CTYPE before
/// LANG.
std::string locale_name(const app::Environment& environment) {
  for (const std::string_view name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (const auto value = environment.variable(name); value && !value->empty())
      return std::string(*value);
  }
  return "C";
}

/// By its name alone: this program may be unable to load a locale that Python can.
bool is_utf8_by_name(std::string_view locale) {
  const auto dot = locale.find('.');
  if (dot == std::string_view::npos) return false;
  std::string charset = to_lower(locale.substr(dot + 1, locale.find('@') - dot - 1));
  charset.erase(std::remove(charset.begin(), charset.end(), '-'), charset.end());
  return charset == "utf8";
}

struct Folder {
  void operator()(DIR* folder) const { closedir(folder); }
};

}  // namespace

bool stops_at_octet_ff(const app::Environment& environment) {
  if (environment.variable("PYTHONUTF8") == "1") return true;
  const std::string name = locale_name(environment);
  const locale_t locale = newlocale(LC_CTYPE_MASK, name.c_str(), nullptr);
  if (locale == nullptr) return is_utf8_by_name(name);
  // In a static program nl_langinfo_l looks at the current locale, whichever it is given.
  const locale_t before = uselocale(locale);
  const std::string charset = nl_langinfo(CODESET);
  uselocale(before);
  freelocale(locale);
  return std::find(charsets_without_ff.begin(), charsets_without_ff.end(), charset) !=
         charsets_without_ff.end();
}

bool is_read_by(const Process& reader) {
  const std::string path = "/proc/" + std::to_string(reader.pid) + "/fd";
  const std::unique_ptr<DIR, Folder> folder(opendir(path.c_str()));
  if (!folder) return false;
  std::array<struct stat, 2> ours{};
  fstat(STDOUT_FILENO, &ours[0]);
  fstat(STDERR_FILENO, &ours[1]);
  while (const dirent* const entry = readdir(folder.get())) {
    // The rights of the link are those of the descriptor. Source: proc(5).
    struct stat link {};
    struct stat theirs {};
    if (fstatat(dirfd(folder.get()), entry->d_name, &link, AT_SYMLINK_NOFOLLOW) != 0 ||
        (link.st_mode & S_IRUSR) == 0 ||
        fstatat(dirfd(folder.get()), entry->d_name, &theirs, 0) != 0 || !S_ISFIFO(theirs.st_mode)) {
      continue;
    }
    const bool is_same = std::any_of(ours.begin(), ours.end(), [&](const struct stat& own) {
      return own.st_dev == theirs.st_dev && own.st_ino == theirs.st_ino;
    });
    if (is_same) return true;
  }
  return false;
}

}  // namespace persist::hook
