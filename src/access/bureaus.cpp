#include "access/bureaus.h"

#include <algorithm>

#include "base/text.h"

namespace jiheng::access {
namespace {

constexpr std::size_t longest_code = 32;
constexpr std::size_t longest_name = 120;           // bytes
constexpr std::string_view first_tenant = "local";  ///< of the bureau that is there from the start

bool is_code(std::string_view code) {
  return code.size() >= 2 && code.size() <= longest_code && code != first_tenant && code.front() != '-' &&
         std::all_of(code.begin(), code.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace

Result<Done> add_bureau(store::Connection& connection, const Bureau& bureau) {
  if (!is_code(bureau.code)) return Error{"invalid-bureau", "财政局的编码应是2到32个字母、数字或 -，例如行政区划代码。", {"code"}};
  if (trim(bureau.name).empty() || bureau.name.size() > longest_name || !is_valid_utf8(bureau.name))
    return Error{"invalid-bureau", "请写明财政局的名称（不超过40个字）。", {"name"}};
  if (find_bureau(connection, bureau.code)) return Error{"bureau-exists", "编码“" + bureau.code + "”已有财政局在用。", {bureau.code}};
  connection.run("INSERT INTO bureaus (code, name, made_at) VALUES (?, ?, ?)", {bureau.code, trim(bureau.name), bureau.made_at});
  return Done{};
}

std::vector<Bureau> list_bureaus(store::Connection& connection) {
  std::vector<Bureau> found;
  connection.query("SELECT code, name, made_at FROM bureaus ORDER BY code", {},
                   [&](const store::Row& row) { found.push_back({row.string(0), row.string(1), row.string(2)}); });
  return found;
}

std::optional<Bureau> find_bureau(store::Connection& connection, std::string_view code) {
  std::optional<Bureau> found;
  connection.query("SELECT code, name, made_at FROM bureaus WHERE code = ?", {code},
                   [&](const store::Row& row) { found = Bureau{row.string(0), row.string(1), row.string(2)}; });
  return found;
}

}  // namespace jiheng::access
