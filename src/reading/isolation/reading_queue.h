// Many documents through a few workers, answers in the order of asking.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "reading/isolation/giving_way.h"
#include "reading/isolation/worker_process.h"

namespace jiheng::reading {

/// Starts one more worker; nullptr where that fails.
using StartWorker = std::function<std::unique_ptr<WorkerProcess>()>;

/// For one thread, which gives way to the workers. A worker that dies costs the document it had in hand, once that has also failed alone
/// with a fresh worker; the others are asked again. What waits is bounded: push() no more while full().
class ReadingQueue {
 public:
  ReadingQueue(StartWorker start, std::size_t workers);

  bool full() const;
  bool empty() const { return items_.empty(); }
  void push(std::string name, std::string bytes);
  /// An answer that needs no reading takes its place in the order.
  void push_answer(const Document& document);
  /// The oldest document's answer; waits for it. Precondition: !empty().
  Answer pop();

 private:
  enum class State { waiting, asked, answered };
  struct Item {
    State state = State::waiting;
    int deaths = 0;  ///< of workers over it
    std::string name;
    std::string bytes;
    Answer answer;
  };
  struct Worker {
    std::unique_ptr<WorkerProcess> process;
    std::deque<Item*> asked;  ///< in the process's order
  };

  void hand_out();
  bool ask(Worker& worker, Item& item);
  void take_answers();
  void take_answer(Worker& worker);
  void bury(Worker& worker);
  void give_answer(Item& item, Answer answer);
  bool is_alone(const Worker& worker) const;

  GivingWay giving_way_;
  StartWorker start_;
  std::vector<Worker> workers_;
  std::deque<Item> items_;  ///< oldest first; addresses stay, as they come and go at the ends only
  std::size_t waiting_bytes_ = 0;
};

}  // namespace jiheng::reading
