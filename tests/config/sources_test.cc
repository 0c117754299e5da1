#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <filesystem>

#include "child.h"
#include "printing.h"
#include "temporary_folder.h"

namespace persist::config {
namespace {

constexpr const char* list = "domains:\n- a.example\n";

std::string open_error(const std::string& path) {
  return error_of(InventoryReader::open(path, ListFormat::yaml));
}

/// What reading gives with `descriptor` as standard input.
std::string read_standard_input(int descriptor) {
  return run_in_child([descriptor] {
           if (descriptor < 0) {
             close(STDIN_FILENO);
           } else {
             dup2(descriptor, STDIN_FILENO);
           }
           return read_all(InventoryReader::open("-", ListFormat::names));
         })
      .text;
}

TEST(Y16_Source, RegularFileIsRead) {
  const TemporaryFolder folder;
  EXPECT_EQ(open_error(folder.write("list.yaml", list)), "");
}

TEST(Y16_Source, DirectoryIsRefused) {
  const TemporaryFolder folder;
  EXPECT_EQ(open_error(folder / ""), folder / "" + ": error: is a directory, not a file\n");
}

TEST(Y16_Source, FifoIsRefusedAtOnce) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(open_error(folder / "fifo"), folder / "fifo" +
                                             ": error: is a FIFO, not a regular file\n" +
                                             "hint: give - as the file and redirect to it\n");
}

TEST(Y16_Source, DeviceIsRefused) {
  EXPECT_EQ(open_error("/dev/zero"),
            "/dev/zero: error: is a device, not a regular file\nhint: give - as the file and "
            "redirect to it\n");
}

TEST(Y16_Source, SocketIsRefused) {
  const TemporaryFolder folder;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = folder / "socket";
  ASSERT_LT(path.size(), sizeof(address.sun_path));
  std::copy(path.begin(), path.end(), address.sun_path);
  const int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the interface of bind
  ASSERT_EQ(bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  EXPECT_EQ(open_error(path), path + ": error: is a socket, not a regular file\n" +
                                  "hint: give - as the file and redirect to it\n");
  close(descriptor);
}

TEST(Y16_Source, MissingFileIsNamed) {
  EXPECT_EQ(open_error("/nonexistent/list.yaml"),
            "/nonexistent/list.yaml: error: cannot be opened: No such file or directory\n");
}

TEST(Y16_Source, FileNameIsEscaped) {
  EXPECT_EQ(open_error("::error::\x1B[2J"),
            "\\x3a:error\\x3a:\\x1b[2J: error: cannot be opened: No such file or directory\n");
}

TEST(Y16_Source, UnreadableFileIsRefused) {
  const TemporaryFolder folder;
  const std::string path = folder.write("list.yaml", list);
  ASSERT_EQ(chmod(path.c_str(), 0), 0);
  ASSERT_EQ(chmod((folder / "").c_str(), 0755), 0);
  const ChildResult result = run_in_child([&path] {
    if (geteuid() == 0 && setuid(65'534) != 0) return std::string("cannot give up rights");
    return open_error(path);
  });
  EXPECT_EQ(result.text, path + ": error: cannot be opened: Permission denied\n");
}

TEST(Y16_Source, FileThatVanishesIsReadToItsEnd) {
  const TemporaryFolder folder;
  const std::string path = folder.write("list.yaml", list);
  auto reader = InventoryReader::open(path, ListFormat::yaml);
  std::filesystem::remove(path);
  EXPECT_EQ(error_of(std::move(reader)), "");
}

TEST(Y16_Source, FileThatGrowsWhileReadIsRefused) {
  const TemporaryFolder folder;
  std::string text = "domains:\n";
  for (int i = 0; i < 20'000; ++i) text += "- a.example\n";
  const std::string path = folder.write("list.yaml", text);
  auto reader = InventoryReader::open(path, ListFormat::yaml);
  std::ofstream(path, std::ios::app) << "- b.example\n";
  EXPECT_EQ(error_of(std::move(reader)),
            path + ": error: the file was changed while it was read\n");
}

TEST(Y16_Source, FileThatIsCutWhileReadIsRefused) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "a.example\n";
  const std::string path = folder.write("names", text);
  auto reader = InventoryReader::open(path, ListFormat::names);
  ASSERT_TRUE(reader);
  ASSERT_TRUE(reader->next());
  std::filesystem::resize_file(path, 65'540);
  EXPECT_EQ(error_of(std::move(reader)),
            path + ": error: the file was changed while it was read\n");
}

TEST(S11_SymbolicLink, OutOfItsFolderIsRefused) {
  const TemporaryFolder secrets;
  const TemporaryFolder folder;
  secrets.write("key", "-----BEGIN PRIVATE KEY-----\n");
  std::filesystem::create_symlink(secrets / "key", folder / "domains.yaml");
  EXPECT_EQ(open_error(folder / "domains.yaml"),
            folder / "domains.yaml" + ": error: is a symbolic link that leads out of its folder\n" +
                "hint: give the path of the file itself\n");
}

TEST(S11_SymbolicLink, InItsFolderIsFollowed) {
  const TemporaryFolder folder;  // as Kubernetes mounts a ConfigMap
  std::filesystem::create_directory(folder / "..data_1");
  folder.write("..data_1/domains.yaml", list);
  std::filesystem::create_symlink("..data_1", folder / "..data");
  std::filesystem::create_symlink("..data/domains.yaml", folder / "domains.yaml");
  EXPECT_EQ(open_error(folder / "domains.yaml"), "");
}

TEST(S11_SymbolicLink, ToASiblingWithTheSamePrefixIsRefused) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "lists");
  std::filesystem::create_directory(folder / "lists-private");
  folder.write("lists-private/key", list);
  std::filesystem::create_symlink("../lists-private/key", folder / "lists/domains.yaml");
  EXPECT_EQ(open_error(folder / "lists/domains.yaml"),
            folder / "lists/domains.yaml" +
                ": error: is a symbolic link that leads out of its folder\n" +
                "hint: give the path of the file itself\n");
}

const std::string head = "defaults: ca= accounts= warn_before=30d\nalias_targets: \n";

TEST(Y16_StandardInput, PipeIsRead) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  ASSERT_EQ(write(ends[1], "a.example\n", 10), 10);
  close(ends[1]);
  EXPECT_EQ(read_standard_input(ends[0]), head + "1:1: a.example\n");
  close(ends[0]);
}

TEST(Y16_StandardInput, PipeThatDoesNotBlockIsWaitedFor) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_NONBLOCK), 0);
  const pid_t writer = fork();
  if (writer == 0) {
    // The reader is most likely waiting by now; the test holds if it is not.
    poll(nullptr, 0, 50);
    _exit(write(ends[1], "a.example\n", 10) == 10 ? 0 : 1);
  }
  close(ends[1]);
  EXPECT_EQ(read_standard_input(ends[0]), head + "1:1: a.example\n");
  waitpid(writer, nullptr, 0);
  close(ends[0]);
}

TEST(Y16_StandardInput, ClosedIsAnError) {
  EXPECT_EQ(read_standard_input(-1), head + "-: error: cannot be read: Bad file descriptor\n");
}

TEST(Y16_StandardInput, DirectoryIsAnError) {
  const int descriptor = open("/", O_RDONLY);
  EXPECT_EQ(read_standard_input(descriptor), head + "-: error: cannot be read: Is a directory\n");
  close(descriptor);
}

}  // namespace
}  // namespace persist::config
