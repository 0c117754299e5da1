#pragma once

#include <filesystem>
#include <string>

namespace persist::testing {

/// The top of the source tree. Only files.cc knows where it is: the other test objects are the same
/// in every checkout, so that a compiler cache serves them all.
std::filesystem::path source_folder();
/// tests/testdata of the source tree.
std::filesystem::path testdata_folder();
/// The octets of a file; a failed expectation and nothing if it cannot be read.
std::string read_file(const std::filesystem::path& path);
/// Compares with tests/testdata/<file>; PERSIST_UPDATE_GOLDEN=1 writes the file instead.
void expect_golden(const std::string& file, const std::string& got);

}  // namespace persist::testing
