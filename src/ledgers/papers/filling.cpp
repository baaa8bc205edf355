#include "ledgers/papers/filling.h"

#include <algorithm>

#include "access/units.h"
#include "ledgers/due.h"
#include "ledgers/measure_query.h"
#include "ledgers/papers/arrears_rows.h"
#include "ledgers/papers/fields.h"
#include "ledgers/papers/words.h"
#include "ledgers/schema.h"
#include "ledgers/table_text.h"
#include "writing/official/marks.h"
#include "writing/official/text.h"

namespace jiheng::ledgers {
namespace {

using writing::OfficialValues;

constexpr int most_rows = 2'000;
constexpr std::string_view lease_account_rows = "lease_account";

/// "2026-03" → 2026年3月.
std::string month_in_words(std::string_view month) {
  const auto first = Date::parse(std::string(month) + "-01");
  return first ? std::to_string(first->year()) + "年" + std::to_string(first->month()) + "月" : std::string(month);
}

std::string text_of(const Field& field, const Value& value, const ReferenceTexts& references) {
  if (value.is_null()) return {};
  const std::int64_t* number = value.integer();
  switch (field.kind) {
    case Kind::amount:
      return amount_in_threes(*number);
    case Kind::date:
      return day_in_words(Date() + static_cast<int>(*number));
    case Kind::time: {
      const std::string shown_text = shown(field, value);  // 2026-03-05 14:30
      return day_in_words(day_of_ms(*number)) + (shown_text.size() > 11 ? shown_text.substr(11, 5) : std::string());
    }
    case Kind::month:
      return month_in_words(*value.text());
    default:
      return references.text(field, value, Wording::labels);
  }
}

/// A condition's place for the day: :to, as lists have it, is today.
std::string condition_sql(const RecordType& type, const Expression& expression, Date today) {
  return expression.sql([&](std::string_view name) { return column_of(*type.field(name)); },
                        [&](std::string_view) { return std::to_string(today.days()); });
}

std::string void_condition(const RecordType& type, std::vector<Value>& values) {
  std::string sql;
  for (const std::string& state : type.void_states) {
    const std::string column = column_of(*type.field(type.state));
    sql += " AND (" + column + " IS NULL OR " + column + " <> ?)";
    values.emplace_back(state);
  }
  return sql;
}

bool is_void(const RecordType& type, const Entry& entry) {
  const int at = type.index_of(type.state);
  const auto* state = at < 0 ? nullptr : entry.values[static_cast<std::size_t>(at)].text();
  return state != nullptr && type.is_void(*state);
}

bool fits(const Ledgers& ledgers, const RecordType& type, const Entry& entry, const Paper& paper, Date today) {
  if (paper.type != type.name || is_void(type, entry)) return false;
  if (!paper.when) return true;
  bool found = false;
  ledgers.registry().store().read()->query(
      "SELECT 1 FROM " + table_of(type) + " WHERE tenant_id = ? AND id = ? AND revision = ? AND " + condition_sql(type, *paper.when, today),
      {ledgers.registry().tenant(), entry.id, entry.revision}, [&](const store::Row&) { found = true; });
  return found;
}

class Filling {
 public:
  Filling(const Ledgers& ledgers, const Making& making) : ledgers_(ledgers), making_(making) {}

  Result<OfficialValues> values_of(const RecordType& type, const Entry& entry, const Paper& paper) {
    OfficialValues out = record(type, entry);
    add_due(out, type, entry);
    add_worked_out(out, type, entry, paper);
    for (const PaperPart& one : paper.ones) add_one(out, type, entry, one);
    for (const PaperPart& list : paper.lists) {
      if (auto error = list.computed.empty() ? add_list(out, entry, list) : add_account(out, entry, list)) return std::move(*error);
    }
    out.texts["机关"] = making_.bureau;
    out.marked["今天"] = writing::marked("made:day", day_in_words(making_.today));
    out.marked["今年"] = writing::marked("made:year", std::to_string(making_.today.year()));
    out.texts["经办人"] = making_.by;
    return out;
  }

  /// What a link to the record says.
  std::string title_of(const RecordType& type, const Entry& entry) const {
    const auto title = static_cast<std::size_t>(type.index_of(type.title));
    return entry.values[title].is_null() ? std::string()
                                         : texts_of(type, entry).text(type.fields[title], entry.values[title], Wording::labels);
  }

 private:
  /// Its fields, and those of what it refers to.
  OfficialValues record(const RecordType& type, const Entry& entry) {
    const ReferenceTexts references = texts_of(type, entry);
    OfficialValues out;
    out.source = entry.id;
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      const Field& field = type.fields[i];
      out.texts[field.label] = text_of(field, entry.values[i], references);
      if (field.kind == Kind::reference) add_referred(out, field.label, *ledgers_.catalogue().type(field.to), entry.values[i]);
    }
    return out;
  }

  /// Whatever it is called, "门面.坐落".
  void add_texts(OfficialValues& out, const std::string& name, const RecordType& type, const Entry* entry) {
    const ReferenceTexts references = entry == nullptr ? ReferenceTexts(ledgers_, type) : texts_of(type, *entry);
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      out.texts[name + "." + type.fields[i].label] =
          entry == nullptr ? std::string() : text_of(type.fields[i], entry->values[i], references);
    }
  }

  void add_referred(OfficialValues& out, const std::string& name, const RecordType& to, const Value& value) {
    if (to.kept_by_units) return add_unit(out, name, to, value);
    const auto found = value.is_null() ? Result<Entries>(Error{"not-found", "", {}}) : ledgers_.find(to, *value.text());
    add_texts(out, name, to, found ? &found->rows.front() : nullptr);
  }

  // Readers are few: one is held only as long as it is asked.
  store::Transaction read() const { return ledgers_.registry().store().read(); }

  ReferenceTexts texts_of(const RecordType& type, const Entry& entry) const {
    ReferenceTexts references(ledgers_, type);
    const std::span<const Value> values(entry.values);
    references.learn(*read(), {&values, 1});
    return references;
  }

  void add_unit(OfficialValues& out, const std::string& name, const RecordType& to, const Value& value) {
    const auto unit =
        value.is_null() ? std::optional<access::Unit>() : access::find_unit(*read(), ledgers_.registry().tenant(), *value.text());
    for (const Field& field : to.fields) out.texts[name + "." + field.label] = unit ? unit_text(*unit, field.name) : std::string();
  }

  std::string unit_text(const access::Unit& unit, std::string_view field) {
    const auto name_of = [&](const std::optional<std::string>& id) {
      const auto found = id ? access::find_unit(*read(), ledgers_.registry().tenant(), *id) : std::optional<access::Unit>();
      return found ? found->name : std::string();
    };
    if (field == "code") return unit.code;
    if (field == "name") return unit.name;
    if (field == "department") return name_of(unit.parent);
    if (field == "section") return name_of(unit.section);
    return {};
  }

  void add_due(OfficialValues& out, const RecordType& type, const Entry& entry) {
    for (const Limit& limit : type.limits) out.texts[limit.label + "到期日"] = {};
    const auto due = due_of(ledgers_, type, {entry}, making_.today);
    for (const Due& each : due.front()) out.texts[each.limit->label + "到期日"] = day_in_words(each.due_on);
  }

  static void add_worked_out(OfficialValues& out, const RecordType& type, const Entry& entry, const Paper& paper) {
    const auto number = [&](std::string_view label) -> std::optional<std::int64_t> {
      const Field* field = labelled(type, label);
      const auto* value = entry.values[static_cast<std::size_t>(type.index_of(field->name))].integer();
      return value == nullptr ? std::nullopt : std::optional(*value);
    };
    for (const std::string& name : writing::official_fields(paper.text)) {
      if (!is_worked_out(type, name)) continue;
      std::string& text = out.texts[name];
      if (name.ends_with(in_capitals)) {
        const auto amount = number(std::string_view(name).substr(0, name.size() - in_capitals.size()));
        if (amount) text = amount_in_capitals(*amount);
        continue;
      }
      const std::size_t at = name.find(divided_by);
      const auto part = number(std::string_view(name).substr(0, at));
      const auto whole = number(std::string_view(name).substr(at + divided_by.size()));
      if (part && whole) text = share_in_percent(*part, *whole).value_or("");
    }
  }

  void add_one(OfficialValues& out, const RecordType& type, const Entry& entry, const PaperPart& one) {
    const RecordType& other = *ledgers_.catalogue().type(one.type);
    const Value& by = entry.values[static_cast<std::size_t>(type.index_of(one.by))];
    const auto found = by.is_null() ? Result<Entries>(Error{"not-found", "", {}}) : ledgers_.find(other, *by.text());
    add_texts(out, one.name, other, found ? &found->rows.front() : nullptr);
  }

  std::optional<Error> add_list(OfficialValues& out, const Entry& entry, const PaperPart& list) {
    const RecordType& type = *ledgers_.catalogue().type(list.type);
    std::vector<Value> values{Value(ledgers_.registry().tenant()), Value(entry.id)};
    std::string sql = "SELECT " + select_columns(type) + " FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL AND " +
                      column_of(*type.field(list.by)) + " = ?" + void_condition(type, values);
    if (list.where) sql += " AND " + condition_sql(type, *list.where, making_.today);
    const bool falling = list.sort.starts_with("-");
    const std::string sort = falling ? list.sort.substr(1) : list.sort;
    sql += " ORDER BY ";
    if (!sort.empty()) sql += column_of(*type.field(sort)) + " IS NULL, " + column_of(*type.field(sort)) + (falling ? " DESC, " : ", ");
    Entries found;
    read()->query_all(sql + "id LIMIT " + std::to_string(most_rows + 1), values,
                      [&](const store::Row& row) { found.rows.push_back(entry_of(type, row, found.pool)); });
    if (found.rows.size() > static_cast<std::size_t>(most_rows))
      return Error{
          "too-many-rows", "“" + type.label + "”超过" + std::to_string(most_rows) + "条，这份文件放不下，请分开出具。", {list.name}};
    std::vector<OfficialValues>& rows = out.lists[list.name];
    for (const Entry& each : found.rows) rows.push_back(numbered(record(type, each), rows.size()));
    out.texts[list.name + ".项数"] = std::to_string(rows.size());
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      if (type.fields[i].kind == Kind::amount) out.texts[list.name + "." + type.fields[i].label + "合计"] = sum_of(found.rows, i);
    }
    if (static_cast<int>(rows.size()) < list.blank) {
      OfficialValues empty;
      for (const std::string& name : names_of_record(ledgers_.catalogue(), type)) empty.texts[name] = {};
      empty.texts["序号"] = {};
      rows.resize(static_cast<std::size_t>(list.blank), empty);
    }
    return std::nullopt;
  }

  static OfficialValues numbered(OfficialValues row, std::size_t before) {
    row.texts["序号"] = std::to_string(before + 1);
    return row;
  }

  /// Nothing where no row has one: it is not known to be nothing.
  static std::string sum_of(const std::vector<Entry>& entries, std::size_t field) {
    std::int64_t sum = 0;
    bool any = false;
    for (const Entry& each : entries) {
      const auto* value = each.values[field].integer();
      if (value == nullptr) continue;
      sum += *value;
      any = true;
    }
    return any ? amount_in_threes(sum) : std::string();
  }

  /// What a lease owes today and for which months.
  std::optional<Error> add_account(OfficialValues& out, const Entry& entry, const PaperPart& list) {
    const auto account = lease_account(ledgers_, entry.id, making_.today);
    if (!account) return account.error();
    std::int64_t due = 0;
    std::int64_t waived = 0;
    std::int64_t received = 0;
    std::int64_t opening = 0;
    for (const AccountLine& line : account->lines) {
      std::int64_t& sum = line.kind == AccountLine::Kind::due       ? due
                          : line.kind == AccountLine::Kind::waiver  ? waived
                          : line.kind == AccountLine::Kind::receipt ? received
                                                                    : opening;
      sum += line.fen;
    }
    const std::string name = list.name + ".";
    out.texts[name + "期初欠租"] = amount_in_threes(opening);
    out.texts[name + "应收"] = amount_in_threes(due);
    out.texts[name + "减免"] = amount_in_threes(-waived);
    out.texts[name + "已收"] = amount_in_threes(-received);
    out.texts[name + "欠租"] = amount_in_threes(account->owed);
    out.texts[name + "欠租（大写）"] = amount_in_capitals(account->owed);
    std::vector<OfficialValues>& rows = out.lists[list.name];
    for (const UnpaidMonth& month : unpaid_months(*account)) {
      OfficialValues row;
      row.texts["期次"] = month.number.empty() ? "期初" : "第" + month.number + "个月";
      row.texts["应付日期"] = month.due_on ? day_in_words(*month.due_on) : "";
      row.texts["应付租金"] = amount_in_threes(month.due);
      row.texts["尚欠租金"] = amount_in_threes(month.unpaid);
      row.texts["拖欠天数"] = month.due_on ? std::to_string(making_.today - *month.due_on) : "";
      rows.push_back(numbered(std::move(row), rows.size()));
    }
    out.texts[name + "项数"] = std::to_string(rows.size());
    return std::nullopt;
  }

  const Ledgers& ledgers_;
  const Making& making_;
};

}  // namespace

const ComputedRows* computed_rows(const std::string& name) {
  static const ComputedRows account{{"期次", "应付日期", "应付租金", "尚欠租金", "拖欠天数"},
                                    {"期初欠租", "应收", "减免", "已收", "欠租", "欠租（大写）"}};
  return name == lease_account_rows ? &account : nullptr;
}

std::vector<const Paper*> papers_of(const Ledgers& ledgers, const RecordType& type, const Entry& entry, Date today) {
  std::vector<const Paper*> out;
  for (const Paper& paper : ledgers.catalogue().papers()) {
    if (fits(ledgers, type, entry, paper, today)) out.push_back(&paper);
  }
  return out;
}

Result<MadePaper> make_paper(const Ledgers& ledgers, const RecordType& type, const Entry& entry, std::string_view name,
                             const Making& making) {
  const std::vector<const Paper*> papers = papers_of(ledgers, type, entry, making.today);
  const auto paper = std::find_if(papers.begin(), papers.end(), [&](const Paper* each) { return each->name == name; });
  if (paper == papers.end()) return Error{"not-found", "这条记录现在没有这种文件。", {std::string(name)}};
  Filling filling(ledgers, making);
  const auto values = filling.values_of(type, entry, **paper);
  if (!values) return values.error();
  auto document = writing::fill_official((*paper)->text, *values, writing::OfficialBlanks::room);
  if (!document) return document.error();
  const std::string about = filling.title_of(type, entry);
  return MadePaper{std::move(*document), (*paper)->label + (about.empty() ? "" : " " + about)};
}

}  // namespace jiheng::ledgers
