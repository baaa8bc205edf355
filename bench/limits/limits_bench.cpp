// limits_bench FOLDER ROUNDS: one turn over the documents of a carrier. Prints processor time, microseconds a document, as JSON: reading
// the file's bytes, inflating, a bare scan, and all of reading up to JSON,
// in the present process and in a worker's.
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>

#include "documents.h"
#include "goals/json.h"
#include "reading/isolation/reading_queue.h"
#include "reading/reader.h"

namespace {

using namespace jiheng;

double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double children_cpu_us() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto us = [](const timeval& time) { return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec); };
  return us(usage.ru_utime) + us(usage.ru_stime);
}

/// As `jiheng read` does: through a worker, its processor time and ours together, microseconds a document.
double measure_isolated(const std::vector<bench::Document>& documents, int rounds, std::size_t& sink) {
  const double children = children_cpu_us();
  const double ours = cpu_us();
  {
    reading::ReadingQueue queue([] { return reading::WorkerProcess::fork(); }, 1);
    std::string buffer;
    for (int round = 0; round < rounds; ++round) {
      for (const auto& document : documents) {
        while (queue.full()) sink += queue.pop().json.size();
        const std::size_t size = bench::read_bytes(document, buffer);
        queue.push(document.path.filename().string(), buffer.substr(0, size));
      }
    }
    while (!queue.empty()) sink += queue.pop().json.size();
  }
  return (cpu_us() - ours + children_cpu_us() - children) / rounds / static_cast<double>(documents.size());
}

/// Microseconds a document that `work` takes.
template <typename Work>
double measure(const std::vector<bench::Document>& documents, int rounds, const Work& work) {
  for (const auto& document : documents) work(document);
  const double from = cpu_us();
  for (int round = 0; round < rounds; ++round) {
    for (const auto& document : documents) work(document);
  }
  return (cpu_us() - from) / rounds / static_cast<double>(documents.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  auto documents = bench::load_documents(argv[1]);
  const int rounds = std::atoi(argv[2]);
  std::map<std::string, int> refused;
  std::erase_if(documents, [&](const bench::Document& document) {
    const auto read = reading::read_document(document.bytes, document.path.filename().string());
    if (read.error) ++refused[read.error->code];
    return read.error.has_value();
  });
  for (const auto& [code, count] : refused) std::fprintf(stderr, "%s: %d documents not read: %s\n", argv[1], count, code.c_str());
  if (documents.empty()) return 3;

  std::size_t sink = 0;
  std::string buffer;
  const double bytes = measure(documents, rounds, [&](const auto& d) { sink += bench::read_bytes(d, buffer); });
  const double inflate = measure(documents, rounds, [&](const auto& d) { sink += bench::inflate(d, buffer); });
  // What is scanned is in the cache as it is behind inflation; its time is that of both, less that of inflation.
  const double both = measure(documents, rounds, [&](const auto& d) {
    const std::size_t size = bench::inflate(d, buffer);
    sink += bench::scan(d.pieces.empty() ? std::string_view(d.bytes) : std::string_view(buffer).substr(0, size));
  });
  const double read = measure(documents, rounds, [&](const auto& d) {
    const std::size_t size = bench::read_bytes(d, buffer);
    sink += json_line(reading::read_document(std::string_view(buffer).substr(0, size), d.path.filename().string())).size();
  });
  const double isolated = measure_isolated(documents, rounds, sink);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "{\"documents\": %zu, \"file\": %.3f, \"inflate\": %.3f, \"scan\": %.3f, \"read\": %.3f, \"isolated\": %.3f, \"peak_mb\": %.1f, "
      "\"sink\": %zu}\n",
      documents.size(), bytes, inflate, std::max(both - inflate, 0.0), read, isolated, static_cast<double>(usage.ru_maxrss) / 1024, sink);
  return 0;
}
