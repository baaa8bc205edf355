#include "access/key_file.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "access/secret.h"
#include "base/write_all.h"

namespace jiheng::access {
namespace {

namespace fs = std::filesystem;

/// Closed at the end.
struct File {
  int number;
  explicit File(int opened) : number(opened) {}
  ~File() {
    if (number >= 0) close(number);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
};

Error unreadable(const std::string& path, const std::string& why) {
  return {"key-unreadable", "读不出密钥文件“" + path + "”：" + why + "。", {}};
}

Error unwritable(const std::string& path, int reason) {
  return {"key-unwritable", "建不了密钥文件“" + path + "”：" + std::strerror(reason) + "。请检查磁盘空间和文件夹权限。", {}};
}

fs::path folder_of(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

/// Made by root for the service: its owner is the folder's, or the service could not read it.
void give_to_owner_of_folder(int file, const fs::path& folder) {
  struct stat about{};
  if (geteuid() == 0 && stat(folder.c_str(), &about) == 0 && about.st_uid != 0 && fchown(file, about.st_uid, about.st_gid) != 0) return;
}

bool make_lasting(const fs::path& folder) {
  const File opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.number >= 0 && fsync(opened.number) == 0;
}

}  // namespace

Result<std::shared_ptr<const SecretKey>> read_key(const std::string& path) {
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number < 0 && (errno == ENOENT || errno == ENOTDIR)) return Error{"key-missing", "找不到密钥文件“" + path + "”。", {}};
  if (file.number < 0) return unreadable(path, std::strerror(errno));
  struct stat about{};
  if (fstat(file.number, &about) != 0) return unreadable(path, std::strerror(errno));
  if (!S_ISREG(about.st_mode)) return unreadable(path, "它不是普通文件");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return Error{"key-open",
                 "密钥文件“" + path + "”别人也能读写。请运行 chmod 600 “" + path +
                     "”；如果可能已经有人看过，再停下服务，运行 jiheng admin key new 换一个。",
                 {}};
  // One byte more than there should be shows a longer file.
  std::array<char, SecretKey::length + 1> bytes{};
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = read(file.number, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(path, std::strerror(errno));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  auto key = SecretKey::of({bytes.data(), size});
  OPENSSL_cleanse(bytes.data(), bytes.size());
  if (key) return key;
  return Error{"key-damaged", "密钥文件“" + path + "”已损坏：应当正好" + std::to_string(SecretKey::length) + "个字节。", {}};
}

Result<std::shared_ptr<const SecretKey>> make_key(const std::string& path) {
  const fs::path folder = folder_of(path);
  std::error_code failed;
  fs::create_directories(folder, failed);
  const std::string beside = path + ".part-" + new_secret().substr(0, 16);
  const auto given_up = [&](int reason) {
    unlink(beside.c_str());
    return unwritable(path, reason);
  };
  {
    const File file(open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.number < 0) return unwritable(path, errno);
    std::string bytes = random_bytes(SecretKey::length);
    const bool written = write_all(file.number, bytes) && fsync(file.number) == 0;
    const int reason = errno;
    OPENSSL_cleanse(bytes.data(), bytes.size());
    if (!written) return given_up(reason);
    give_to_owner_of_folder(file.number, folder);
  }
  // A link, not a renaming: it never takes the place of a key that is there.
  if (link(beside.c_str(), path.c_str()) != 0 && errno != EEXIST) return given_up(errno);
  unlink(beside.c_str());
  if (!make_lasting(folder)) return unwritable(path, errno);
  return read_key(path);
}

}  // namespace jiheng::access
