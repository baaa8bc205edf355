// Tesseract, where it is installed, as the recogniser of scans.
#pragma once

#include <memory>
#include <string>

#include "reading/scan/ocr.h"

namespace jiheng::app {

/// Runs the installed program `tesseract`, one process a call, with a bound on time. Files are not touched: pictures go in and words
/// come out through a socket.
class Tesseract : public reading::OcrDoor {
 public:
  /// nullptr where the program or its Chinese data (chi_sim) is not installed.
  static std::unique_ptr<Tesseract> find();

  std::optional<std::string> recognise(std::string_view tiff, reading::OcrTask task) const override;

 private:
  explicit Tesseract(std::string program) : program_(std::move(program)) {}
  std::string program_;
};

/// The one of this machine, looked for once; nullptr where it is not installed. Thread-safe.
const reading::OcrDoor* installed_ocr();

}  // namespace jiheng::app
