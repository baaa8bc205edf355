#include "bounds.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "base/sanitized.h"
#include "reading/reader.h"

namespace jiheng::reading {

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

std::string within_bounds(const std::function<std::string()>& what, std::string_view about) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("pipe");
  const pid_t child = fork();
  if (child == 0) {
    const std::string code = what();
    const bool written = write(ends[1], code.data(), code.size()) == static_cast<ssize_t>(code.size());
    _exit(written ? 0 : 1);
  }
  close(ends[1]);
  char code[64];
  const ssize_t length = read(ends[0], code, sizeof code);
  close(ends[0]);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "status " << status << ", " << about;
  if (delivered) {
    EXPECT_LT(seconds(usage.ru_utime) + seconds(usage.ru_stime), 2.0) << "s of processor time, " << about;
    EXPECT_LT(usage.ru_maxrss, 256 * 1024) << "KB, " << about;
  }
  return {code, static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
}

std::string read_within_bounds(const std::string& bytes) {
  return within_bounds(
      [&] {
        const Document document = read_document(bytes, "file");
        return document.error ? document.error->code : std::string();
      },
      "a file of " + std::to_string(bytes.size()) + " bytes that begins " + bytes.substr(0, 40));
}

}  // namespace jiheng::reading
