#include "desks/people/bureau_key.h"

#include <filesystem>
#include <set>

#include "access/accounts.h"
#include "access/key_file.h"

namespace jiheng::desks {
namespace {

using Key = std::shared_ptr<const access::SecretKey>;

/// The ids of the keys that what is stored was sealed with; one, unless somebody mixed them.
std::set<std::string> wanted_keys(registry::Registry& registry) {
  std::set<std::string> ids;
  for (const access::Account& each : access::list_accounts(*registry.store().read(), registry.tenant())) {
    for (const auto& stored : {each.password, each.totp}) {
      if (stored && access::is_sealed(*stored)) ids.emplace(access::key_of_sealed(*stored));
    }
  }
  return ids;
}

/// The error with what is to be done about it; `wanted`: "" where nothing is sealed yet.
Error advised(Error error, const std::string& path, const std::string& wanted) {
  if (error.code == "key-open" || error.code == "key-unwritable") return error;
  if (wanted.empty()) {
    error.message += "还没有什么是用它加密的：请把它移开，绩衡启动时会另建一个。";
    return error;
  }
  error.message += "登录密码和动态码是用编号为" + wanted + "的密钥加密保存的，没有它谁也不能登录，其他数据不受影响。";
  const std::string former = path_of_former_key(path, wanted);
  std::error_code failed;
  if (std::filesystem::exists(former, failed)) error.message += "这个密钥就在“" + former + "”。";
  error.message += "请把另外保存的密钥文件放回“" + path +
                   "”（权限600，属于运行绩衡的用户），或用 --key 写明它在哪里。确实找不回来，就运行 jiheng admin key "
                   "new：换一个新密钥，打不开的密码和动态码作废，给出管理员的一次性链接，其他都不变。";
  return error;
}

Result<Key> fitting(Result<Key> key, const std::set<std::string>& wanted, const std::string& path) {
  if (!key) return advised(key.error(), path, wanted.empty() ? std::string() : *wanted.begin());
  for (const std::string& id : wanted) {
    if (id != (*key)->id())
      return advised({"key-wrong", "密钥文件“" + path + "”不是这个数据库的：它的编号是" + (*key)->id() + "。", {}}, path, id);
  }
  return key;
}

}  // namespace

std::string key_path(const registry::Registry& registry, const std::string& named) {
  return named.empty() ? registry.data_folder() + "/secret.key" : named;
}

Result<Key> open_key(registry::Registry& registry, const std::string& path) {
  const auto wanted = wanted_keys(registry);
  auto key = access::read_key(path);
  if (!key && key.error().code == "key-missing" && wanted.empty()) key = access::make_key(path);
  return fitting(std::move(key), wanted, path);
}

std::optional<Error> trouble_with_key(registry::Registry& registry, const std::string& path) {
  const auto wanted = wanted_keys(registry);
  if (wanted.empty()) return std::nullopt;
  const auto key = fitting(access::read_key(path), wanted, path);
  return key ? std::nullopt : std::optional(key.error());
}

std::string path_of_former_key(const std::string& path, std::string_view id) {
  return path + "." + std::string(id);
}

}  // namespace jiheng::desks
