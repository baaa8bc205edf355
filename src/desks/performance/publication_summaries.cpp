#include "desks/performance/publication_summaries.h"

#include <boost/json.hpp>

#include "base/json_writer.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

constexpr int made_by = 1;  ///< to be raised where writing::summarise() tells something else
constexpr std::string_view put_summary =
    "INSERT INTO publication_summaries (tenant_id, content, made_by, summary, words) VALUES (?, ?, ?, ?, ?) ON CONFLICT (tenant_id, "
    "content) DO UPDATE SET made_by = excluded.made_by, summary = excluded.summary, words = excluded.words";
constexpr std::string_view select_missing =
    "SELECT DISTINCT q.content FROM publications q LEFT JOIN publication_summaries s ON s.tenant_id = q.tenant_id AND s.content = "
    "q.content "
    "WHERE q.tenant_id = ? AND q.state = 'published' AND COALESCE(s.made_by, 0) <> ? ORDER BY q.content";
constexpr std::string_view select_summaries = "SELECT content, summary FROM publication_summaries WHERE tenant_id = ?";
constexpr std::string_view select_words =
    "SELECT s.content, s.words FROM publication_summaries s WHERE s.tenant_id = ? AND s.content IN (SELECT q.content FROM publications q "
    "WHERE q.tenant_id = ? AND q.year = ? AND q.state = 'published')";

void write_list(JsonWriter& out, const std::vector<std::string>& texts) {
  out.begin_array();
  for (const std::string& each : texts) out.string(each);
  out.end_array();
}

std::vector<std::string> list_of(const json::value& list) {
  std::vector<std::string> texts;
  for (const json::value& each : list.as_array()) texts.emplace_back(each.as_string());
  return texts;
}

writing::SiteUnit summary_of(const json::value& value) {
  writing::SiteUnit unit;
  unit.kinds = list_of(value.at("kinds"));
  unit.overall = static_cast<int>(value.at("overall").as_int64());
  unit.projects = static_cast<int>(value.at("projects").as_int64());
  unit.others = static_cast<int>(value.at("others").as_int64());
  unit.amount = std::string(value.at("amount").as_string());
  return unit;
}

template <class Read>
auto read(std::string_view text, const Read& read) {
  try {
    return read(json::parse(text));
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里信息公开的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

}  // namespace

void store_summary(store::Connection& connection, const std::string& tenant, const std::string& content,
                   const std::vector<GoalTable>& tables) {
  writing::SiteUnit unit;
  writing::summarise(unit, tables);
  std::string summary;
  JsonWriter out(summary);
  out.begin_object().key("kinds");
  write_list(out, unit.kinds);
  out.key("overall").integer(unit.overall).key("projects").integer(unit.projects).key("others").integer(unit.others);
  out.field("amount", unit.amount).end_object();
  std::string words;
  JsonWriter list(words);
  write_list(list, unit.words);
  connection.run(put_summary, {tenant, content, made_by, summary, words});
}

std::vector<std::string> contents_without_summary(store::Connection& connection, const std::string& tenant) {
  std::vector<std::string> contents;
  connection.query(select_missing, {tenant, made_by}, [&](const store::Row& row) { contents.push_back(row.string(0)); });
  return contents;
}

std::map<std::string, writing::SiteUnit, std::less<>> summaries_of(store::Connection& connection, const std::string& tenant) {
  std::map<std::string, writing::SiteUnit, std::less<>> summaries;
  connection.query(select_summaries, {tenant},
                   [&](const store::Row& row) { summaries.emplace(row.string(0), read(row.text(1), summary_of)); });
  return summaries;
}

std::map<std::string, std::vector<std::string>, std::less<>> words_of(store::Connection& connection, const std::string& tenant, int year) {
  std::map<std::string, std::vector<std::string>, std::less<>> words;
  connection.query(select_words, {tenant, tenant, year},
                   [&](const store::Row& row) { words.emplace(row.string(0), read(row.text(1), list_of)); });
  return words;
}

}  // namespace jiheng::desks
