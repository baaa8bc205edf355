#include "reading/isolation/failures.h"

#include "base/hash.h"

namespace jiheng::reading {
namespace {

Document failed(std::string_view bytes, std::string name, std::string code, std::string message) {
  Document document;
  document.file = std::move(name);
  document.sha256 = sha256_hex(bytes);
  document.error = Document::Failure{std::move(code), std::move(message)};
  return document;
}

}  // namespace

Document given_up(std::string_view bytes, std::string name) {
  return failed(bytes, std::move(name), "reader-gave-up",
                "这个文件读不下去：内容异常，耗费的内存或时间太多。请用 Word 或 Excel 打开后另存一份再试。");
}

Document reader_unavailable(std::string_view bytes, std::string name) {
  return failed(bytes, std::move(name), "reader-unavailable",
                "读文档的进程起不来：系统不许程序把自己关进隔离（seccomp），或内存不够。请换一台机器或找技术人员。");
}

}  // namespace jiheng::reading
