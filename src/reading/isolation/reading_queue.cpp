#include "reading/isolation/reading_queue.h"

#include <poll.h>

#include <algorithm>

#include "goals/json.h"
#include "reading/isolation/failures.h"
#include "reading/isolation/protocol.h"
#include "reading/limits.h"

namespace jiheng::reading {
namespace {

/// Bytes of documents and answers that may wait beyond what the workers have in hand.
constexpr std::size_t most_waiting_bytes = 16U << 20;

}  // namespace

ReadingQueue::ReadingQueue(StartWorker start, std::size_t workers)
    : start_(std::move(start)), workers_(std::max<std::size_t>(workers, 1)) {}

bool ReadingQueue::full() const {
  return items_.size() >= workers_.size() * slot_count * 2 || waiting_bytes_ >= most_waiting_bytes;
}

void ReadingQueue::push(std::string name, std::string bytes) {
  Item& item = items_.emplace_back();
  item.name = std::move(name);
  item.bytes = std::move(bytes);
  waiting_bytes_ += item.bytes.size();
  // Refused by its size alone; no worker takes it.
  if (item.bytes.size() > Limits{}.file_bytes) give_answer(item, {read_plainly(item.bytes, item.name).json, true});
  hand_out();
}

void ReadingQueue::push_answer(const Document& document) {
  give_answer(items_.emplace_back(), {json_line(document), document.error.has_value()});
}

Answer ReadingQueue::pop() {
  while (items_.front().state != State::answered) take_answers();
  Answer answer = std::move(items_.front().answer);
  waiting_bytes_ -= answer.json.size();
  items_.pop_front();
  return answer;
}

void ReadingQueue::give_answer(Item& item, Answer answer) {
  waiting_bytes_ -= item.bytes.size();
  waiting_bytes_ += answer.json.size();
  item.state = State::answered;
  item.answer = std::move(answer);
  item.bytes = {};
}

/// A document over which a worker died is tried without company.
bool ReadingQueue::is_alone(const Worker& worker) const {
  return !worker.asked.empty() && worker.asked.front()->deaths > 0;
}

/// Waiting documents, oldest first, to the worker with the least in hand.
void ReadingQueue::hand_out() {
  for (Item& item : items_) {
    if (item.state != State::waiting) continue;
    const auto least = std::min_element(workers_.begin(), workers_.end(),
                                        [](const Worker& a, const Worker& b) { return a.asked.size() < b.asked.size(); });
    if (is_alone(*least) || !ask(*least, item)) return;
  }
}

/// False: this one has to wait.
bool ReadingQueue::ask(Worker& worker, Item& item) {
  if (item.deaths > 0 && !worker.asked.empty()) return false;
  if (item.deaths > 0 && worker.process && worker.process->used()) worker.process.reset();
  if (!worker.process) worker.process = start_();
  if (!worker.process) {
    give_answer(item, {json_line(reader_unavailable(item.bytes, item.name)), true});
    return true;
  }
  if (!worker.process->has_room_for(item.name.size() + item.bytes.size())) return false;
  item.state = State::asked;
  worker.asked.push_back(&item);
  // Where that fails the worker is gone, but answers of before may still be on their way: take_answer() finds out.
  static_cast<void>(worker.process->send(item.name, item.bytes));
  return true;
}

/// Waits until a worker has an answer or is lost.
void ReadingQueue::take_answers() {
  // One alone waits in receive() itself, which first looks whether something lies there.
  if (workers_.size() == 1 && !workers_.front().asked.empty()) {
    take_answer(workers_.front());
    return hand_out();
  }
  std::vector<pollfd> waiting;
  std::vector<Worker*> busy;
  auto until = WorkerProcess::Clock::time_point::max();
  for (Worker& worker : workers_) {
    if (worker.asked.empty()) continue;
    waiting.push_back({worker.process->descriptor(), POLLIN, 0});
    busy.push_back(&worker);
    until = std::min(until, worker.process->deadline());
  }
  if (!busy.empty()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - WorkerProcess::Clock::now()).count();
    poll(waiting.data(), waiting.size(), static_cast<int>(std::max<std::int64_t>(left, 0)));
  }
  for (std::size_t i = 0; i < busy.size(); ++i) {
    if (waiting[i].revents != 0)
      take_answer(*busy[i]);
    else if (WorkerProcess::Clock::now() >= busy[i]->process->deadline())
      bury(*busy[i]);
  }
  hand_out();
}

void ReadingQueue::take_answer(Worker& worker) {
  auto answer = worker.process->receive();
  if (!answer) return bury(worker);
  Item& item = *worker.asked.front();
  worker.asked.pop_front();
  give_answer(item, std::move(*answer));
}

/// The oldest document is held to have killed the worker; the others wait again.
void ReadingQueue::bury(Worker& worker) {
  const bool ready = worker.process->ready();
  worker.process.reset();
  bool first = true;
  for (Item* item : worker.asked) {
    item->state = State::waiting;
    if (first && ++item->deaths > 1) {
      const Document document = ready ? given_up(item->bytes, item->name) : reader_unavailable(item->bytes, item->name);
      give_answer(*item, {json_line(document), true});
    }
    first = false;
  }
  worker.asked.clear();
}

}  // namespace jiheng::reading
