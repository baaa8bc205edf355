#include "app/full/document_reader.h"

#include <filesystem>

#include "app/tesseract.h"
#include "reading/isolation/scan_worker.h"

namespace jiheng::app {
namespace {

std::string light_program() {
  std::error_code failed;
  return (std::filesystem::read_symlink("/proc/self/exe", failed).parent_path() / "jiheng").string();
}

}  // namespace

DocumentReader::DocumentReader()
    : program_(light_program()), reader_([program = program_] { return reading::WorkerProcess::spawn(program, "reading-worker"); }) {}

Document DocumentReader::read(std::string_view bytes, std::string name) {
  Document document = reader_.read(bytes, name);
  if (!reading::has_unread_scans(document)) return document;
  const reading::OcrDoor* ocr = installed_ocr();
  if (ocr == nullptr) return document;
  auto recognised = reading::read_scanned(reading::spawn_scan_worker(program_, "scan-worker"), *ocr, bytes, name);
  return recognised ? std::move(*recognised) : document;
}

std::optional<std::string> DocumentReader::layout(std::string_view bytes, const std::string& name) {
  return reading::read_layout_json(reading::spawn_scan_worker(program_, "scan-worker"), installed_ocr(), bytes, name);
}

}  // namespace jiheng::app
