#include "ledgers/import.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "ledgers/header.h"
#include "ledgers/kept_file.h"
#include "ledgers/schema.h"
#include "ledgers/sheet.h"

namespace jiheng::ledgers {
namespace {

/// Below this share of a ledger its records are asked for one by one, above it all of them.
constexpr std::size_t few = 50;

/// The registers that a type's references name, with the entries that are to be made for what they do not know.
class References {
 public:
  References(const Ledgers& ledgers, store::Connection& connection, const RecordType& type, bool create) : create_(create) {
    for (const Field& field : type.fields) {
      if (field.kind != Kind::reference || registers_.contains(field.to)) continue;
      const RecordType& to = *ledgers.catalogue().type(field.to);
      registers_.emplace(field.to,
                         Known{&to, Register::load(connection, ledgers.registry().tenant(), to), ledgers.head(connection, to), {}});
    }
  }

  /// The record's id that the text names. Error: bad-value.
  Result<std::string_view> find(const Field& field, std::string_view text) {
    Known& known = registers_.at(field.to);
    const Register::Found found = known.entries.find(text);
    if (found.id != nullptr) return std::string_view(*found.id);
    if (found.ambiguous) return Error{"bad-value", "有几个“" + known.type->label + "”都叫“" + std::string(text) + "”，请写编号", {}};
    // A bureau that has not entered its units yet keeps the names as they are written.
    if (known.type->kept_by_units && known.entries.is_empty() && !create_) return text;
    if (!create_) return Error{"bad-value", "“" + known.type->label + "”里没有“" + std::string(text) + "”", {}};
    const std::string id = known.type->kept_by_units ? registry::new_id() : std::string(text);
    known.entries.add(id, text, {std::string(text)});
    known.made.push_back({id, std::string(text)});
    return std::string_view(*known.entries.find(text).id);
  }

  /// The entries to be made, of each register.
  std::vector<Batch> batches() const {
    std::vector<Batch> out;
    for (const auto& [name, known] : registers_) {
      if (known.made.empty() || known.type->kept_by_units) continue;
      Batch batch(*known.type);
      batch.seen = known.head;
      std::vector<Value> values(known.type->fields.size());
      for (const auto& [id, text] : known.made) {
        std::fill(values.begin(), values.end(), Value());
        const std::string_view kept = batch.pool.keep(text);
        for (std::size_t i = 0; i < values.size(); ++i) {
          const Field& field = known.type->fields[i];
          if (field.name == known.type->key || field.name == known.type->title) values[i] = Value(kept);
          if (field.name == known.type->state) values[i] = Value(batch.pool.keep(known.type->first_state()));
        }
        batch.add(batch.pool.keep(id), 1, values);
      }
      out.push_back(std::move(batch));
    }
    return out;
  }

  struct Made {
    std::string id;
    std::string name;
  };
  std::vector<Made> units() const {
    for (const auto& [name, known] : registers_) {
      if (known.type->kept_by_units) return known.made;
    }
    return {};
  }
  std::vector<std::string> created() const {
    std::vector<std::string> out;
    for (const auto& [name, known] : registers_) {
      for (const Made& each : known.made) out.push_back(known.type->label + " " + each.name);
    }
    return out;
  }

 private:
  struct Known {
    const RecordType* type;
    Register entries;
    std::int64_t head;
    std::vector<Made> made;
  };
  std::unordered_map<std::string, Known> registers_;
  bool create_;
};

/// The standing records of the numbers that a table names.
class Standing {
 public:
  Standing(const Ledgers& ledgers, store::Connection& connection, const RecordType& type, const std::vector<std::string_view>& ids) {
    if (type.key.empty() || ids.empty() || ledgers.head(connection, type) == 0) return;
    const std::string& tenant = ledgers.registry().tenant();
    const std::string sql = "SELECT " + select_columns(type) + " FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL";
    const auto keep = [&](const store::Row& row) {
      Entry entry = entry_of(type, row, pool_);
      const std::string_view id = pool_.keep(entry.id);
      entries_.emplace(id, std::move(entry));
    };
    if (ids.size() <= few) {
      for (const std::string_view id : ids) connection.query(sql + " AND id = ?", {tenant, id}, keep);
      return;
    }
    std::unordered_map<std::string_view, bool> wanted;
    for (const std::string_view id : ids) wanted.emplace(id, true);
    connection.query(sql, {tenant}, [&](const store::Row& row) {
      if (wanted.contains(row.text(0))) keep(row);
    });
  }
  const Entry* find(std::string_view id) const {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : &found->second;
  }

 private:
  TextPool pool_;
  std::unordered_map<std::string_view, Entry> entries_;
};

bool same(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (a.integer() != nullptr) return b.integer() != nullptr && *a.integer() == *b.integer();
  return b.text() != nullptr && *a.text() == *b.text();
}

/// A table names files that were uploaded by their names alone.
bool names_kept(const Value& value, const Value& before) {
  return value.text() != nullptr && before.text() != nullptr && kept_file(*before.text()) && file_name(*before.text()) == *value.text();
}

class Importing {
 public:
  Importing(Ledgers& ledgers, const RecordType& type, const ImportOptions& options)
      : ledgers_(ledgers), type_(type), options_(options), batch_(type) {}

  std::optional<Error> choose_sheet(std::vector<Sheet>& sheets) {
    std::size_t most = 0;
    std::vector<ColumnChoice> choices;
    if (options_.columns) choices.push_back(*options_.columns);
    for (ColumnChoice& each : known_columns(ledgers_.registry(), type_)) choices.push_back(std::move(each));
    for (Sheet& sheet : sheets) {
      auto header = find_header(type_, sheet, choices);
      if (!header) continue;
      const auto named =
          static_cast<std::size_t>(std::count_if(header->fields.begin(), header->fields.end(), [](int field) { return field >= 0; }));
      if (named <= most) continue;
      most = named;
      sheet_ = &sheet;
      header_ = std::move(*header);
    }
    for (Sheet& sheet : sheets) {
      // A check asks what the columns are, where the program cannot tell.
      if (sheet_ != nullptr || !options_.only_check) break;
      if (auto header = likely_header(sheet)) {
        sheet_ = &sheet;
        header_ = std::move(*header);
      }
    }
    if (sheet_ == nullptr) {
      return Error{
          "no-header", "文件里没有一行是“" + type_.label + "”的字段名，没有导入。字段名见 jiheng ledger show " + type_.name + "。", {}};
    }
    tell_columns();
    const std::vector<std::string> missing = missing_columns(type_, header_);
    if (!missing.empty() && options_.only_check) {
      out_.missing = missing;
      return std::nullopt;
    }
    if (!missing.empty()) {
      std::string names;
      for (const std::string& each : missing) names += (names.empty() ? "" : "、") + each;
      return Error{"no-header", "表头里缺少必填的列：" + names + "，没有导入。", missing};
    }
    for (const std::string& each : header_.unknown) out_.notes.push_back("列“" + each + "”不是“" + type_.label + "”的字段，没有读入。");
    return std::nullopt;
  }

  void tell_columns() {
    std::size_t at = 0;
    for (std::size_t column = 0; column < header_.fields.size(); ++column) {
      if (trim(sheet_->at(header_.row, column)).empty()) continue;
      const int field = header_.fields[column];
      out_.columns.emplace_back(header_.headings[at++], field < 0 ? std::string() : type_.fields[static_cast<std::size_t>(field)].name);
    }
  }
  /// What is to be remembered of the table at hand.
  std::optional<ColumnChoice> choice() const {
    if (!options_.columns || options_.columns->fields.empty()) return std::nullopt;
    return ColumnChoice{header_.headings, options_.columns->fields};
  }

  void read_rows(store::Connection& connection) {
    batch_.seen = ledgers_.head(connection, type_);
    references_.emplace(ledgers_, connection, type_, options_.create_missing);
    read_numbers();
    standing_.emplace(ledgers_, connection, type_, numbers_);
    sums_.assign(type_.fields.size(), {});
    values_.resize(type_.fields.size());
    key_ = type_.index_of(type_.key);
    for (std::size_t i = 0; i < type_.fields.size(); ++i) {
      const Field& field = type_.fields[i];
      if (field.unique && static_cast<int>(i) != key_ && !is_number(field.kind)) {
        unique_.emplace_back(i, Seen());
        read_taken(connection, i);
      }
      given_.push_back(std::find(header_.fields.begin(), header_.fields.end(), static_cast<int>(i)) != header_.fields.end());
    }
    for (std::size_t row = header_.row + 1; row < sheet_->rows(); ++row) {
      if (!is_sum(row)) read_row(row);
    }
  }

  Batch& batch() { return batch_; }
  References& references() { return *references_; }
  Imported& out() { return out_; }

 private:
  using Seen = std::unordered_map<std::string_view, std::uint32_t>;

  /// The numbers in the key's column, to look their records up.
  void read_numbers() {
    const int key = type_.index_of(type_.key);
    const auto column = std::find(header_.fields.begin(), header_.fields.end(), key);
    if (key < 0 || column == header_.fields.end()) return;
    const auto at = static_cast<std::size_t>(column - header_.fields.begin());
    for (std::size_t row = header_.row + 1; row < sheet_->rows(); ++row) {
      if (const std::string_view id = sheet_->at(row, at); !id.empty()) numbers_.push_back(id);
    }
  }

  /// What records hold already of a field that is to be unique.
  void read_taken(store::Connection& connection, std::size_t index) {
    const std::string column = column_of(type_.fields[index]);
    connection.query(
        "SELECT " + column + ", id FROM " + table_of(type_) + " WHERE tenant_id = ? AND until IS NULL AND " + column + " IS NOT NULL",
        {ledgers_.registry().tenant()},
        [&](const store::Row& row) { taken_[index].emplace(batch_.pool.keep(row.text(0)), batch_.pool.keep(row.text(1))); });
  }

  void complain(std::size_t row, const Field* field, std::string reason) {
    out_.bad.push_back({sheet_->number(row), field == nullptr ? std::string() : field->name,
                        field == nullptr ? std::string() : field->label, std::move(reason)});
  }

  bool is_sum(std::size_t row) {
    const SumRow kind = sum_row(type_, *sheet_, header_, row);
    if (kind == SumRow::no) return false;
    bool all = true;
    bool part = true;
    for (std::size_t column = 0; column < sheet_->columns(row); ++column) {
      const int index = column < header_.fields.size() ? header_.fields[column] : -1;
      const std::string_view cell = sheet_->at(row, column);
      if (cell.empty() || index < 0 || !is_summed(type_.fields[static_cast<std::size_t>(index)])) continue;
      const auto value = parse_value(type_.fields[static_cast<std::size_t>(index)], cell, batch_.pool);
      const Sum& sum = sums_[static_cast<std::size_t>(index)];
      all = all && value && *value.value().integer() == sum.all;
      part = part && value && *value.value().integer() == sum.part;
    }
    const bool fits = all || part;
    if (kind == SumRow::figures && !fits) return false;
    for (Sum& sum : sums_) sum.part = 0;
    out_.notes.push_back("第" + std::to_string(sheet_->number(row)) + "行是合计，没有作为记录导入" +
                         (fits ? "。" : "；合计数与各行之和不符，请核对。"));
    return true;
  }

  void read_row(std::size_t row) {
    std::fill(values_.begin(), values_.end(), Value());
    const std::size_t bad_before = out_.bad.size();
    for (std::size_t column = 0; column < header_.fields.size(); ++column) {
      const std::string_view cell = sheet_->at(row, column);
      if (header_.fields[column] >= 0 && !cell.empty()) read_cell(row, static_cast<std::size_t>(header_.fields[column]), cell);
    }
    const bool named = key_ >= 0 && values_[static_cast<std::size_t>(key_)].text() != nullptr;
    const std::string_view id = named ? *values_[static_cast<std::size_t>(key_)].text() : std::string_view();
    const Entry* before = id.empty() ? nullptr : standing_->find(id);
    fill_in(row, before, bad_before);
    check_unique(row, id);
    if (before != nullptr) check_state(row, *before);
    if (out_.bad.size() > bad_before) {
      keep_bad(row, bad_before);
      return;
    }
    count_sums();
    if (before == nullptr) {
      batch_.add(id, 1, values_);
      ++out_.added;
    } else if (std::equal(values_.begin(), values_.end(), before->values.begin(),
                          [this, at = std::size_t{0}](const Value& a, const Value& b) mutable {
                            return !is_stored(type_.fields[at++]) || same(a, b);
                          })) {
      ++out_.same;
    } else {
      batch_.add(id, before->revision + 1, values_);
      ++out_.changed;
    }
  }

  void read_cell(std::size_t row, std::size_t index, std::string_view cell) {
    const Field& field = type_.fields[index];
    auto value = parse_value(field, cell, batch_.pool);
    if (!value) {
      complain(row, &field, value.error().message);
      return;
    }
    if (field.kind == Kind::reference) {
      auto id = references_->find(field, cell);
      if (!id) {
        complain(row, &field, id.error().message);
        return;
      }
      values_[index] = Value(*id);
      return;
    }
    values_[index] = value.value();
  }

  /// What the table does not say: as it was, or what the declaration puts there; then what must not be missing.
  void fill_in(std::size_t row, const Entry* before, std::size_t bad_before) {
    for (std::size_t i = 0; i < type_.fields.size(); ++i) {
      const Field& field = type_.fields[i];
      if (field.kind == Kind::file && before != nullptr && names_kept(values_[i], before->values[i])) values_[i] = before->values[i];
      if (!values_[i].is_null() || !is_stored(field)) continue;
      if (!given_[i] && before != nullptr) {
        values_[i] = before->values[i];
        continue;
      }
      if (field.name == type_.state && !field.required) {
        values_[i] = Value(batch_.pool.keep(type_.first_state()));
      } else if (!field.fallback.empty()) {
        if (const auto value = parse_value(field, field.fallback, batch_.pool)) values_[i] = value.value();
      }
      if (!values_[i].is_null() || !field.required) continue;
      const bool told = std::any_of(out_.bad.begin() + static_cast<std::ptrdiff_t>(bad_before), out_.bad.end(),
                                    [&](const BadRow& bad) { return bad.field == field.name; });
      if (!told) complain(row, &field, "没有填写");
    }
  }

  void check_unique(std::size_t row, std::string_view id) {
    if (!id.empty()) {
      const auto [at, is_new] = ids_.emplace(id, sheet_->number(row));
      if (!is_new) complain(row, type_.field(type_.key), "与第" + std::to_string(at->second) + "行重复");
    }
    for (auto& [index, seen] : unique_) {
      const auto* text = values_[index].text();
      if (text == nullptr) continue;
      const auto [at, is_new] = seen.emplace(*text, sheet_->number(row));
      if (!is_new) complain(row, &type_.fields[index], "与第" + std::to_string(at->second) + "行重复");
      const auto taken = taken_[index].find(*text);
      if (taken != taken_[index].end() && taken->second != id)
        complain(row, &type_.fields[index], "已经有了，在记录" + std::string(taken->second) + "里");
    }
  }

  /// A known record goes its way by the ledger's actions, not by a table.
  void check_state(std::size_t row, const Entry& before) {
    if (type_.actions.empty() || options_.may_move_states) return;
    const auto state = static_cast<std::size_t>(type_.index_of(type_.state));
    if (!same(values_[state], before.values[state]))
      complain(row, &type_.fields[state], "与已登记的不同；状态要在这条记录上办理，不能用表格改");
  }

  void count_sums() {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const auto* number = values_[i].integer();
      if (number == nullptr || !is_summed(type_.fields[i])) continue;
      sums_[i].all += *number;
      sums_[i].part += *number;
    }
  }

  void keep_bad(std::size_t row, std::size_t bad_before) {
    if (!options_.skip_bad) return;
    ++out_.skipped;
    if (out_.bad_table.empty()) {
      out_.bad_table.push_back(cells_of(header_.row));
      out_.bad_table.back().insert(out_.bad_table.back().begin(), "行号");
      out_.bad_table.back().emplace_back("原因");
    }
    std::vector<std::string> cells = cells_of(row);
    cells.insert(cells.begin(), std::to_string(sheet_->number(row)));
    std::string reasons;
    for (std::size_t i = bad_before; i < out_.bad.size(); ++i)
      reasons += (reasons.empty() ? "" : "；") + out_.bad[i].label + out_.bad[i].reason;
    cells.push_back(std::move(reasons));
    out_.bad_table.push_back(std::move(cells));
  }

  std::vector<std::string> cells_of(std::size_t row) const {
    std::vector<std::string> cells;
    for (std::size_t column = 0; column < header_.fields.size(); ++column) cells.emplace_back(sheet_->at(row, column));
    return cells;
  }

  struct Sum {
    std::int64_t all = 0;
    std::int64_t part = 0;  ///< since the last row of sums
  };

  Ledgers& ledgers_;
  const RecordType& type_;
  const ImportOptions& options_;
  Batch batch_;
  Sheet* sheet_ = nullptr;
  Header header_;
  std::optional<References> references_;
  std::optional<Standing> standing_;
  std::vector<std::string_view> numbers_;
  std::vector<Value> values_;
  std::vector<bool> given_;
  std::vector<Sum> sums_;
  Seen ids_;
  std::vector<std::pair<std::size_t, Seen>> unique_;
  std::unordered_map<std::size_t, std::unordered_map<std::string_view, std::string_view>> taken_;
  int key_ = -1;
  Imported out_;
};

/// When the same file was imported into the ledger before.
std::optional<std::string> imported_before(Ledgers& ledgers, const RecordType& type, const std::string& sha256) {
  std::optional<std::string> when;
  auto reading = ledgers.registry().store().read();
  reading->query(
      "SELECT j.at FROM journal j JOIN records r ON r.tenant_id = j.tenant_id AND r.kind = j.kind AND r.id = j.record_id AND r.revision = "
      "j.revision "
      "WHERE r.tenant_id = ? AND r.kind = ? AND j.action = 'import' AND r.body LIKE ?",
      {ledgers.registry().tenant(), kind_of(type), "%\"file_sha256\":\"" + sha256 + "\"%"},
      [&](const store::Row& row) { when = row.string(0); });
  return when;
}

}  // namespace

Result<Imported> import_table(Ledgers& ledgers, const RecordType& type, std::string bytes, const ImportOptions& options,
                              const access::Principal& who, Text why) {
  if (!who.may(access::Permission::keep_ledgers)) return Error{"forbidden", "您没有登记台账的权限。", {}};
  const std::string sha256 = sha256_hex(bytes);
  auto sheets = options.read ? options.read(std::move(bytes)) : read_sheets(std::move(bytes));
  if (!sheets) return std::move(sheets).error();
  Importing importing(ledgers, type, options);
  if (auto error = importing.choose_sheet(*sheets)) return std::move(*error);
  if (!importing.out().missing.empty()) return std::move(importing.out());
  if (type.key.empty()) {
    if (const auto when = imported_before(ledgers, type, sha256)) {
      Imported out;
      out.notes.push_back("这份文件已在" + when->substr(0, 10) + "导入过，没有重复导入。");
      return out;
    }
  }
  importing.read_rows(*ledgers.registry().store().read());
  Imported& out = importing.out();
  if (!out.bad.empty() && !options.skip_bad) return std::move(out);
  out.created = importing.references().created();
  if (options.only_check) return std::move(out);
  std::vector<Batch> batches = importing.references().batches();
  if (importing.batch().size() > 0) batches.push_back(std::move(importing.batch()));
  if (batches.empty()) return std::move(out);
  const auto units = importing.references().units();
  const auto columns = importing.choice();
  const auto make_units = [&](registry::Change& change) -> std::optional<Error> {
    if (columns) {
      if (auto error = remember_columns(change, type, *columns)) return error;
    }
    for (const auto& unit : units) {
      if (!options.make_unit) return Error{"bad-value", "这里不能新增单位“" + unit.name + "”。", {}};
      if (auto error = options.make_unit(change, unit.id, unit.name)) return error;
    }
    return std::nullopt;
  };
  const auto stored =
      ledgers.store(batches, {who.login().empty() ? "local" : who.login(), std::move(why)}, {"import", options.file, sha256}, make_units);
  if (!stored) return stored.error();
  out.stored = true;
  return std::move(out);
}

}  // namespace jiheng::ledgers
