// F11 to F14: a private key is read with care, and what is wrong with its file is said with path
// and mode.
#include "clients/key_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ostream>

#include "support/temporary_folder.h"

namespace persist::clients {
namespace {

using persist::testing::TemporaryFolder;

std::string key_text() {
  return testing::read_file(testing::testdata_folder() / "acme" / "keys" / "ec-p256.pem");
}

const FileTree& tree() {
  static const auto here = FileTree::open();
  return *here;
}

/// `key_type; warning; ...`, or why there is none, behind the folder's path.
std::string outcome(const TemporaryFolder& folder, const std::string& name,
                    const KeyFileRules& rules) {
  const auto file = read_key_file(tree(), folder / name, rules);
  if (!file) {
    const std::string& path = file.error().path;
    return path.substr(folder.path().size() + 1) + ": " + file.error().why;
  }
  std::string text = file->key.key_type();
  for (const std::string& warning : file->warnings) text += "; " + warning;
  return text;
}

struct ModeCase {
  std::string name;
  unsigned mode;
  unsigned folder_mode;
  std::string as_root;
  std::string as_user;
  friend void PrintTo(const ModeCase& row, std::ostream* out) { *out << row.name; }
};

const ModeCase mode_cases[] = {
    {"private_file", 0600, 0700, "EC P-256", "EC P-256"},
    {"read_only", 0400, 0755, "EC P-256", "EC P-256"},
    {"F13_readable_by_group", 0640, 0750, "EC P-256", "EC P-256"},
    {"F13_readable_by_all", 0644, 0755, "EC P-256; may be read by everybody (mode 0644)",
     "EC P-256; may be read by everybody (mode 0644)"},
    {"F11_group_writes", 0620, 0700, "a/key: may be written by others (mode 0620)",
     "EC P-256; may be written by others (mode 0620)"},
    {"F11_others_write", 0602, 0700, "a/key: may be written by others (mode 0602)",
     "EC P-256; may be written by others (mode 0602)"},
    {"F11_group_writes_folder", 0600, 0770,
     "a/key: is in a folder that others may write (mode 0770)",
     "EC P-256; is in a folder that others may write (mode 0770)"},
    {"F11_others_write_folder", 0600, 0707,
     "a/key: is in a folder that others may write (mode 0707)",
     "EC P-256; is in a folder that others may write (mode 0707)"},
    {"F11_sticky_folder", 0600, 01777, "EC P-256", "EC P-256"},
};

class KeyFileMode : public ::testing::TestWithParam<ModeCase> {};

TEST_P(KeyFileMode, IsRefusedToRootAndToldToOthers) {
  const TemporaryFolder folder;
  folder.write("a/key", key_text());
  folder.set_mode("a/key", GetParam().mode);
  folder.set_mode("a", GetParam().folder_mode);
  // Whoever runs the test owns both, root or not.
  EXPECT_EQ(outcome(folder, "a/key", {.user = 0}), GetParam().as_root);
  EXPECT_EQ(outcome(folder, "a/key", {.user = ::geteuid() == 0 ? 1000 : ::geteuid()}),
            GetParam().as_user);
  EXPECT_EQ(outcome(folder, "a/key", {.user = 0, .allows_insecure_permissions = true}),
            GetParam().as_user);
}

INSTANTIATE_TEST_SUITE_P(Table, KeyFileMode, ::testing::ValuesIn(mode_cases),
                         [](const auto& row) { return row.param.name; });

struct OwnerCase {
  std::string name;
  unsigned user;
  unsigned owner;
  unsigned folder_owner;
  std::string want;
  friend void PrintTo(const OwnerCase& row, std::ostream* out) { *out << row.name; }
};

const OwnerCase owner_cases[] = {
    {"all_root", 0, 0, 0, ""},
    {"own_file_in_own_folder", 1000, 1000, 1000, ""},
    {"own_file_in_a_folder_of_root", 1000, 1000, 0, ""},
    {"file_of_root_in_own_folder", 1000, 0, 1000, ""},
    {"as_a_client_with_a_user_of_its_own_has_it", 0, 998, 998, ""},
    {"file_of_another", 0, 998, 0, "belongs to user 998, its folder to user 0"},
    {"folder_of_another", 0, 0, 998, "is in a folder that belongs to user 998"},
    {"two_others", 0, 997, 998, "belongs to user 997, its folder to user 998"},
    {"own_file_in_a_folder_of_another", 1000, 1000, 998, "is in a folder that belongs to user 998"},
};

class KeyFileOwner : public ::testing::TestWithParam<OwnerCase> {};

TEST_P(KeyFileOwner, F11_CouldHavePutAnotherKeyThere) {
  const FileFacts facts{.path = "key",
                        .mode = 0600,
                        .owner = GetParam().owner,
                        .folder_mode = 0755,
                        .folder_owner = GetParam().folder_owner};
  EXPECT_EQ(find_foreign_writer(facts, GetParam().user), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, KeyFileOwner, ::testing::ValuesIn(owner_cases),
                         [](const auto& row) { return row.param.name; });

const KeyFileRules rules{.user = ::geteuid()};

TEST(KeyFile, F12_OtherThanARegularFileIsNotOpened) {
  const TemporaryFolder folder;
  folder.write("key", key_text());
  folder.link("link", "key");
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(outcome(folder, "link", rules), "link: is a symbolic link, which is not followed here");
  EXPECT_EQ(outcome(folder, "fifo", rules), "fifo: is a FIFO, not a regular file");
  EXPECT_EQ(outcome(folder, "absent", rules), "absent: there is no such file");
  folder.link("folder_link", ".");
  EXPECT_EQ(outcome(folder, "folder_link/key", {.user = ::geteuid()}).substr(0, 8), "EC P-256");
}

TEST(KeyFile, F12_SizeIsBounded) {
  const TemporaryFolder folder;
  folder.write("empty", "");
  folder.write("large", std::string(largest_file_octets + 1, '-'));
  EXPECT_EQ(outcome(folder, "empty", rules), "empty: is empty");
  EXPECT_EQ(outcome(folder, "large", rules), "large: has more than 65536 octets");
}

TEST(KeyFile, F12_WhatIsNoKeyIsSaidWithoutItsText) {
  const TemporaryFolder folder;
  folder.write("cut", key_text().substr(0, 120));
  folder.write("secret", "hunter2\n");
  for (const char* name : {"cut", "secret"}) {
    const std::string got = outcome(folder, name, rules);
    EXPECT_EQ(got.substr(0, got.find(':', 10)),
              std::string(name) + ": holds no key that can be used");
    EXPECT_EQ(got.find("hunter2"), std::string::npos);
    EXPECT_EQ(got.find("MIG"), std::string::npos);
  }
}

}  // namespace
}  // namespace persist::clients
