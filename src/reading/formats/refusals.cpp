#include "base/text.h"
#include "reading/formats/compound_file.h"
#include "reading/formats/detect.h"
#include "reading/zip.h"

namespace jiheng::reading {
namespace {

Error unsupported(std::string what, std::string advice) {
  return {"unsupported-format", "这是" + std::move(what) + "，目前还不能直接读取。请" + std::move(advice) + "再上传。", {}};
}

/// Files that are none of ours, but that people do send under the names of ours.
Error unknown_format(std::string_view bytes) {
  const std::string head = plain_head(bytes, 4096);
  if (contains(head, "schemas.microsoft.com/office/word/2003") || contains(head, "<pkg:package"))
    return unsupported("Word的XML文档", "用Word或WPS打开，另存为docx");
  return {"unknown-format",
          "认不出文件的格式。能读取的有：Word文档（docx、doc、wps、rtf）、Excel表格（xlsx、xls、et）、PDF、OFD、网页（html）和文本（txt、cs"
          "v、tsv）。"
          "请另存为其中一种再上传。",
          {}};
}

/// Zip files that are documents of other programs, and those that are just zip files.
Error unsupported_zip(const ZipArchive& archive) {
  if (archive.find("xl/workbook.bin") != nullptr) return unsupported("Excel二进制工作簿（xlsb）", "用Excel打开，另存为xlsx");
  if (archive.find("ppt/presentation.xml") != nullptr) return unsupported("PowerPoint演示文稿", "上传其中表格的Word或Excel原件");
  if (archive.find("content.xml") != nullptr) return unsupported("OpenDocument文件（odt、ods）", "另存为docx或xlsx");
  return unsupported("压缩包", "先解压，把里面的表格文件逐个");
}

Error encrypted_package() {
  return {"encrypted", "文件加了打开密码，无法读取。请在Word或Excel里取消密码，另存一份再上传。", {}};
}

}  // namespace

Error refusal(std::string_view bytes, Format format, const Limits& limits) {
  if (is_compound_file(bytes) && mentions_stream(bytes, "EncryptedPackage")) return encrypted_package();
  if (is_compound_file(bytes)) {
    if (const auto file = CompoundFile::open(bytes); !file) return file.error();
  }
  switch (format) {
    case Format::zip: {
      const auto archive = ZipArchive::open(bytes, limits);
      return archive ? unsupported_zip(*archive) : archive.error();
    }
    default:
      return unknown_format(bytes);
  }
}

}  // namespace jiheng::reading
