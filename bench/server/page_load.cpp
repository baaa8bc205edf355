// page_load PORT SECONDS TOKENS [PAUSE_MS]: each person of TOKENS works the pages that his post opens, one request after the other over a
// connection of his own. Prints how long the answers of each page took. PAUSE_MS between two of them: people read; without, the program is
// driven as hard as so many can.
#include <algorithm>
#include <atomic>
#include <boost/asio.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

struct Times {
  std::vector<double> ms;
  int failed = 0;
};
std::mutex all_times_mutex;
std::map<std::string, Times> all_times;

class Person {
 public:
  Person(unsigned short port, std::string role, std::string token, unsigned seed)
      : role_(std::move(role)), token_(std::move(token)), random_(seed), socket_(context_) {
    socket_.connect({asio::ip::make_address("127.0.0.1"), port});
    socket_.set_option(tcp::no_delay(true));
  }

  void work(Clock::time_point end, std::chrono::milliseconds pause) {
    see_what_there_is();
    while (Clock::now() < end) {
      const auto [page, target] = next_page();
      const auto asked = Clock::now();
      const int status = get(target);
      times_[page].ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
      if (status != 200) ++times_[page].failed;
      if (pause.count() > 0) std::this_thread::sleep_for(pause);
    }
    const std::lock_guard lock(all_times_mutex);
    for (auto& [page, times] : times_) {
      Times& all = all_times[page];
      all.ms.insert(all.ms.end(), times.ms.begin(), times.ms.end());
      all.failed += times.failed;
    }
  }

 private:
  using Page = std::pair<std::string, std::string>;
  bool is(std::string_view role) const { return role_ == role; }

  void see_what_there_is() {
    if (role_.ends_with("_admin")) return;
    get("/api/v1/submissions?limit=200&sort=newest");
    for (std::size_t at = body_.find("\"id\":\""); at != std::string::npos; at = body_.find("\"id\":\"", at + 6))
      ids_.push_back(body_.substr(at + 6, body_.find('"', at + 6) - at - 6));
  }

  Page next_page() {
    static constexpr const char* sorts[] = {"worst", "unit", "newest"};
    std::vector<Page> pages{{"me", "/api/v1/me"}};
    if (!ids_.empty()) {
      const std::string one = "/api/v1/submissions/" + ids_[random_() % ids_.size()];
      const std::string offset = is("unit_clerk") ? "" : "&offset=" + std::to_string(random_() % 5 * 50);
      pages.push_back({"list", "/api/v1/submissions?limit=50&sort=" + std::string(sorts[random_() % 3]) + offset});
      pages.push_back({"list of a year", "/api/v1/submissions?limit=50&year=" + std::to_string(2022 + random_() % 5)});
      pages.push_back({"search", "/api/v1/submissions?limit=50&q=%E7%AC%AC" + std::to_string(random_() % 90)});
      for (int i = 0; i < 3; ++i) pages.push_back({"open", one});
      pages.push_back({"history", one + "/revisions"});
      pages.push_back({"past revision", one + "/revisions/1"});
      pages.push_back({"units", "/api/v1/units"});
      pages.push_back({"years", "/api/v1/years"});
      pages.push_back({"wall", "/api/v1/years/" + std::to_string(2025 + random_() % 2) + "/wall"});
      if (random_() % 10 == 0) pages.push_back({"export", one + "/export?what=form&to=xlsx"});
    }
    if (role_.ends_with("_admin")) {
      pages.push_back({"units", "/api/v1/units"});
      pages.push_back({"accounts", "/api/v1/accounts"});
    }
    if (is("audit_admin")) pages.push_back({"logins", "/api/v1/logins"});
    if (is("audit_admin") || is("performance_head") || is("bureau_leader")) pages.push_back({"journal", "/api/v1/journal?limit=50"});
    pages.push_back({"account", "/api/v1/me/sessions"});
    return pages[random_() % pages.size()];
  }

  int get(const std::string& target) {
    const std::string request = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token_ + "\r\n\r\n";
    asio::write(socket_, asio::buffer(request));
    const std::size_t head = asio::read_until(socket_, asio::dynamic_buffer(held_), "\r\n\r\n");
    const int status = std::atoi(held_.c_str() + 9);
    const std::size_t at = held_.find("Content-Length: ");
    const std::size_t length = at < head ? std::strtoull(held_.c_str() + at + 16, nullptr, 10) : 0;
    if (held_.size() < head + length)
      asio::read(socket_, asio::dynamic_buffer(held_), asio::transfer_exactly(head + length - held_.size()));
    body_ = held_.substr(head, length);
    held_.erase(0, head + length);
    return status;
  }

  std::string role_;
  std::string token_;
  std::minstd_rand random_;
  asio::io_context context_;
  tcp::socket socket_;
  std::vector<std::string> ids_;
  std::string held_;
  std::string body_;
  std::map<std::string, Times> times_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const auto port = static_cast<unsigned short>(std::atoi(argv[1]));
  const double seconds = std::atof(argv[2]);
  const std::chrono::milliseconds pause(argc > 4 ? std::atoi(argv[4]) : 0);
  std::ifstream tokens(argv[3]);
  std::vector<std::thread> people;
  const auto end = Clock::now() + std::chrono::milliseconds(static_cast<int>(seconds * 1000));
  unsigned seed = 0;
  for (std::string role, token; tokens >> role >> token;)
    people.emplace_back([=, seed = ++seed] { Person(port, role, token, seed).work(end, pause); });
  for (std::thread& each : people) each.join();
  std::size_t answers = 0;
  int failed = 0;
  std::printf("%-14s %9s %9s %9s %9s\n", "page", "answers", "p50 ms", "p99 ms", "longest");
  for (auto& [page, times] : all_times) {
    std::sort(times.ms.begin(), times.ms.end());
    const auto at = [&](double part) { return times.ms[static_cast<std::size_t>(part * static_cast<double>(times.ms.size() - 1))]; };
    std::printf("%-14s %9zu %9.2f %9.2f %9.2f%s\n", page.c_str(), times.ms.size(), at(0.5), at(0.99), at(1.0),
                at(0.99) > 50 ? "  over 50 ms" : "");
    answers += times.ms.size();
    failed += times.failed;
  }
  std::printf("%zu people, %zu answers, %.0f a second, %d failed\n", people.size(), answers, static_cast<double>(answers) / seconds,
              failed);
  return failed == 0 ? 0 : 1;
}
