#include "clients/file_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

namespace persist::clients {
namespace {

constexpr std::size_t most_entries = 10'000;
constexpr unsigned group_or_others_write = S_IWGRP | S_IWOTH;

/// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

bool is_absent(int error) {
  return error == ENOENT || error == ENOTDIR;
}

std::string in_words(const char* what, int error) {
  return std::string(what) + ": " + std::generic_category().message(error);
}

/// Anything but a regular file, in words; null for one.
const char* kind_of_special(mode_t mode) {
  if (S_ISREG(mode)) return nullptr;
  if (S_ISDIR(mode)) return "is a directory, not a file";
  if (S_ISLNK(mode)) return "is a symbolic link, which is not followed here";
  if (S_ISFIFO(mode)) return "is a FIFO, not a regular file";
  if (S_ISSOCK(mode)) return "is a socket, not a regular file";
  return "is a device, not a regular file";
}

std::pair<std::string, std::string> split_path(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {".", path};
  return {path.substr(0, slash + 1), path.substr(slash + 1)};
}

/// One octet more than allowed is asked for, so that too much is noticed.
Expected<std::string, std::string> read_whole(int descriptor, std::size_t most_octets) {
  std::string text;
  std::size_t size = 0;
  for (;;) {
    if (size == text.size()) {
      text.resize(std::min(std::max(largest_file_octets, 2 * size), most_octets) + 1, '\0');
    }
    const ssize_t count = ::read(descriptor, text.data() + size, text.size() - size);
    if (count == 0) break;
    if (count > 0) size += static_cast<std::size_t>(count);
    if (count < 0 && errno != EINTR) return Unexpected(in_words("cannot be read", errno));
    if (size > most_octets) {
      return Unexpected("has more than " + std::to_string(most_octets) + " octets");
    }
  }
  text.resize(size);
  return text;
}

bool may_be_folder(unsigned char type) {
  return type == DT_DIR || type == DT_LNK || type == DT_UNKNOWN;
}

}  // namespace

bool is_writable_by_others(const FileFacts& facts) {
  return ((facts.mode | facts.folder_mode) & group_or_others_write) != 0;
}

bool is_program(const FileKind& kind) {
  return kind.is_regular && (kind.mode & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0;
}

bool is_readable_by_all(const FileFacts& facts) {
  return (facts.mode & S_IROTH) != 0;
}

bool SubFolder::has(const std::string& name) const {
  return std::any_of(entries.begin(), entries.end(),
                     [&](const FolderEntry& entry) { return entry.name == name; });
}

FileTree::FileTree(std::string root, int descriptor)
    : root_(std::move(root)), descriptor_(descriptor) {
}

FileTree::FileTree(FileTree&& other) noexcept
    : root_(std::move(other.root_)), descriptor_(std::exchange(other.descriptor_, AT_FDCWD)) {
}

FileTree::~FileTree() {
  if (descriptor_ != AT_FDCWD) ::close(descriptor_);
}

Expected<FileTree, FileFault> FileTree::open(const std::string& root) {
  if (root.empty()) return FileTree("", AT_FDCWD);
  const int descriptor = ::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return Unexpected(FileFault{root, in_words("cannot be opened", errno)});
  FileTree tree(root.substr(0, root.find_last_not_of('/') + 1), descriptor);
  const Descriptor top(tree.open_at("/", O_PATH | O_DIRECTORY));
  if (!top.is_open()) {
    return Unexpected(FileFault{root, in_words("links cannot be kept inside of it", errno)});
  }
  return tree;
}

std::string FileTree::full_path(const std::string& path) const {
  if (root_.empty() || path.empty() || path.front() == '/') return root_ + path;
  return root_ + "/" + path;
}

FileFault FileTree::fault(const std::string& path, const std::string& why) const {
  return {.path = full_path(path), .why = why};
}

int FileTree::open_at(const std::string& path, int flags) const {
  flags |= O_CLOEXEC;
  if (descriptor_ == AT_FDCWD) return ::openat(AT_FDCWD, path.c_str(), flags);
  open_how how{};
  how.flags = static_cast<decltype(how.flags)>(flags);
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  // glibc has no function for it.
  return static_cast<int>(::syscall(SYS_openat2, descriptor_, path.c_str(), &how, sizeof how));
}

Expected<std::optional<FileText>, FileFault> FileTree::read(const std::string& path,
                                                            FinalLink link) const {
  return read_up_to(largest_file_octets, false, path, link);
}

Expected<std::optional<FileText>, FileFault> FileTree::read_long(const std::string& path,
                                                                 std::size_t most_octets) const {
  return read_up_to(most_octets, true, path, FinalLink::followed);
}

Expected<std::optional<FileKind>, FileFault> FileTree::see(const std::string& path) const {
  struct stat status {};
  const Descriptor name(open_at(path, O_PATH));
  if (!name.is_open() || ::fstat(name.get(), &status) != 0) {
    if (is_absent(errno)) return std::optional<FileKind>{};
    return Unexpected(fault(path, in_words("cannot be looked at", errno)));
  }
  return std::optional(
      FileKind{.is_regular = S_ISREG(status.st_mode), .mode = status.st_mode & 07777U});
}

Expected<std::optional<FileText>, FileFault> FileTree::read_up_to(std::size_t most_octets,
                                                                  bool may_be_empty,
                                                                  const std::string& path,
                                                                  FinalLink link) const {
  const int follow = link == FinalLink::followed ? 0 : O_NOFOLLOW;
  // Looked at before it is opened, because opening a device can do something; and again after.
  struct stat status {};
  const Descriptor name(open_at(path, O_PATH | follow));
  if (!name.is_open() || ::fstat(name.get(), &status) != 0) {
    if (is_absent(errno)) return std::optional<FileText>{};
    return Unexpected(fault(path, in_words("cannot be opened", errno)));
  }
  if (const char* kind = kind_of_special(status.st_mode)) return Unexpected(fault(path, kind));
  const Descriptor file(open_at(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | follow));
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) {
    return Unexpected(fault(path, in_words("cannot be opened", errno)));
  }
  if (const char* kind = kind_of_special(status.st_mode)) return Unexpected(fault(path, kind));
  auto text = read_whole(file.get(), most_octets);
  if (!text) return Unexpected(fault(path, text.error()));
  if (text->empty() && !may_be_empty) return Unexpected(fault(path, "is empty"));
  const auto seen = look_at(path);
  if (!seen) return Unexpected(seen.error());
  FileFacts facts = seen->value_or(FileFacts{.path = full_path(path)});
  facts.mode = status.st_mode & 07777U;
  facts.owner = status.st_uid;
  return std::optional(FileText{.text = *std::move(text), .facts = std::move(facts)});
}

Expected<std::optional<FileFacts>, FileFault> FileTree::look_at(const std::string& path) const {
  const auto [folder_path, name] = split_path(path);
  const Descriptor folder(open_at(folder_path, O_PATH | O_DIRECTORY));
  struct stat holder {};
  struct stat status {};
  if (!folder.is_open() || ::fstat(folder.get(), &holder) != 0 ||
      ::fstatat(folder.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (is_absent(errno)) return std::optional<FileFacts>{};
    return Unexpected(fault(path, in_words("cannot be looked at", errno)));
  }
  const bool is_link = S_ISLNK(status.st_mode);
  return std::optional(FileFacts{.path = full_path(path),
                                 .is_symbolic_link = is_link,
                                 .mode = is_link ? 0 : status.st_mode & 07777U,
                                 .owner = status.st_uid,
                                 .folder_mode = holder.st_mode & 07777U,
                                 .folder_owner = holder.st_uid});
}

Expected<std::vector<FolderEntry>, FileFault> FileTree::list(const std::string& path) const {
  std::vector<FolderEntry> entries;
  const int number = open_at(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK);
  if (number < 0 && is_absent(errno)) return entries;
  if (number < 0) return Unexpected(fault(path, in_words("cannot be opened", errno)));
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::fdopendir(number), ::closedir);
  if (!folder) {
    const Descriptor closing(number);
    return Unexpected(fault(path, in_words("cannot be opened", errno)));
  }
  for (;;) {
    errno = 0;
    const dirent* const entry = ::readdir(folder.get());
    if (entry == nullptr) break;
    const std::string name(&entry->d_name[0]);
    if (name == "." || name == "..") continue;
    if (entries.size() == most_entries) {
      return Unexpected(
          fault(path, "holds more than " + std::to_string(most_entries) + " entries"));
    }
    entries.push_back({.name = name, .may_be_folder = may_be_folder(entry->d_type)});
  }
  if (errno != 0) return Unexpected(fault(path, in_words("cannot be read", errno)));
  std::sort(entries.begin(), entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return entries;
}

}  // namespace persist::clients
