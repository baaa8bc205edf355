// What is published, as pages for any plain web server: an index a year with search, the newest in front, a page a unit with its tables,
// the files beside it, and all indicators as data. No page needs a script to be read, nothing is fetched from elsewhere, and the same
// content gives the same bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "goals/goal_table.h"

namespace jiheng::writing {

struct SiteDownload {
  std::string carrier;  ///< docx, xlsx, pdf, json
  std::string sha256;
  std::int64_t bytes = 0;
};

/// A unit's tables of one year as the index shows them.
struct SiteUnit {
  std::string stem;  ///< "2026/201001": its page is stem.html, its files stem.docx …; see set_stems()
  std::string code;
  std::string name;
  std::string section;  ///< in charge of it; may be empty
  int year = 0;
  int revision = 0;
  std::string version;    ///< 版本码
  std::string content;    ///< SHA-256 of the tables
  std::string approved;   ///< ISO date
  std::string published;  ///< ISO date
  std::vector<SiteDownload> downloads;
  // Out of the tables (see summarise()).
  std::vector<std::string> kinds;  ///< "overall", "project" …, each once
  int overall = 0;
  int projects = 0;
  int others = 0;
  std::string amount;              ///< of the whole unit in 万元; may be empty
  std::vector<std::string> words;  ///< what the search looks through: projects and indicators with their targets
};

struct SiteHead {
  std::string bureau;  ///< whose pages these are
  bool live = false;   ///< served by the program: files can be compared there
  std::string region;  ///< 湖南省株洲市渌口区（430212）; empty where nobody said it
};

/// Where each unit's page lies: by year and code; a number behind it where two share them.
void set_stems(std::vector<SiteUnit>& units);
/// Fills in what the index shows of the tables.
void summarise(SiteUnit& unit, const std::vector<GoalTable>& tables);

enum class IndexPlace { front, folder };  ///< index.html, or the year's own folder

/// Of one year, with the way to the others; year 0: nothing is out yet.
std::string index_page(const SiteHead& head, const std::vector<SiteUnit>& units, int year, IndexPlace place);
std::string unit_page(const SiteHead& head, const SiteUnit& unit, const std::vector<GoalTable>& tables);
/// For people who hold a file and want to know whether it is the approved one.
std::string compare_page(const SiteHead& head);
/// What the search looks through, as a script, so that it works without a server too; fetched when somebody searches.
std::string words_script(const std::vector<SiteUnit>& units);

/// style.css, search.js, compare.js.
std::optional<std::string_view> site_asset(std::string_view name);

/// All indicators of the units (the same order as `tables`), for people's own programs.
class SiteData {
 public:
  SiteData();
  void add(const SiteUnit& unit, const std::vector<GoalTable>& tables);
  std::string json() const;  ///< {"indicators": […]}, amounts and targets as texts
  std::string csv() const;   ///< with the mark that tells Excel the encoding

 private:
  std::string json_;
  std::string csv_;
  bool first_ = true;
};

}  // namespace jiheng::writing
