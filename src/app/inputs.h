// The FILE arguments of a command → the documents to read, in order.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "goals/goal_table.h"
#include "reading/isolation/worker_process.h"

namespace jiheng::app {

/// What FILE may be, for --help.
inline constexpr const char* documents_help = "docx、xlsx、doc、xls、wps、et、pdf、ofd、html、txt、csv 文件，装着它们的 zip，或文件夹";

/// Directories become the documents below them, sorted by name, and standard error says what else lies there; everything else stays as it
/// is given.
std::vector<std::string> expand_inputs(const std::vector<std::string>& arguments);

/// The bytes of a file, or of standard input for "-"; where they cannot be had, `failure` says why.
struct Input {
  std::string bytes;
  std::optional<Document::Failure> failure;
};
Input load_input(const std::string& path);

/// Reads files in workers, as many as there are processors, and hands the documents over in the order given, each as the line that
/// `jiheng read --json` prints; what could not be read is in its error. Ends early when `take` says false. Call it before there are
/// threads.
bool read_inputs(const std::vector<std::string>& paths, const std::function<bool(reading::Answer)>& take);
/// The same, as documents.
bool read_documents(const std::vector<std::string>& paths, const std::function<bool(Document)>& take);

/// "已读 12/100" on standard error, on a terminal only; nothing for a single file.
class Progress {
 public:
  Progress(std::string verb, std::size_t total);
  ~Progress();
  void step();

 private:
  std::string verb_;
  std::size_t total_;
  std::size_t done_ = 0;
  bool shown_;
};

}  // namespace jiheng::app
