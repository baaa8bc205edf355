#include "desks/follow_up/department_table.h"

#include <algorithm>

#include "desks/follow_up/json_fields.h"
#include "scoring/overall.h"

namespace jiheng::desks {
namespace {

using namespace lenient;

namespace json = boost::json;
using policy::OverallItem;

const std::string* said(const std::vector<std::pair<std::string, std::string>>& figures, std::string_view name) {
  const auto found = std::find_if(figures.begin(), figures.end(), [&](const auto& each) { return each.first == name; });
  return found == figures.end() ? nullptr : &found->second;
}

class Filling {
 public:
  Filling(const DepartmentEntry& entry, const std::vector<std::pair<std::string, std::string>>& known) : entry_(entry), known_(known) {}

  DepartmentTable fill(const policy::OverallTable& table) {
    out_.title = table.title;
    Decimal most;
    Decimal total;
    bool whole = true;
    for (const OverallItem& item : table.items) {
      DepartmentRow row;
      row.group = item.group;
      row.name = item.name;
      row.points = item.points.plain();
      row.judged = item.rule == OverallItem::Rule::judged;
      const auto points = row.judged ? judged(item, row) : calculated(item, row);
      if (points) {
        row.score = points->text();
        total += *points;
      }
      whole = whole && points;
      most += item.points;
      out_.rows.push_back(std::move(row));
    }
    out_.most = most.plain();
    if (whole) out_.total = total.rounded(places).text();
    return std::move(out_);
  }

 private:
  static constexpr int places = 2;

  std::optional<Decimal> judged(const OverallItem& item, DepartmentRow& row) const {
    const auto given = std::find_if(entry_.judged.begin(), entry_.judged.end(), [&](const auto& each) { return each.item == item.name; });
    if (given != entry_.judged.end() && !given->why.empty()) row.why = given->why;
    const auto points = given == entry_.judged.end() ? std::nullopt : Decimal::parse(given->points);
    if (!points) {
      row.trouble = "还没有打分。";
    } else if (points->is_negative() || *points > item.points) {
      row.trouble = "得分应在0到" + row.points + "之间。";
    } else if (*points < item.points && !row.why) {
      row.trouble = "没有得满分，请写明扣分的原因。";
    } else {
      return points->rounded(places);
    }
    return std::nullopt;
  }

  std::optional<Decimal> calculated(const OverallItem& item, DepartmentRow& row) {
    for (const auto* terms : {&item.over, &item.under}) {
      for (const OverallItem::Term& term : *terms) name(term.figure, row);
    }
    const auto scored = scoring::score_overall(item, numbers_);
    if (!scored) {
      row.trouble = scored.error().message;
      return std::nullopt;
    }
    if (scored->rate) row.rate = scored->rate->text();
    return scored->points;
  }

  /// Every figure stands once, however many rates it is in.
  void name(const std::string& figure, DepartmentRow& row) {
    if (std::find(row.figures.begin(), row.figures.end(), figure) == row.figures.end()) row.figures.push_back(figure);
    if (std::any_of(out_.figures.begin(), out_.figures.end(), [&](const auto& each) { return each.name == figure; })) return;
    const std::string* recorded = said(known_, figure);
    const std::string* text = recorded != nullptr ? recorded : said(entry_.figures, figure);
    out_.figures.push_back({figure, text != nullptr ? Text(*text) : Text(), recorded != nullptr});
    if (text == nullptr) return;
    if (const auto number = Decimal::parse(*text)) numbers_.emplace_back(figure, *number);
  }

  const DepartmentEntry& entry_;
  const std::vector<std::pair<std::string, std::string>>& known_;
  std::vector<std::pair<std::string, Decimal>> numbers_;
  DepartmentTable out_;
};

}  // namespace

DepartmentTable fill_department(const policy::OverallTable& table, const DepartmentEntry& entry,
                                const std::vector<std::pair<std::string, std::string>>& known) {
  return Filling(entry, known).fill(table);
}

void write_department(JsonWriter& out, const DepartmentTable& table) {
  out.begin_object().field("title", table.title).key("figures").begin_array();
  for (const DepartmentFigure& each : table.figures)
    out.begin_object().field("name", each.name).field("value", each.value).key("known").boolean(each.known).end_object();
  out.end_array().key("rows").begin_array();
  for (const DepartmentRow& row : table.rows) {
    out.begin_object().field("group", row.group).field("name", row.name).field("points", row.points).key("judged").boolean(row.judged);
    out.key("figures").begin_array();
    for (const std::string& each : row.figures) out.string(each);
    out.end_array().field("rate", row.rate).field("score", row.score).field("why", row.why).field("trouble", row.trouble).end_object();
  }
  out.end_array().field("total", table.total).field("most", table.most).end_object();
}

void write_department_entry(JsonWriter& out, const DepartmentEntry& entry) {
  out.begin_object().key("figures").begin_array();
  for (const auto& [name, value] : entry.figures) out.begin_object().field("name", name).field("value", value).end_object();
  out.end_array().key("judged").begin_array();
  for (const DepartmentEntry::Judged& each : entry.judged)
    out.begin_object().field("item", each.item).field("points", each.points).field("why", each.why).end_object();
  out.end_array().end_object();
}

DepartmentTable department_from(const json::value& from) {
  DepartmentTable table;
  table.title = text_at(from, "title");
  for (const json::value& each : array_at(from, "figures"))
    table.figures.push_back({text_at(each, "name"), optional_at(each, "value"), flag_at(each, "known")});
  for (const json::value& each : array_at(from, "rows")) {
    DepartmentRow row{text_at(each, "group"),    text_at(each, "name"),      text_at(each, "points"),  flag_at(each, "judged"),     {},
                      optional_at(each, "rate"), optional_at(each, "score"), optional_at(each, "why"), optional_at(each, "trouble")};
    for (const json::value& figure : array_at(each, "figures")) row.figures.emplace_back(figure.as_string());
    table.rows.push_back(std::move(row));
  }
  table.total = optional_at(from, "total");
  table.most = text_at(from, "most");
  return table;
}

DepartmentEntry department_entry_from(const json::value& from) {
  DepartmentEntry entry;
  for (const json::value& each : array_at(from, "figures")) {
    if (std::string value = text_at(each, "value"); !value.empty()) entry.figures.emplace_back(text_at(each, "name"), std::move(value));
  }
  for (const json::value& each : array_at(from, "judged"))
    entry.judged.push_back({text_at(each, "item"), text_at(each, "points"), text_at(each, "why")});
  return entry;
}

}  // namespace jiheng::desks
