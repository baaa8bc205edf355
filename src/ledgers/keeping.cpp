#include "ledgers/keeping.h"

#include <algorithm>

#include "base/text.h"
#include "ledgers/kept_file.h"
#include "ledgers/numbering.h"
#include "ledgers/schema.h"

namespace jiheng::ledgers {
namespace {

Error forbidden() {
  return {"forbidden", "您没有登记台账的权限。", {}};
}

std::string_view state_of(const RecordType& type, const Entry& entry) {
  const int index = type.index_of(type.state);
  if (index < 0) return {};
  const auto* text = entry.values[static_cast<std::size_t>(index)].text();
  return text == nullptr ? std::string_view() : *text;
}

/// A record in the making: the values before, what was typed over them, and what is wrong with it.
class Draft {
 public:
  Draft(const Ledgers& ledgers, store::Connection& connection, const RecordType& type, std::vector<Value> values)
      : ledgers_(ledgers), connection_(connection), type_(type), values_(std::move(values)) {
    values_.resize(type.fields.size());
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (!is_stored(type.fields[i])) values_[i] = {};
    }
  }

  void complain(const std::string& name, std::string_view reason) {
    const std::string fault = name + ": " + std::string(reason);
    if (std::find(faults_.begin(), faults_.end(), fault) != faults_.end()) return;
    faults_.push_back(fault);
    said_ += (said_.empty() ? "" : "；") + std::string(reason);
  }

  void type(const std::string& name, std::string_view text, TextPool& pool) {
    const int index = type_.index_of(name);
    if (index < 0 || !is_stored(type_.fields[static_cast<std::size_t>(index)])) return complain(name, "没有这个字段");
    const Field& field = type_.fields[static_cast<std::size_t>(index)];
    const std::string_view trimmed = trim(text);
    Value& value = values_[static_cast<std::size_t>(index)];
    if (trimmed.empty()) {
      value = {};
      return;
    }
    // A kept file stays under its name; another one only comes by its upload.
    if (field.kind == Kind::file && value.text() != nullptr && file_name(*value.text()) == file_name(trimmed)) return;
    const auto parsed = parse_value(field, pool.keep(trimmed), pool);
    if (!parsed) return complain(name, parsed.error().message);
    value = *parsed;
    if (field.kind == Kind::reference) refer(field, value, pool);
  }

  void set(const std::string& name, std::string_view code) { values_[static_cast<std::size_t>(type_.index_of(name))] = Value(code); }

  void fill(TextPool& pool) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const Field& field = type_.fields[i];
      if (!values_[i].is_null() || field.fallback.empty()) continue;
      if (const auto parsed = parse_value(field, pool.keep(field.fallback), pool)) values_[i] = *parsed;
    }
    if (!type_.state.empty() && value_of(type_.state).is_null()) set(type_.state, pool.keep(type_.first_state()));
  }

  void need(const std::string& name) {
    const Field* field = type_.field(name);
    if (value_of(name).is_null()) complain(name, field->label + "没有填写");
  }

  void check() {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const Field& field = type_.fields[i];
      if (field.required && values_[i].is_null()) need(field.name);
      if (field.unique && !values_[i].is_null()) check_unique(field, values_[i]);
    }
  }

  std::optional<Error> fault() const {
    if (faults_.empty()) return std::nullopt;
    return Error{"invalid-record", "有" + std::to_string(faults_.size()) + "处填写不对：" + said_ + "。", faults_};
  }
  void of(std::string_view id) { id_ = id; }
  const Value& value_of(const std::string& name) const { return values_[static_cast<std::size_t>(type_.index_of(name))]; }
  std::span<const Value> values() const { return values_; }

 private:
  void refer(const Field& field, Value& value, TextPool& pool) {
    const RecordType& to = *ledgers_.catalogue().type(field.to);
    const NamedEntry found = entry_named(connection_, ledgers_.registry().tenant(), to, *value.text());
    if (found.id) {
      value = Value(pool.keep(*found.id));
    } else if (!(to.kept_by_units && found.register_empty)) {
      complain(field.name, found.ambiguous ? "有几个“" + to.label + "”都叫“" + std::string(*value.text()) + "”，请写编号"
                                           : "“" + to.label + "”里没有“" + std::string(*value.text()) + "”");
    }
  }

  void check_unique(const Field& field, const Value& value) {
    bool taken = false;
    connection_.query("SELECT id FROM " + table_of(type_) + " WHERE tenant_id = ? AND until IS NULL AND " + column_of(field) + " = ?",
                      {ledgers_.registry().tenant(), value}, [&](const store::Row& row) { taken = taken || row.text(0) != id_; });
    if (taken) complain(field.name, field.label + "已经有了");
  }

  const Ledgers& ledgers_;
  store::Connection& connection_;
  const RecordType& type_;
  std::vector<Value> values_;
  std::vector<std::string> faults_;
  std::string said_;
  std::string_view id_;
};

Result<Entries> store_one(Ledgers& ledgers, const RecordType& type, std::string_view id, int revision, std::span<const Value> values,
                          const access::Principal& who, Text why, std::string action, const Ledgers::Before& before = {}) {
  std::vector<Batch> batches;
  batches.emplace_back(type);
  batches.front().add(id, revision, values);
  const auto stored =
      ledgers.store(batches, {who.login().empty() ? "local" : who.login(), std::move(why)}, {std::move(action), {}, {}}, before);
  if (!stored) return stored.error();
  return ledgers.find(type, batches.front().ids.front());
}

/// The standing record, if it is the revision that the change was made from.
Result<Entries> standing(const Ledgers& ledgers, const RecordType& type, std::string_view id, int from_revision) {
  auto found = ledgers.find(type, id);
  if (!found) return found;
  if (found->rows.front().revision == from_revision) return found;
  const Timeline timeline = ledgers.timeline(type, id);
  return Error{"stale-revision",
               "这条记录刚刚被" + timeline.moments.front().by + "改过，没有保存。请看过之后再改。",
               {std::to_string(timeline.moments.front().revision), timeline.moments.front().by, timeline.moments.front().at}};
}

bool has_post(const Action& action, const access::Principal& who) {
  if (who.is_operator() || action.roles.empty()) return true;
  return std::any_of(who.posts().begin(), who.posts().end(), [&](const access::Post& post) {
    return std::find(action.roles.begin(), action.roles.end(), access::role_code(post.role)) != action.roles.end();
  });
}

bool starts_from(const RecordType& type, const Action& action, std::string_view state) {
  if (action.from.empty()) return !type.is_void(state);
  return std::find(action.from.begin(), action.from.end(), state) != action.from.end();
}

/// Who took one of the steps that another one must have taken.
bool is_second_person(const Action& action, const Timeline& timeline, const access::Principal& who) {
  // Whoever has the machine before him is one person under all names; he is told apart by the account he acts for.
  return std::none_of(timeline.moments.begin(), timeline.moments.end(), [&](const Moment& moment) {
    return moment.by == who.login() &&
           std::find(action.other_than.begin(), action.other_than.end(), moment.action) != action.other_than.end();
  });
}

constexpr std::size_t longest_file_name = 200;

/// How often a number is asked for again that somebody else got meanwhile.
constexpr int most_attempts = 200;
constexpr std::string_view number_taken = "number-taken";

int year_of(const Ledgers& ledgers) {
  return day_of_ms(ledgers.registry().now() * 1000).year();
}

/// The rule numbers where the field was left empty; `act` stores, or says that the number went to somebody else. Numbers are given out
/// under the journal's lock, so that none is given twice and none is left out.
Result<Entries> numbered(Ledgers& ledgers, const RecordType& type, const std::vector<const Field*>& fields, TextPool& pool,
                         std::vector<Value>& values,
                         const std::function<Result<Entries>(std::span<const Value> values, const Ledgers::Before& before)>& act) {
  const int year = year_of(ledgers);
  const std::string& tenant = ledgers.registry().tenant();
  for (int attempt = 0;; ++attempt) {
    for (const Field* field : fields) {
      const std::string number = next_number(*ledgers.registry().store().read(), tenant, type, *field, year);
      values[static_cast<std::size_t>(type.index_of(field->name))] = Value(pool.keep(number));
    }
    auto stored = act(values, [&](registry::Change& change) -> std::optional<Error> {
      for (const Field* field : fields) {
        const std::string_view number = *values[static_cast<std::size_t>(type.index_of(field->name))].text();
        if (number != next_number(change.connection(), tenant, type, *field, year)) return Error{std::string(number_taken), "", {}};
      }
      return std::nullopt;
    });
    if (stored || stored.error().code != number_taken) return stored;
    if (attempt == most_attempts) return Error{"stale-revision", "同时登记的人太多，没有取到编号，请再试一次。", {}};
  }
}

bool is_numbered(const Field& field, const Draft& draft) {
  return !field.number.empty() && draft.value_of(field.name).is_null();
}

}  // namespace

std::vector<const Action*> open_actions(const RecordType& type, const Entry& entry, const Timeline& timeline,
                                        const access::Principal& who) {
  std::vector<const Action*> open;
  if (!who.may(access::Permission::keep_ledgers)) return open;
  for (const Action& action : type.actions) {
    if (starts_from(type, action, state_of(type, entry)) && has_post(action, who) && is_second_person(action, timeline, who))
      open.push_back(&action);
  }
  return open;
}

Result<Entries> add_record(Ledgers& ledgers, const RecordType& type, const Typed& typed, const access::Principal& who, Text why) {
  if (!who.may(access::Permission::keep_ledgers)) return forbidden();
  TextPool pool;
  std::string id;
  std::vector<Value> values;
  std::vector<const Field*> to_number;
  {
    auto reading = ledgers.registry().store().read();
    Draft draft(ledgers, *reading, type, {});
    for (const auto& [name, text] : typed) {
      // A new record begins at the beginning.
      if (name != type.state || type.actions.empty()) draft.type(name, text, pool);
    }
    draft.fill(pool);
    const Field* key = type.field(type.key);
    if (key != nullptr && is_numbered(*key, draft)) {
      to_number.push_back(key);
      draft.set(key->name, "0");  // it is there by the time of storing
    }
    draft.check();
    if (auto fault = draft.fault()) return std::move(*fault);
    if (!type.key.empty()) id = std::string(*draft.value_of(type.key).text());
    values.assign(draft.values().begin(), draft.values().end());
  }
  if (!to_number.empty()) {
    const auto key = static_cast<std::size_t>(type.index_of(type.key));
    return numbered(ledgers, type, to_number, pool, values, [&](std::span<const Value> row, const Ledgers::Before& before) {
      return store_one(ledgers, type, *row[key].text(), 1, row, who, why, "add", before);
    });
  }
  if (!id.empty() && ledgers.find(type, id)) {
    return Error{"record-exists", "“" + type.label + "”里已经有编号“" + id + "”。", {id}};
  }
  return store_one(ledgers, type, id, 1, values, who, std::move(why), "add");
}

Result<Entries> change_record(Ledgers& ledgers, const RecordType& type, std::string_view id, int from_revision, const Typed& typed,
                              const access::Principal& who, Text why) {
  if (!who.may(access::Permission::keep_ledgers)) return forbidden();
  auto before = standing(ledgers, type, id, from_revision);
  if (!before) return before;
  if (!type.actions.empty() && type.is_void(state_of(type, before->rows.front()))) {
    return Error{"record-void", "这条记录已经作废或撤回，不能再改。", {std::string(id)}};
  }
  std::vector<Value> values;
  TextPool& pool = before->pool;
  {
    auto reading = ledgers.registry().store().read();
    Draft draft(ledgers, *reading, type, before->rows.front().values);
    draft.of(id);
    for (const auto& [name, text] : typed) {
      // Everything refers to a record by its number.
      if (name == type.key && trim(text) != id) draft.complain(name, type.field(name)->label + "登记后不能改；登记错了请作废后重新登记");
      if (name == type.key) continue;
      if (name != type.state || type.actions.empty()) draft.type(name, text, pool);
    }
    draft.check();
    if (auto fault = draft.fault()) return std::move(*fault);
    values.assign(draft.values().begin(), draft.values().end());
  }
  return store_one(ledgers, type, id, from_revision + 1, values, who, std::move(why), "edit");
}

Result<Entries> act_on_record(Ledgers& ledgers, const RecordType& type, std::string_view id, int from_revision, std::string_view name,
                              const Typed& typed, const access::Principal& who, Text why) {
  if (!who.may(access::Permission::keep_ledgers)) return forbidden();
  auto before = standing(ledgers, type, id, from_revision);
  if (!before) return before;
  const Entry& entry = before->rows.front();
  const auto action = std::find_if(type.actions.begin(), type.actions.end(), [&](const Action& each) { return each.name == name; });
  if (action == type.actions.end() || !starts_from(type, *action, state_of(type, entry)) || !has_post(*action, who)) {
    return Error{"action-not-allowed", "这条记录现在不能这样办。请刷新后看它的状态。", {std::string(name)}};
  }
  if (!is_second_person(*action, ledgers.timeline(type, id), who)) {
    return Error{"four-eyes", "“" + action->label + "”要由另一个人办：前面的步骤是您自己办的。", {std::string(name)}};
  }
  std::vector<Value> values;
  std::vector<const Field*> to_number;
  {
    auto reading = ledgers.registry().store().read();
    Draft draft(ledgers, *reading, type, entry.values);
    draft.of(id);
    for (const auto& [field, text] : typed) {
      const bool asked = std::find(action->fields.begin(), action->fields.end(), field) != action->fields.end();
      if (asked) draft.type(field, text, before->pool);
    }
    if (!action->to.empty()) draft.set(type.state, action->to);
    for (const std::string& field : action->fields) {
      if (is_numbered(*type.field(field), draft)) to_number.push_back(type.field(field));
    }
    for (const Field* field : to_number) draft.set(field->name, "0");
    for (const std::string& field : action->required) draft.need(field);
    draft.check();
    if (auto fault = draft.fault()) return std::move(*fault);
    values.assign(draft.values().begin(), draft.values().end());
  }
  if (!to_number.empty()) {
    return numbered(ledgers, type, to_number, before->pool, values, [&](std::span<const Value> row, const Ledgers::Before& numbering) {
      return store_one(ledgers, type, id, from_revision + 1, row, who, why, action->name, numbering);
    });
  }
  return store_one(ledgers, type, id, from_revision + 1, values, who, std::move(why), action->name);
}

Result<Entries> keep_record_file(Ledgers& ledgers, const RecordType& type, std::string_view id, int from_revision, std::string_view name,
                                 std::string_view bytes, std::string_view file, const access::Principal& who, Text why) {
  if (!who.may(access::Permission::keep_ledgers)) return forbidden();
  const Field* field = type.field(name);
  if (field == nullptr || field->kind != Kind::file) return Error{"not-found", "没有这个文件字段。", {std::string(name)}};
  auto before = standing(ledgers, type, id, from_revision);
  if (!before) return before;
  if (!type.actions.empty() && type.is_void(state_of(type, before->rows.front())))
    return Error{"record-void", "这条记录已经作废或撤回，不能再改。", {std::string(id)}};
  if (trim(file).empty() || file.size() > longest_file_name || !is_valid_utf8(file) ||
      file.find_first_of("\r\n\t/\\") != std::string_view::npos)
    return Error{"invalid-record", "文件名太长或有不能用的字符，请改名后再上传。", {field->name + ": 文件名不能用"}};
  std::vector<Value> values = before->rows.front().values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_stored(type.fields[i])) values[i] = {};
  }
  const std::string value = ledgers.registry().keep(bytes) + "/" + std::string(trim(file));
  values[static_cast<std::size_t>(type.index_of(name))] = Value(value);
  return store_one(ledgers, type, id, from_revision + 1, values, who, std::move(why), "edit");
}

Result<std::string> record_file(const Ledgers& ledgers, const RecordType& type, const Entry& entry, std::string_view name) {
  const int index = type.index_of(name);
  const auto* value = index < 0 || type.fields[static_cast<std::size_t>(index)].kind != Kind::file
                          ? nullptr
                          : entry.values[static_cast<std::size_t>(index)].text();
  const auto kept = value == nullptr ? std::optional<KeptFile>() : kept_file(*value);
  if (!kept) return Error{"not-found", "这里没有存文件，只记了文件名。", {std::string(name)}};
  return ledgers.registry().attachment(kept->sha256);
}

}  // namespace jiheng::ledgers
