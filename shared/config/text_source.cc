#include "config/text_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>
#include <system_error>

namespace persist::config {
namespace {

Fault system_fault(std::string_view what, int error) {
  return {.message = std::string(what) + ": " + std::generic_category().message(error)};
}

class StringSource : public TextSource {
 public:
  explicit StringSource(std::string text) : text_(std::move(text)) {}
  Expected<std::size_t, Fault> read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), text_.size() - at_);
    std::memcpy(buffer.data(), text_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

/// Reads from a descriptor, whether it blocks or not; a signal does not end it.
Expected<std::size_t, Fault> read_some(int descriptor, std::span<char> buffer) {
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EAGAIN) {
      pollfd wait{.fd = descriptor, .events = POLLIN, .revents = 0};
      ::poll(&wait, 1, -1);
    } else if (errno != EINTR) {
      return Unexpected(system_fault("cannot be read", errno));
    }
  }
}

class StandardInput : public TextSource {
 public:
  Expected<std::size_t, Fault> read(std::span<char> buffer) override {
    return read_some(STDIN_FILENO, buffer);
  }
};

class FileSource : public TextSource {
 public:
  FileSource(int descriptor, const struct stat& opened)
      : descriptor_(descriptor), opened_(opened) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override { ::close(descriptor_); }

  Expected<std::size_t, Fault> read(std::span<char> buffer) override {
    auto count = read_some(descriptor_, buffer);
    if (count && *count == 0 && has_changed()) {
      return Unexpected(Fault{.message = "the file was changed while it was read"});
    }
    return count;
  }

 private:
  bool has_changed() const {
    struct stat now {};
    return ::fstat(descriptor_, &now) != 0 || now.st_size != opened_.st_size ||
           now.st_mtim.tv_sec != opened_.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != opened_.st_mtim.tv_nsec;
  }

  int descriptor_;
  struct stat opened_;
};

/// Anything but a regular file, in words; null for one.
const char* kind_of_special(mode_t mode) {
  if (S_ISREG(mode)) return nullptr;
  if (S_ISDIR(mode)) return "is a directory, not a file";
  if (S_ISFIFO(mode)) return "is a FIFO, not a regular file";
  if (S_ISSOCK(mode)) return "is a socket, not a regular file";
  return "is a device, not a regular file";
}

std::optional<Fault> check_kind(mode_t mode) {
  const char* const kind = kind_of_special(mode);
  if (kind == nullptr) return {};
  return Fault{.message = kind,
               .hint = S_ISDIR(mode) ? "" : "give - as the file and redirect to it"};
}

std::optional<std::string> real_path(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> real(::realpath(path.c_str(), nullptr), std::free);
  if (!real) return {};
  return std::string(real.get());
}

bool is_link_out_of_its_folder(const std::string& path) {
  struct stat link {};
  if (::lstat(path.c_str(), &link) != 0 || !S_ISLNK(link.st_mode)) return false;
  const std::size_t slash = path.rfind('/');
  auto folder = real_path(slash == std::string::npos ? "." : path.substr(0, slash + 1));
  const auto target = real_path(path);
  if (!folder || !target) return true;
  if (folder->back() != '/') *folder += '/';
  return target->compare(0, folder->size(), *folder) != 0;
}

}  // namespace

std::unique_ptr<TextSource> make_source(std::string text) {
  return std::make_unique<StringSource>(std::move(text));
}

Expected<std::unique_ptr<TextSource>, Fault> open_source(const std::string& path) {
  if (path == "-") return std::unique_ptr<TextSource>(std::make_unique<StandardInput>());
  struct stat status {};
  // Looked at before it is opened, because opening a device can do something; and again, to be
  // sure, after.
  if (::stat(path.c_str(), &status) != 0)
    return Unexpected(system_fault("cannot be opened", errno));
  if (auto fault = check_kind(status.st_mode)) return Unexpected(*std::move(fault));
  if (is_link_out_of_its_folder(path)) {
    return Unexpected(Fault{.message = "is a symbolic link that leads out of its folder",
                            .hint = "give the path of the file itself"});
  }
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) return Unexpected(system_fault("cannot be opened", errno));
  if (::fstat(descriptor, &status) != 0) status = {};
  std::unique_ptr<TextSource> source = std::make_unique<FileSource>(descriptor, status);
  if (auto fault = check_kind(status.st_mode)) return Unexpected(*std::move(fault));
  return source;
}

}  // namespace persist::config
