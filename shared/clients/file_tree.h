#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.h"

namespace persist::clients {

/// Largest file that is read; those of the clients have a few thousand octets.
inline constexpr std::size_t largest_file_octets = 65'536;

/// A file or folder that is of no use, and why: `is a FIFO, not a regular file`.
struct FileFault {
  std::string path;
  std::string why;  ///< one line, no capital, no full stop; text from outside is escaped
  bool operator==(const FileFault&) const = default;
};

/// Who may change or read a file, for the program to warn.
struct FileFacts {
  std::string path;               ///< as it can be opened, with the root in front
  bool is_symbolic_link = false;  ///< the name itself is a link
  unsigned mode = 0;              ///< permission bits; of a link that was not followed 0
  unsigned owner = 0;             ///< user id
  unsigned folder_mode = 0;       ///< permission bits of the folder that holds the name
  unsigned folder_owner = 0;
};

/// True if group or others may write the file, or its folder, in which they could put another one.
bool is_writable_by_others(const FileFacts& facts);
/// True if anybody may read the file.
bool is_readable_by_all(const FileFacts& facts);

struct FileText {
  std::string text;
  FileFacts facts;
};

/// What a path leads to, links followed.
struct FileKind {
  bool is_regular = false;
  unsigned mode = 0;  ///< permission bits
  bool operator==(const FileKind&) const = default;
};
/// True if the kernel could start it: a regular file that somebody may execute.
bool is_program(const FileKind& kind);

/// An entry of a folder.
struct FolderEntry {
  std::string name;
  bool may_be_folder =
      false;  ///< a folder, a link, or of a kind that the file system does not tell
};

/// A folder below another one, with what it holds.
struct SubFolder {
  std::string path;  ///< from where the walk began, without a slash in front: `acme.test/dir`
  std::vector<FolderEntry> entries;

  bool has(const std::string& name) const;
};

/// What is done where the name of a file is a symbolic link.
enum class FinalLink { followed, refused };

/// The files of this machine, or those below another root (an image, a chroot, a backup), from
/// which no link leads out. Nothing but regular files of at most `largest_file_octets` is read
/// (more only by `read_long`), and nothing that could wait (a FIFO) or act (a device) is opened.
class FileTree {
 public:
  /// The files below `root`; below `/` and relative to the current folder if it is empty.
  /// Error: the root is no folder, or the system cannot confine links (Linux before 5.6).
  static Expected<FileTree, FileFault> open(const std::string& root = "");

  FileTree(FileTree&& other) noexcept;
  FileTree(const FileTree&) = delete;
  FileTree& operator=(const FileTree&) = delete;
  FileTree& operator=(FileTree&&) = delete;
  ~FileTree();

  /// Reads a file whole. Empty if there is none.
  Expected<std::optional<FileText>, FileFault> read(const std::string& path,
                                                    FinalLink link = FinalLink::followed) const;

  /// The same for a file that may be longer, or empty.
  Expected<std::optional<FileText>, FileFault> read_long(const std::string& path,
                                                         std::size_t most_octets) const;

  /// What is at the end of the links of `path`. Empty if there is nothing.
  Expected<std::optional<FileKind>, FileFault> see(const std::string& path) const;

  /// Looks at a file without opening it. Empty if there is none.
  Expected<std::optional<FileFacts>, FileFault> look_at(const std::string& path) const;

  /// What a folder holds, sorted by name; nothing if there is no such folder.
  Expected<std::vector<FolderEntry>, FileFault> list(const std::string& path) const;

  /// `path` as it can be opened from outside, with the root in front.
  std::string full_path(const std::string& path) const;

 private:
  FileTree(std::string root, int descriptor);
  int open_at(const std::string& path, int flags) const;
  Expected<std::optional<FileText>, FileFault> read_up_to(std::size_t most_octets,
                                                          bool may_be_empty,
                                                          const std::string& path,
                                                          FinalLink link) const;
  FileFault fault(const std::string& path, const std::string& why) const;

  std::string root_;
  int descriptor_;  ///< of the root; AT_FDCWD where links need not be confined
};

}  // namespace persist::clients
