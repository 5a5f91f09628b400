#include "app/backup_archive.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "base/random.h"

namespace hinomi::app {
namespace {

namespace fs = std::filesystem;

class BackupArchive : public testing::Test {
 protected:
  BackupArchive() {
    SystemRandom random;
    folder_ = fs::temp_directory_path() / ("hinomi-archive-" + random.speakable(12));
    fs::create_directories(folder_ / "in" / "keys");
    write("in/hinomi.db", std::string(1'200'000, 'd') + "end");
    write("in/keys/signing.key", "seed");
  }
  ~BackupArchive() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] std::string text(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  Status make() {
    return write_archive(path("archive"),
                         {{"hinomi.db", path("in/hinomi.db")}, {"keys/signing.key", path("in/keys/signing.key")}},
                         Instant{});
  }

  fs::path folder_;
};

TEST_F(BackupArchive, GivesBackWhatItTook) {
  ASSERT_TRUE(make().ok());
  const auto summary = unpack_archive(path("archive"), path("out"));
  ASSERT_TRUE(summary.ok()) << summary.error().detail;
  EXPECT_EQ(summary->files, 2U);
  EXPECT_EQ(text("out/hinomi.db"), text("in/hinomi.db"));
  EXPECT_EQ(text("out/keys/signing.key"), "seed");
}

TEST_F(BackupArchive, IsForItsOwnerOnly) {
  ASSERT_TRUE(make().ok());
  EXPECT_EQ(fs::status(path("archive")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(BackupArchive, NoBytePassesUnnoticed) {
  ASSERT_TRUE(make().ok());
  const std::string whole = text("archive");
  std::vector<std::size_t> places{whole.size() - 1, whole.size() / 2};
  for (std::size_t i = 0; i < 400; i += 3) places.push_back(i);
  for (const std::size_t place : places) {
    std::string damaged = whole;
    damaged[place] ^= 1;
    write("damaged", damaged);
    EXPECT_FALSE(verify_archive(path("damaged")).ok()) << "byte " << place;
  }
}

TEST_F(BackupArchive, WhatIsCutOffOrGrownIsDamaged) {
  ASSERT_TRUE(make().ok());
  const std::string whole = text("archive");
  for (const std::size_t length : {std::size_t{0}, std::size_t{20}, std::size_t{300}, whole.size() - 1}) {
    write("damaged", whole.substr(0, length));
    EXPECT_FALSE(verify_archive(path("damaged")).ok()) << length << " bytes";
  }
  write("damaged", whole + "x");
  EXPECT_FALSE(verify_archive(path("damaged")).ok());
}

TEST_F(BackupArchive, NeverReplacesAFile) {
  write("archive", "precious");
  const Status made = make();
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, "backup.exists");
  EXPECT_EQ(text("archive"), "precious");
}

// A manifest with a right hash of its own, as somebody hostile would write it.
TEST_F(BackupArchive, WritesOnlyNamesThatABackupHolds) {
  const std::string manifest =
      R"({"schema":"hinomi.backup.v1","created":"2026-11-22T00:00:00.000000Z","files":[{"name":"../escaped","bytes":0,"sha256":")" +
      to_hex(sha256("")) + R"("}]})";
  std::string length = to_hex(Bytes{0, 0, 0, 0, 0, 0, static_cast<std::uint8_t>(manifest.size() >> 8),
                                    static_cast<std::uint8_t>(manifest.size())});
  write("hostile", "hinomi-backup 1\n" + to_hex(sha256(manifest)) + length + "\n" + manifest);
  fs::create_directories(path("out"));
  const auto unpacked = unpack_archive(path("hostile"), path("out"));
  ASSERT_FALSE(unpacked.ok());
  EXPECT_EQ(unpacked.error().code, "backup.damaged");
  EXPECT_FALSE(fs::exists(path("escaped")));
}

}  // namespace
}  // namespace hinomi::app
