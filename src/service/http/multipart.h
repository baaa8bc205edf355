// multipart/form-data (RFC 7578) as it arrives, in pieces of any size. Nothing of a part is kept but the few bytes that may begin a
// boundary, so that a file of any size costs no memory here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jiheng::service {

struct PartHead {
  std::string name;
  std::string file_name;  ///< as sent, made safe by clean_file_name(); empty where the part is no file
  bool is_file = false;
};

/// Takes what the parser finds, in order. An error ends the parsing and becomes feed()'s.
class PartSink {
 public:
  virtual ~PartSink() = default;
  virtual Result<Done> part_begins(const PartHead& head) = 0;
  virtual Result<Done> part_bytes(std::string_view bytes) = 0;
  virtual Result<Done> part_ends() = 0;
};

/// The boundary named by a Content-Type header; empty where the header is no multipart/form-data with a lawful boundary (1 to 70
/// characters).
std::string multipart_boundary(std::string_view content_type);

/// A file's name for keeping and showing: '/' between folders, no leading '/', drive, "." or "..", no control characters, valid UTF-8,
/// at most 240 characters (the end is kept).
std::string clean_file_name(std::string_view name);

class MultipartParser {
 public:
  static constexpr std::size_t max_head_bytes = 8 * 1024;
  static constexpr std::size_t max_parts = 20000;

  MultipartParser(std::string_view boundary, PartSink& sink);

  /// Errors: multipart-syntax, and those of the sink. After an error the parser takes no more.
  Result<Done> feed(std::string_view bytes);
  /// To be called when the body has ended. Error: multipart-syntax where the closing boundary has not come.
  Result<Done> finish();

 private:
  enum class State { preamble, boundary_line, head, content, epilogue };

  Result<Done> run();
  Result<Done> take_content();
  Result<Done> take_boundary_line();
  Result<Done> take_head();

  std::string delimiter_;  ///< CR LF -- boundary
  PartSink& sink_;
  State state_ = State::preamble;
  /// What has come and is not used up. It starts with a line end, so that the first boundary looks like the others.
  std::string held_ = "\r\n";
  std::size_t parts_ = 0;
  bool waiting_ = false;  ///< the rest of held_ decides nothing until more comes
};

}  // namespace jiheng::service
