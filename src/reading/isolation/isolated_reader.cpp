#include "reading/isolation/isolated_reader.h"

#include "goals/json.h"
#include "reading/isolation/failures.h"
#include "reading/limits.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t idle_workers = 4;

}  // namespace

std::unique_ptr<WorkerProcess> IsolatedReader::take() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  auto worker = std::move(idle_.back());
  idle_.pop_back();
  return worker;
}

void IsolatedReader::put_back(std::unique_ptr<WorkerProcess> worker) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < idle_workers) idle_.push_back(std::move(worker));
}

Document IsolatedReader::read(std::string_view bytes, std::string name) {
  if (bytes.size() > Limits{}.file_bytes) return read_document(bytes, std::move(name));  // refused by its size alone
  auto worker = take();
  bool ready = true;
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (!worker) worker = start_();
    if (!worker) return reader_unavailable(bytes, std::move(name));
    auto answer = worker->send(name, bytes) ? worker->receive() : std::nullopt;
    if (!answer) {
      ready = worker->ready();
      worker.reset();
      continue;
    }
    put_back(std::move(worker));
    auto document = document_from_json(answer->json);
    return document ? std::move(document).value() : given_up(bytes, std::move(name));
  }
  return ready ? given_up(bytes, std::move(name)) : reader_unavailable(bytes, std::move(name));
}

}  // namespace jiheng::reading
