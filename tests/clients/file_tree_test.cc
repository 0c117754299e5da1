// F11 to F13: files that are not what they should be, or that others may change. S16: links that
// lead out of a root.
#include "clients/file_tree.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ostream>

#include "support/temporary_folder.h"

namespace persist::clients {
namespace {

using persist::testing::TemporaryFolder;

/// What reading gives: the text, `absent`, or why not.
std::string outcome(const FileTree& tree, const std::string& path) {
  const auto file = tree.read(path);
  if (!file) return "fault: " + file.error().why;
  return *file ? (*file)->text : "absent";
}

struct Case {
  std::string name;
  void (*make)(const TemporaryFolder& folder);  ///< makes `file`
  std::string want;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const Case cases[] = {
    {"plain", [](const TemporaryFolder& in) { in.write("file", "text"); }, "text"},
    {"link", [](const TemporaryFolder& in) { in.write("a/b", "text"), in.link("file", "a/b"); },
     "text"},
    {"link_in_the_path",
     [](const TemporaryFolder& in) {
       in.write("a/b", "text"), in.link("c", "a"), in.link("file", "c/b");
     },
     "text"},
    {"absent", [](const TemporaryFolder&) {}, "absent"},
    {"dangling_link", [](const TemporaryFolder& in) { in.link("file", "gone"); }, "absent"},
    {"link_to_itself", [](const TemporaryFolder& in) { in.link("file", "file"); },
     "fault: cannot be opened: Too many levels of symbolic links"},
    {"empty", [](const TemporaryFolder& in) { in.write("file", ""); }, "fault: is empty"},
    {"folder", [](const TemporaryFolder& in) { in.write("file/x", "text"); },
     "fault: is a directory, not a file"},
    {"fifo", [](const TemporaryFolder& in) { ASSERT_EQ(::mkfifo((in / "file").c_str(), 0600), 0); },
     "fault: is a FIFO, not a regular file"},
    {"device", [](const TemporaryFolder& in) { in.link("file", "/dev/zero"); },
     "fault: is a device, not a regular file"},
    {"largest",
     [](const TemporaryFolder& in) { in.write("file", std::string(largest_file_octets, 'x')); },
     std::string(largest_file_octets, 'x')},
    {"one_octet_too_many",
     [](const TemporaryFolder& in) { in.write("file", std::string(largest_file_octets + 1, 'x')); },
     "fault: has more than 65536 octets"},
    {"gigabyte",
     [](const TemporaryFolder& in) {
       in.write("file", "x");
       std::filesystem::resize_file(in / "file", 1U << 30U);
     },
     "fault: has more than 65536 octets"},
};

class FileKind : public ::testing::TestWithParam<Case> {};

TEST_P(FileKind, F12_IsReadOrRefused) {
  const TemporaryFolder folder;
  GetParam().make(folder);
  EXPECT_EQ(outcome(*FileTree::open(), folder / "file"), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, FileKind, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

/// Root may read any file: while this lives, this process is somebody else.
class WithoutRights {
 public:
  WithoutRights() : user_(::geteuid()) { EXPECT_TRUE(user_ != 0 || ::seteuid(nobody) == 0); }
  ~WithoutRights() { EXPECT_TRUE(user_ != 0 || ::seteuid(user_) == 0); }
  WithoutRights(const WithoutRights&) = delete;
  WithoutRights& operator=(const WithoutRights&) = delete;

 private:
  static constexpr uid_t nobody = 65'534;
  uid_t user_;
};

TEST(FileTree, F12_SaysThatAFileMayNotBeRead) {
  const TemporaryFolder folder;
  folder.write("file", "text");
  folder.set_mode("file", 0);
  const WithoutRights rights;
  EXPECT_EQ(outcome(*FileTree::open(), folder / "file"),
            "fault: cannot be opened: Permission denied");
}

struct ModeCase {
  std::string name;
  unsigned mode;
  unsigned folder_mode;
  bool writable_by_others;
  bool readable_by_all;
  friend void PrintTo(const ModeCase& row, std::ostream* out) { *out << row.name; }
};

const ModeCase mode_cases[] = {
    {"own", 0600, 0700, false, false},
    {"as_certbot_writes", 0644, 0700, false, true},
    {"without_any_right", 0000, 0700, false, false},
    {"group_may_read", 0640, 0750, false, false},
    {"group_may_write", 0660, 0700, true, false},
    {"others_may_write", 0602, 0700, true, false},
    {"group_may_write_the_folder", 0600, 0770, true, false},
    {"others_may_write_the_folder", 0600, 0707, true, false},
    {"sticky_folder_of_all", 0600, 01777, true, false},
};

class FileMode : public ::testing::TestWithParam<ModeCase> {};

TEST_P(FileMode, F11_F13_IsToldWithoutOpening) {
  const TemporaryFolder folder;
  folder.write("in/key", "text");
  folder.set_mode("in/key", GetParam().mode);
  folder.set_mode("in", GetParam().folder_mode);
  const auto facts = FileTree::open()->look_at(folder / "in/key").value();
  ASSERT_TRUE(facts.has_value());
  EXPECT_EQ(facts->mode, GetParam().mode);
  EXPECT_EQ(facts->folder_mode, GetParam().folder_mode);
  EXPECT_EQ(facts->owner, ::geteuid());
  EXPECT_EQ(facts->folder_owner, ::geteuid());
  EXPECT_FALSE(facts->is_symbolic_link);
  EXPECT_EQ(is_writable_by_others(*facts), GetParam().writable_by_others);
  EXPECT_EQ(is_readable_by_all(*facts), GetParam().readable_by_all);
}

INSTANTIATE_TEST_SUITE_P(Table, FileMode, ::testing::ValuesIn(mode_cases),
                         [](const auto& row) { return row.param.name; });

TEST(FileTree, F12_TellsThatAFileIsALink) {
  const TemporaryFolder folder;
  folder.write("a", "text");
  folder.set_mode("a", 0640);
  folder.link("b", "a");
  const FileTree tree = *FileTree::open();
  const auto key = tree.look_at(folder / "b").value();
  EXPECT_TRUE(key->is_symbolic_link);
  EXPECT_EQ(key->mode, 0U);
  const auto account = tree.read(folder / "b").value();
  EXPECT_TRUE(account->facts.is_symbolic_link);
  EXPECT_EQ(account->facts.mode, 0640U);
}

TEST(FileTree, ReadsLongAndEmptyFilesUpToABound) {
  const TemporaryFolder folder;
  const std::string text(3 * largest_file_octets + 1, 'x');
  folder.write("long", text);
  folder.write("empty", "");
  const auto tree = FileTree::open(folder.path());
  ASSERT_TRUE(tree);
  const auto whole = tree->read_long("long", text.size());
  ASSERT_TRUE(whole && *whole);
  EXPECT_EQ((*whole)->text, text);
  const auto cut = tree->read_long("long", text.size() - 1);
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().why, "has more than 196608 octets");
  const auto empty = tree->read_long("empty", 1);
  ASSERT_TRUE(empty && *empty);
  EXPECT_EQ((*empty)->text, "");
  const auto absent = tree->read_long("absent", 1);
  EXPECT_TRUE(absent && !*absent);
  EXPECT_FALSE(tree->read_long(".", 1));
}

TEST(FileTree, SeesWhatIsBehindLinks) {
  const TemporaryFolder folder;
  folder.write("program", "x");
  folder.set_mode("program", 0750);
  folder.link("link", "program");
  folder.link("out", "/bin/sh");
  const auto tree = FileTree::open(folder.path());
  ASSERT_TRUE(tree);
  const auto seen = tree->see("link");
  ASSERT_TRUE(seen && *seen);
  EXPECT_TRUE((*seen)->is_regular);
  EXPECT_EQ((*seen)->mode, 0750U);
  EXPECT_TRUE(is_program(**seen));
  EXPECT_FALSE(is_program({.is_regular = true, .mode = 0644}));
  const auto top = tree->see("/");
  ASSERT_TRUE(top && *top);
  EXPECT_FALSE(is_program(**top));
  for (const char* const path : {"out", "absent", "program/x"}) {
    const auto nothing = tree->see(path);
    EXPECT_TRUE(nothing && !*nothing) << path;
  }
}

TEST(FileTree, ListsByNameAndTellsFolders) {
  const TemporaryFolder folder;
  for (const char* name : {"b/x", "a/x"}) folder.write(name, "text");
  folder.write("c", "text");
  folder.link("d", "a");
  const auto entries = FileTree::open()->list(folder.path());
  std::string got;
  for (const FolderEntry& entry : *entries) {
    got += entry.name + (entry.may_be_folder ? "/ " : " ");
  }
  EXPECT_EQ(got, "a/ b/ c d/ ");
  EXPECT_TRUE(FileTree::open()->list(folder / "none").value().empty());
  EXPECT_TRUE(FileTree::open()->list(folder / "c").value().empty());
}

TEST(FileTree, SaysThatARootIsMissing) {
  const TemporaryFolder folder;
  const auto tree = FileTree::open(folder / "gone");
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().path, folder / "gone");
  EXPECT_EQ(tree.error().why, "cannot be opened: No such file or directory");
}

struct RootCase {
  std::string name;
  std::string target;
  std::string want;
  friend void PrintTo(const RootCase& row, std::ostream* out) { *out << row.name; }
};

const RootCase root_cases[] = {
    {"absolute", "/inside", "good"},
    {"absolute_and_outside", "/etc/passwd", "absent"},
    {"relative", "../inside", "good"},
    {"up_and_out", "../../../../../../etc/passwd", "absent"},
    {"up_beside_the_root", "../../outside", "absent"},
};

class Root : public ::testing::TestWithParam<RootCase> {};

TEST_P(Root, S16_NoLinkLeadsOut) {
  const TemporaryFolder folder;
  folder.write("outside", "bad");
  folder.write("root/inside", "good");
  folder.link("root/sub/link", GetParam().target);
  const auto tree = FileTree::open(folder / "root/");
  if (!tree) GTEST_SKIP() << tree.error().why;
  EXPECT_EQ(outcome(*tree, "/sub/link"), GetParam().want);
  EXPECT_EQ(tree->full_path("/sub/link"), folder / "root/sub/link");
  EXPECT_EQ(tree->full_path("sub"), folder / "root/sub");
}

INSTANTIATE_TEST_SUITE_P(Table, Root, ::testing::ValuesIn(root_cases),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace persist::clients
