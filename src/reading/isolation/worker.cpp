#include "reading/isolation/worker.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <exception>
#include <new>

#include "base/hash.h"
#include "base/write_all.h"
#include "goals/json.h"
#include "reading/isolation/lock_in.h"
#include "reading/isolation/protocol.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

constexpr int served = 0;
constexpr int broken = 4;

/// What comes through the socket: several requests with one call where they lie there.
class Incoming {
 public:
  /// False: it has ended.
  bool read_exactly(void* to, std::size_t size) {
    char* at = static_cast<char*>(to);
    for (;;) {
      const std::size_t here = std::min(size, end_ - begin_);
      std::memcpy(at, buffer_.data() + begin_, here);
      begin_ += here;
      at += here;
      size -= here;
      if (size == 0) return true;
      // The buffer is empty: a long rest goes where it belongs, without it.
      const bool direct = size >= buffer_.size();
      const ssize_t got = read(STDIN_FILENO, direct ? at : buffer_.data(), direct ? size : buffer_.size());
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      if (direct) {
        at += got;
        size -= static_cast<std::size_t>(got);
      } else {
        begin_ = 0;
        end_ = static_cast<std::size_t>(got);
      }
    }
  }
  bool empty() const { return begin_ == end_; }

 private:
  std::array<char, slot_count * sizeof(RequestHeader)> buffer_{};
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

Document out_of_memory(std::string_view bytes, std::string name) {
  Document document;
  document.file = std::move(name);
  document.sha256 = sha256_hex(bytes);
  document.error =
      Document::Failure{"reader-gave-up", "读这个文件要的内存太多，已停止。请只保留要报送的表格，用 Word 或 Excel 另存一份再试。"};
  return document;
}

class Serving {
 public:
  Serving(const ReadFunction& read, unsigned seconds, char* slots) : read_(read), seconds_(seconds), slots_(slots) {}

  /// False: the socket has ended, or the request makes no sense.
  bool answer_one() {
    RequestHeader request{};
    if (!incoming_.read_exactly(&request, sizeof request)) return false;
    if (request.name_bytes > longest_name || request.document_bytes > Limits{}.file_bytes) return false;
    const std::size_t size = request.name_bytes + request.document_bytes;
    const bool in_slot = request.slot < slot_count;
    if (in_slot && size > slot_bytes) return false;
    std::string sent(in_slot ? 0 : size, '\0');
    if (!in_slot && !incoming_.read_exactly(sent.data(), size)) return false;
    const std::string_view whole = in_slot ? std::string_view(slots_ + request.slot * slot_bytes, size) : std::string_view(sent);

    alarm(seconds_);
    const JsonDocument document = read(whole.substr(request.name_bytes), std::string(whole.substr(0, request.name_bytes)));
    if (incoming_.empty()) alarm(0);  // else the next document sets it anew
    return send(document, in_slot ? request.slot : through_socket);
  }

 private:
  JsonDocument read(std::string_view bytes, std::string name) const {
    try {
      return read_(bytes, name);
    } catch (const std::bad_alloc&) {
      return {json_line(out_of_memory(bytes, std::move(name))), true};
    }
  }

  bool send(const JsonDocument& document, std::uint32_t slot) const {
    const std::string& json = document.json;
    const bool fits = slot != through_socket && json.size() <= slot_bytes;
    const AnswerHeader answer{fits ? slot : through_socket, std::uint16_t{document.failed}, std::uint16_t{document.unread_scans},
                              json.size()};
    if (fits) std::memcpy(slots_ + slot * slot_bytes, json.data(), json.size());
    const std::string_view head(reinterpret_cast<const char*>(&answer), sizeof answer);
    return write_all(STDIN_FILENO, head) && (fits || write_all(STDIN_FILENO, json));
  }

  const ReadFunction& read_;
  unsigned seconds_;
  char* slots_;
  Incoming incoming_;
};

}  // namespace

JsonDocument read_plainly(std::string_view bytes, std::string name) {
  return read_json(bytes, name);
}

void keep_freed_memory() {
#if defined(__GLIBC__)
  // The parts of an office file are a few hundred kilobytes; by its own rules the C library gives them back and faults them in every time.
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
#endif
}

int serve_reading(const ReadFunction& read, const WorkerLimits& limits) {
  try {
    keep_freed_memory();
    void* slots = mmap(nullptr, slots_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, STDOUT_FILENO, 0);
    if (slots == MAP_FAILED || close_range(STDOUT_FILENO, ~0U, 0) != 0 || !lock_in(limits.memory_bytes)) return broken;
    if (!write_all(STDIN_FILENO, std::string_view("", 1))) return broken;
    Serving serving(read, limits.seconds, static_cast<char*>(slots));
    while (serving.answer_one()) {
    }
    return served;
  } catch (const std::exception&) {
    return broken;
  }
}

}  // namespace jiheng::reading
