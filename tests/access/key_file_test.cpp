#include "access/key_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <set>
#include <vector>

namespace jiheng::access {
namespace {

namespace fs = std::filesystem;

class KeyFile : public testing::Test {
 protected:
  KeyFile() {
    std::string name = (fs::temp_directory_path() / "jiheng-key-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~KeyFile() override { fs::remove_all(folder_); }

  std::string path(const char* name = "secret.key") const { return (folder_ / name).string(); }
  static std::string code(const Result<std::shared_ptr<const SecretKey>>& key) { return key ? (*key)->id() : key.error().code; }
  static std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void put(const std::string& bytes, mode_t mode = 0600) const {
    std::ofstream(path(), std::ios::binary) << bytes;
    ::chmod(path().c_str(), mode);
  }

  fs::path folder_;
};

TEST_F(KeyFile, IsMadeOnceForItsOwnerAloneAndNeverOverwritten) {
  EXPECT_EQ(code(read_key(path())), "key-missing");
  const auto made = make_key((folder_ / "data" / "secret.key").string());
  ASSERT_TRUE(made.ok()) << made.error().message;
  const std::string where = (folder_ / "data" / "secret.key").string();
  struct stat about{};
  ASSERT_EQ(::stat(where.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 07777, 0600U);
  const std::string bytes = bytes_of(where);
  EXPECT_EQ(bytes.size(), 32U);
  EXPECT_EQ(code(make_key(where)), (*made)->id());
  EXPECT_EQ(bytes_of(where), bytes);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "data"), {}), 1) << "nothing is left beside it";
  EXPECT_NE(code(make_key(path())), (*made)->id()) << "each is another";
}

TEST_F(KeyFile, ManyWhoMakeItAtOnceGetTheSame) {
  std::vector<std::future<std::string>> asked;
  for (int i = 0; i < 8; ++i) asked.push_back(std::async(std::launch::async, [this] { return code(make_key(path())); }));
  std::set<std::string> ids;
  for (auto& each : asked) ids.insert(each.get());
  EXPECT_EQ(ids.size(), 1U);
  EXPECT_EQ(*ids.begin(), code(read_key(path())));
}

TEST_F(KeyFile, OfAnotherLengthIsDamaged) {
  for (const std::size_t size : {0, 1, 31, 33, 5000}) {
    put(std::string(size, 'k'));
    EXPECT_EQ(code(read_key(path())), "key-damaged") << size;
  }
  EXPECT_EQ(code(make_key(path())), "key-damaged") << "nor does a new one take its place";
}

TEST_F(KeyFile, ThatOthersMayReadOrWriteIsRefused) {
  for (const mode_t mode : {0640, 0604, 0644, 0620, 0602, 0610, 0601}) {
    put(std::string(32, 'k'), mode);
    EXPECT_EQ(code(read_key(path())), "key-open") << std::oct << mode;
  }
  put(std::string(32, 'k'), 0400);
  EXPECT_TRUE(read_key(path()).ok());
}

TEST_F(KeyFile, WhatIsNoFileIsUnreadableAndKeepsNobodyWaiting) {
  fs::create_directory(path());
  EXPECT_EQ(code(read_key(path())), "key-unreadable");
  const std::string pipe = path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(code(read_key(pipe)), "key-unreadable");
  EXPECT_EQ(code(make_key(path("pipe") + "/secret.key")), "key-unwritable");
}

}  // namespace
}  // namespace jiheng::access
