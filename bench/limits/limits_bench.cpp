// limits_bench FOLDER ROUNDS: one turn over the documents of a carrier. Prints microseconds a document as JSON: reading
// the file's bytes, inflating, a bare scan, the SHA-256 that the contract asks for, and all of reading up to JSON,
// and what part of its speed is left when a worker reads.
#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <numeric>

#include "base/hash.h"
#include "documents.h"
#include "goals/json.h"
#include "reading/isolation/reading_queue.h"
#include "reading/isolation/worker.h"
#include "reading/reader.h"

namespace {

using namespace jiheng;

double now_us() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

/// Microseconds a document that `work` takes: of each document the best round, the mean of all documents. The best round is the one that
/// nothing else on the machine disturbed.
template <typename Work>
double measure(const std::vector<bench::Document>& documents, int rounds, const Work& work) {
  std::vector<double> best(documents.size(), 1e12);
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const double from = now_us();
      work(documents[i]);
      best[i] = std::min(best[i], now_us() - from);
    }
  }
  return std::accumulate(best.begin(), best.end(), 0.0) / static_cast<double>(best.size());
}

/// A folder as it is read in practice: so many documents in a row.
constexpr std::size_t documents_in_a_row = 32;

std::string bytes_of(const bench::Document& document, std::string& buffer) {
  return buffer.substr(0, bench::read_bytes(document, buffer));
}

/// What part of its speed reading keeps when a worker does it, on one processor, as `jiheng read` does with one. Both go through the same
/// row turn by turn, so that what else the machine does meets both; the best turn of each counts.
double measure_isolation(const std::vector<bench::Document>& documents, int rounds, std::size_t& sink) {
  std::vector<const bench::Document*> row;
  while (row.size() < documents_in_a_row) {
    for (const auto& document : documents) row.push_back(&document);
  }
  reading::ReadingQueue queue([] { return reading::WorkerProcess::fork(); }, 1);
  std::string buffer;
  double together = 1e12;
  double isolated = 1e12;
  for (int round = 0; round < rounds; ++round) {
    const double from = now_us();
    for (const bench::Document* document : row) {
      const std::string bytes = bytes_of(*document, buffer);
      sink += reading::read_json(bytes, document->path.filename().string()).json.size();
    }
    const double between = now_us();
    for (const bench::Document* document : row) {
      while (queue.full()) sink += queue.pop().json.size();
      queue.push(document->path.filename().string(), bytes_of(*document, buffer));
    }
    while (!queue.empty()) sink += queue.pop().json.size();
    together = std::min(together, between - from);
    isolated = std::min(isolated, now_us() - between);
  }
  return together / isolated;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  reading::keep_freed_memory();  // as every worker does
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
  const double hash = measure(documents, rounds, [&](const auto& d) { sink += sha256_hex(d.bytes).size(); });
  const double read = measure(documents, rounds, [&](const auto& d) {
    const std::size_t size = bench::read_bytes(d, buffer);
    sink += reading::read_json(std::string_view(buffer).substr(0, size), d.path.filename().string()).json.size();
  });
  // One processor for both, so that a worker on another one does not flatter.
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  sched_setaffinity(0, sizeof one, &one);
  const double isolation = measure_isolation(documents, std::max(rounds / 8, 3), sink);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "{\"documents\": %zu, \"file\": %.3f, \"inflate\": %.3f, \"scan\": %.3f, \"hash\": %.3f, \"read\": %.3f, \"isolation\": %.3f, "
      "\"peak_mb\": %.1f, "
      "\"sink\": %zu}\n",
      documents.size(), bytes, inflate, std::max(both - inflate, 0.0), hash, read, isolation, static_cast<double>(usage.ru_maxrss) / 1024,
      sink);
  return 0;
}
