// page_load PORT SECONDS TOKENS [PAUSE_MS]: each person of TOKENS works the pages that his post opens, one request after the other over a
// connection of his own; first one after the other, then all at once. Prints how long the answers of each page took. PAUSE_MS between two
// of them: people read; without, the program is driven as hard as so many can.
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

constexpr int requests_alone = 60;

struct Times {
  std::vector<double> ms;
  int failed = 0;

  /// What that part of the answers was as fast as; 0 where there was none.
  double at(double part) {
    if (ms.empty()) return 0;
    std::sort(ms.begin(), ms.end());
    return ms[static_cast<std::size_t>(part * static_cast<double>(ms.size() - 1))];
  }
};
std::mutex all_times_mutex;
std::map<std::string, Times> all_times;
std::map<std::string, Times> all_alone;  ///< asked while nobody else did

class Person {
 public:
  Person(unsigned short port, std::string role, std::string token, unsigned seed)
      : role_(std::move(role)), token_(std::move(token)), random_(seed), socket_(context_) {
    socket_.connect({asio::ip::make_address("127.0.0.1"), port});
    socket_.set_option(tcp::no_delay(true));
  }

  /// So many requests while nobody else asks: what a page costs by itself.
  void work_alone(int requests) {
    see_what_there_is();
    for (int i = 0; i < requests; ++i) ask(alone_);
    const std::lock_guard lock(all_times_mutex);
    take(all_alone, alone_);
  }

  void work(Clock::time_point end, std::chrono::milliseconds pause) {
    see_what_there_is();
    while (Clock::now() < end) {
      ask(times_);
      if (pause.count() > 0) std::this_thread::sleep_for(pause);
    }
    const std::lock_guard lock(all_times_mutex);
    take(all_times, times_);
  }

 private:
  using Page = std::pair<std::string, std::string>;

  void ask(std::map<std::string, Times>& times) {
    const auto [page, target] = next_page();
    const auto asked = Clock::now();
    const int status = get(target);
    times[page].ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
    if (status == 200) return;
    if (times[page].failed++ == 0)
      std::fprintf(stderr, "%d %s %s: %s\n", status, role_.c_str(), target.c_str(), body_.substr(0, 200).c_str());
  }

  static void take(std::map<std::string, Times>& all, const std::map<std::string, Times>& mine) {
    for (const auto& [page, times] : mine) {
      all[page].ms.insert(all[page].ms.end(), times.ms.begin(), times.ms.end());
      all[page].failed += times.failed;
    }
  }

  bool is(std::string_view role) const { return role_ == role; }

  /// The values of a field in the last answer.
  std::vector<std::string> values_of(const std::string& field) const {
    std::vector<std::string> found;
    const std::string mark = "\"" + field + "\":\"";
    for (std::size_t at = body_.find(mark); at != std::string::npos; at = body_.find(mark, at)) {
      at += mark.size();
      found.push_back(body_.substr(at, body_.find('"', at) - at));
    }
    return found;
  }

  void see_what_there_is() {
    if (is("public")) {
      get("/public/2025/words.js");
      get("/public/index.html");
      for (std::size_t at = body_.find("href=\"20"); at != std::string::npos && sheets_.size() < 200;
           at = body_.find("href=\"20", at + 6)) {
        const std::string name = body_.substr(at + 6, body_.find('"', at + 6) - at - 6);
        if (name.ends_with(".html") && !name.ends_with("/index.html")) sheets_.push_back(name);
      }
      return;
    }
    if (role_.ends_with("_admin")) return;
    get("/api/v1/submissions?limit=200&sort=newest");
    ids_ = values_of("id");
    get("/api/v1/submissions?limit=200&state=approved&sort=newest");
    approved_ = values_of("id");
    get("/api/v1/library?limit=200");
    entries_ = values_of("id");
    get("/api/v1/years/2026/overview");
    rules_ = values_of("rule");
    get("/api/v1/follow-ups?kind=self_evaluation&year=2025&month=12&limit=200");
    forms_ = values_of("id");
    get("/api/v1/follow-ups?kind=monitoring&year=2026&month=7&limit=200");
    for (std::string& each : values_of("id")) forms_.push_back(std::move(each));
    get("/api/v1/problems?limit=200");
    problems_ = values_of("id");
    if (!keeps_ledgers()) return;
    get("/api/v1/ledgers/payment/records?limit=200");
    payments_ = values_of("id");
  }

  /// Whoever looks into them: not a unit's people.
  bool keeps_ledgers() const { return is("section_officer") || role_.starts_with("performance_") || is("bureau_leader"); }

  const std::string& one_of(const std::vector<std::string>& of) { return of[random_() % of.size()]; }

  /// Each page by the requests that it makes when it is opened (web/src/pages).
  std::vector<Page> public_pages() {
    std::vector<Page> pages{
        {"public: index", "/public/"}, {"public: search", "/public/2025/words.js"}, {"public: data", "/public/2025/data.json"}};
    if (sheets_.empty()) return pages;
    const std::string& sheet = one_of(sheets_);
    for (int i = 0; i < 3; ++i) pages.push_back({"public: unit", "/public/" + sheet});
    pages.push_back({"public: file", "/public/" + sheet.substr(0, sheet.size() - 5) + ".docx"});
    return pages;
  }

  void add_bureau(std::vector<Page>& pages) {
    static constexpr const char* sorts[] = {"worst", "unit", "newest"};
    static constexpr const char* words[] = {"%E6%B8%85", "%E5%9F%B9%E8%AE%AD", "%E7%AB%99%E7%82%B9", "%E5%90%88%E6%A0%BC%E7%8E%87"};
    const std::string one = "/api/v1/submissions/" + one_of(ids_);
    const std::string year = "/api/v1/years/" + std::to_string(2025 + random_() % 2);
    const std::string offset = is("unit_clerk") || is("unit_head") ? "" : "&offset=" + std::to_string(random_() % 5 * 50);
    pages.push_back({"submissions", "/api/v1/submissions?limit=50&sort=" + std::string(sorts[random_() % 3]) + offset});
    pages.push_back({"submissions: year", "/api/v1/submissions?limit=50&year=" + std::to_string(2022 + random_() % 5)});
    pages.push_back({"submissions: search", "/api/v1/submissions?limit=50&q=%E7%AC%AC" + std::to_string(random_() % 90)});
    pages.push_back({"to do", "/api/v1/submissions?limit=50&mine=1&year=2026"});
    for (int i = 0; i < 3; ++i) pages.push_back({"submission", one});
    pages.push_back({"submission: beside", one + "/comparisons"});
    pages.push_back({"submission: history", one + "/revisions"});
    pages.push_back({"submission: past", one + "/revisions/1"});
    if (!approved_.empty()) pages.push_back({"submission: day", "/api/v1/submissions/" + one_of(approved_) + "/publication/deadline"});
    pages.push_back({"units", "/api/v1/units"});
    pages.push_back({"years", "/api/v1/years"});
    pages.push_back({"years: days", year + "/deadline"});
    pages.push_back({"wall", year + "/wall"});
    pages.push_back({"overview", year + "/overview"});
    if (!rules_.empty()) pages.push_back({"overview: rule", "/api/v1/years/2026/overview/rules/" + one_of(rules_)});
    pages.push_back({"publication", "/api/v1/years/2025/publications"});
    pages.push_back({"library", "/api/v1/library?limit=50&sort=use&offset=" + std::to_string(random_() % 3 * 50)});
    pages.push_back({"library: search", "/api/v1/library?limit=50&q=" + std::string(words[random_() % 4])});
    pages.push_back({"library: typing", "/api/v1/library/suggestions?q=" + std::string(words[random_() % 4])});
    if (!entries_.empty()) pages.push_back({"library: entry", "/api/v1/library/" + one_of(entries_)});
    pages.push_back({"submission: actuals", one + "/actuals"});
    add_second_half(pages);
    if (keeps_ledgers()) add_ledgers(pages);
    // Files are drawn, not looked up; a person asks for one now and then.
    if (random_() % 10 == 0) pages.push_back({"file: form xlsx", one + "/export?what=form&to=xlsx"});
    if (random_() % 10 == 0) pages.push_back({"file: audit docx", one + "/export?what=audit&to=docx"});
  }

  /// What follows the tables: monitoring, self-evaluation, problems, the use of results.
  void add_second_half(std::vector<Page>& pages) {
    const std::string year = std::to_string(2022 + random_() % 4);
    pages.push_back({"monitoring", "/api/v1/follow-ups?kind=monitoring&year=2026&month=7"});
    pages.push_back({"self-evaluation", "/api/v1/follow-ups?kind=self_evaluation&month=12&year=" + year});
    if (!forms_.empty()) pages.push_back({"follow-up form", "/api/v1/follow-ups/" + one_of(forms_)});
    pages.push_back({"alarms", "/api/v1/alarms?year=2026"});
    pages.push_back({"problems", "/api/v1/problems?limit=50&year=" + year});
    if (!problems_.empty()) pages.push_back({"problem", "/api/v1/problems/" + one_of(problems_)});
    if (!is("performance_officer") && !is("performance_head")) return;
    pages.push_back({"problems: board", "/api/v1/problems/board?year=" + year});
    pages.push_back({"evaluations", "/api/v1/evaluations?year=" + year});
    pages.push_back({"evaluations: choice", "/api/v1/evaluations/candidates?year=" + year});
    pages.push_back({"results", "/api/v1/years/" + year + "/results"});
    pages.push_back({"yearly report", "/api/v1/yearly-report?year=" + year});
  }

  void add_ledgers(std::vector<Page>& pages) {
    static constexpr const char* measures[] = {"execution.paid", "review.savings", "review.concluded_count", "review.on_time_rate"};
    const std::string year = std::to_string(2025 + random_() % 2);
    const std::string days = "?from=" + year + "-01-01&to=" + year + "-12-31";
    pages.push_back({"ledgers", "/api/v1/ledgers"});
    pages.push_back({"ledger", "/api/v1/ledgers/payment/records?limit=50&offset=" + std::to_string(random_() % 20 * 50)});
    pages.push_back({"ledger: search", "/api/v1/ledgers/payment/records?limit=50&q=Z" + std::to_string(random_() % 90)});
    if (!payments_.empty()) pages.push_back({"ledger: record", "/api/v1/ledgers/payment/records/" + one_of(payments_)});
    pages.push_back({"measures", "/api/v1/measures"});
    const std::string measure = "/api/v1/measures/" + std::string(measures[random_() % 4]);
    pages.push_back({"measure", measure + days});
    pages.push_back({"measure: records", measure + "/records" + days + "&limit=50"});
  }

  Page next_page() {
    if (is("public")) {
      const auto pages = public_pages();
      return pages[random_() % pages.size()];
    }
    std::vector<Page> pages{{"me", "/api/v1/me"},
                            {"notices", "/api/v1/me/notices"},
                            {"account", "/api/v1/me/sessions"},
                            {"account: stand-ins", "/api/v1/delegations"},
                            {"rules", "/api/v1/rules"}};
    if (!ids_.empty()) add_bureau(pages);
    if (role_.ends_with("_admin")) {
      pages.push_back({"units", "/api/v1/units"});
      pages.push_back({"people", "/api/v1/accounts"});
    }
    if (is("audit_admin")) pages.push_back({"logins", "/api/v1/logins"});
    if (is("audit_admin") || is("performance_head") || is("bureau_leader")) pages.push_back({"journal", "/api/v1/journal?limit=50"});
    return pages[random_() % pages.size()];
  }

  int get(const std::string& target) {
    const std::string key = is("public") ? "" : "Authorization: Bearer " + token_ + "\r\n";
    const std::string request = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + key + "\r\n";
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
  std::vector<std::string> approved_;
  std::vector<std::string> entries_;  ///< of the library
  std::vector<std::string> rules_;
  std::vector<std::string> payments_;
  std::vector<std::string> forms_;  ///< of monitoring and self-evaluation
  std::vector<std::string> problems_;
  std::vector<std::string> sheets_;  ///< published pages
  std::string held_;
  std::string body_;
  std::map<std::string, Times> times_;
  std::map<std::string, Times> alone_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const auto port = static_cast<unsigned short>(std::atoi(argv[1]));
  const double seconds = std::atof(argv[2]);
  const std::chrono::milliseconds pause(argc > 4 ? std::atoi(argv[4]) : 0);
  std::vector<std::pair<std::string, std::string>> who;
  std::ifstream tokens(argv[3]);
  for (std::string role, token; tokens >> role >> token;) who.emplace_back(role, token);
  unsigned seed = 0;
  for (const auto& [role, token] : who) Person(port, role, token, ++seed + 1000).work_alone(requests_alone);
  std::vector<std::thread> people;
  const auto end = Clock::now() + std::chrono::milliseconds(static_cast<int>(seconds * 1000));
  for (const auto& [role, token] : who) people.emplace_back([=, seed = ++seed] { Person(port, role, token, seed).work(end, pause); });
  for (std::thread& each : people) each.join();
  std::size_t answers = 0;
  int failed = 0;
  std::printf("%-20s %9s %9s %9s %9s %9s\n", "page", "answers", "alone ms", "p50 ms", "p99 ms", "longest");
  for (auto& [page, times] : all_times) {
    Times& alone = all_alone[page];
    std::printf("%-20s %9zu %9.2f %9.2f %9.2f %9.2f%s\n", page.c_str(), times.ms.size(), alone.at(0.5), times.at(0.5), times.at(0.99),
                times.at(1.0), times.at(0.99) > 50 ? "  over 50 ms" : "");
    answers += times.ms.size();
    failed += times.failed + alone.failed;
  }
  std::printf("%zu people, %zu answers, %.0f a second, %d failed\n", people.size(), answers, static_cast<double>(answers) / seconds,
              failed);
  return failed == 0 ? 0 : 1;
}
