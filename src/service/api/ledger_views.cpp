#include "service/api/ledger_views.h"

#include <algorithm>
#include <set>

#include "ledgers/schema.h"

namespace jiheng::service {
namespace {

using ledgers::Field;
using ledgers::Measure;
using ledgers::RecordType;
using ledgers::Value;

void write_texts(JsonWriter& out, const char* name, const std::vector<std::string>& texts) {
  out.key(std::string_view(name)).begin_array();
  for (const std::string& each : texts) out.string(each);
  out.end_array();
}

void write_field(JsonWriter& out, const Field& field) {
  out.begin_object().field("name", field.name).field("label", field.label).field("type", ledgers::kind_code(field.kind));
  out.key("required").boolean(field.required).key("computed").boolean(!field.computed.empty());
  out.key("numbered").boolean(!field.number.empty());
  if (!field.unit.empty()) out.field("unit", field.unit);
  if (!field.note.empty()) out.field("note", field.note);
  if (!field.to.empty()) out.field("to", field.to);
  if (!field.choices.empty()) {
    out.key("choices").begin_array();
    for (const ledgers::Choice& each : field.choices) out.begin_object().field("code", each.code).field("label", each.label).end_object();
    out.end_array();
  }
  out.end_object();
}

void write_actions(JsonWriter& out, const RecordType& type) {
  out.key("actions").begin_array();
  for (const ledgers::Action& each : type.actions) {
    out.begin_object().field("name", each.name).field("label", each.label).field("to", each.to);
    write_texts(out, "from", each.from);
    write_texts(out, "fields", each.fields);
    write_texts(out, "required", each.required);
    out.end_object();
  }
  out.end_array();
}

/// The measures that records of the type may feed.
void write_measures_of(JsonWriter& out, const ledgers::Catalogue& catalogue, const RecordType& type) {
  out.key("measures").begin_array();
  for (const Measure& measure : catalogue.measures()) {
    bool fed = measure.type == type.name || (measure.matched && measure.matched->type == type.name) ||
               (measure.months && measure.months->type == type.name);
    for (const auto& [name, reference] : measure.with) {
      const RecordType* own = catalogue.type(measure.type);
      fed = fed || own->field(reference)->to == type.name;
    }
    for (const std::string& part : measure.measures) fed = fed || catalogue.measure(part)->type == type.name;
    if (fed) out.begin_object().field("id", measure.id).field("label", measure.label).end_object();
  }
  out.end_array();
}

bool may_keep(const RecordType& type, const access::Principal& who) {
  return !type.kept_by_units && who.may(access::Permission::keep_ledgers);
}

std::string action_label(const RecordType& type, const std::string& action) {
  for (const ledgers::Action& each : type.actions) {
    if (each.name == action) return each.label;
  }
  return action == "import" ? "导入" : action == "add" ? "登记" : action == "edit" ? "修改" : action;
}

void write_number(JsonWriter& out, const char* name, const std::optional<Decimal>& number) {
  out.key(std::string_view(name));
  number ? out.string(number->text()) : out.null();
}

void write_period(JsonWriter& out, const ledgers::Period& period) {
  out.key("period").begin_object().field("from", period.from.text()).field("to", period.to.text()).end_object();
}

}  // namespace

void write_due(JsonWriter& out, const ledgers::Due& due) {
  out.begin_object().field("name", due.limit->name).field("label", due.limit->label).field("due_on", due.due_on.text());
  out.key("days_left").integer(due.days_left).field("state", ledgers::state_code(due.state));
  out.key("work_days").boolean(due.limit->work_days && due.limit->due.empty()).key("provisional").boolean(due.provisional);
  out.key("near").boolean(due.near);
  if (due.due_at) {
    ledgers::Field time;
    time.kind = ledgers::Kind::time;
    out.field("due_at", ledgers::written(time, ledgers::Value(*due.due_at))).key("minutes_left").integer(due.minutes_left);
  }
  // Days can be told one by one where the program counted them.
  out.key("explained").boolean(due.limit->due.empty() && due.limit->hours == 0).end_object();
}

std::string ledgers_json(const ledgers::Ledgers& ledgers, const access::Principal& who) {
  const ledgers::Catalogue& catalogue = ledgers.catalogue();
  std::vector<std::pair<std::string, std::string>> desks;
  for (const RecordType& type : catalogue.types()) {
    const std::pair desk(type.desk, type.desk_label);
    if (std::none_of(desks.begin(), desks.end(), [&](const auto& each) { return each.first == desk.first; })) desks.push_back(desk);
  }
  auto reading = ledgers.registry().store().read();
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("desks").begin_array();
  for (const auto& [desk, label] : desks) {
    out.begin_object().field("desk", desk).field("label", label).key("types").begin_array();
    for (const RecordType& type : catalogue.types()) {
      if (type.desk != desk || type.kept_by_units) continue;
      std::int64_t records = 0;
      // An empty ledger needs no counting.
      if (ledgers.head(*reading, type) > 0) {
        reading->query("SELECT COUNT(*) FROM " + ledgers::table_of(type) + " WHERE tenant_id = ? AND until IS NULL",
                       {ledgers.registry().tenant()}, [&](const store::Row& row) { records = row.integer(0); });
      }
      out.begin_object().field("type", type.name).field("label", type.label).key("records").integer(records);
      out.key("keep").boolean(may_keep(type, who)).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
  return text;
}

std::string record_type_json(const ledgers::Catalogue& catalogue, const RecordType& type, const access::Principal& who) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("type", type.name).field("label", type.label).field("desk", type.desk).field("desk_label", type.desk_label);
  out.field("key", type.key.empty() ? Text() : Text(type.key))
      .field("title", type.title)
      .field("state", type.state.empty() ? Text() : Text(type.state));
  out.key("keep").boolean(may_keep(type, who)).key("fields").begin_array();
  for (const Field& field : type.fields) write_field(out, field);
  out.end_array().key("views").begin_array();
  for (const ledgers::View& view : type.views) out.begin_object().field("name", view.name).field("label", view.label).end_object();
  out.end_array().key("documents").begin_array();
  for (const ledgers::Paper& paper : catalogue.papers()) {
    if (paper.type == type.name) out.begin_object().field("name", paper.name).field("label", paper.label).end_object();
  }
  out.end_array().key("limits").begin_array();
  for (const ledgers::Limit& limit : type.limits) out.begin_object().field("name", limit.name).field("label", limit.label).end_object();
  out.end_array();
  write_actions(out, type);
  write_measures_of(out, catalogue, type);
  out.end_object();
  return text;
}

RecordWriter::RecordWriter(const ledgers::Ledgers& ledgers, const RecordType& type)
    : ledgers_(ledgers), type_(type), texts_(ledgers, type) {}

void RecordWriter::learn(std::span<const std::span<const Value>> records) {
  texts_.learn(*ledgers_.registry().store().read(), records);
}

void RecordWriter::write_values(JsonWriter& out, std::span<const Value> values) const {
  out.key("values").begin_object();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].is_null()) continue;
    const Field& field = type_.fields[i];
    out.key(std::string_view(field.name)).begin_object();
    out.field("value", ledgers::written(field, values[i]))
        .field("text", texts_.text(field, values[i], ledgers::Wording::labels))
        .end_object();
  }
  out.end_object();
}

void RecordWriter::write_record(JsonWriter& out, const ledgers::Entry& entry, const std::vector<ledgers::Due>& due) const {
  out.field("id", entry.id).key("revision").integer(entry.revision);
  write_values(out, entry.values);
  out.key("due").begin_array();
  for (const ledgers::Due& each : due) write_due(out, each);
  out.end_array();
}

std::string RecordWriter::list(const ledgers::Entries& entries, Date today) {
  std::vector<std::span<const Value>> records;
  for (const ledgers::Entry& entry : entries.rows) records.emplace_back(entry.values);
  learn(records);
  const auto due = ledgers::due_of(ledgers_, type_, entries.rows, today);
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("total").integer(entries.total).key("totals").begin_object();
  for (const auto& [field, sum] : entries.totals) out.field(std::string_view(field), sum);
  out.end_object().key("items").begin_array();
  for (std::size_t i = 0; i < entries.rows.size(); ++i) {
    out.begin_object();
    write_record(out, entries.rows[i], due[i]);
    out.end_object();
  }
  out.end_array().end_object();
  return text;
}

void RecordWriter::write_timeline(JsonWriter& out, const ledgers::Timeline& timeline) const {
  out.key("timeline").begin_array();
  for (std::size_t i = 0; i < timeline.moments.size(); ++i) {
    const ledgers::Moment& moment = timeline.moments[i];
    out.begin_object()
        .key("revision")
        .integer(moment.revision)
        .field("action", moment.action)
        .field("label", action_label(type_, moment.action));
    out.field("at", moment.at).field("by", moment.by).field("why", moment.why).key("changes").begin_array();
    // Newest first: what it changed is told against the one behind it.
    const std::vector<Value>* before = i + 1 < timeline.moments.size() ? &timeline.moments[i + 1].values : nullptr;
    for (std::size_t f = 0; f < moment.values.size() && before != nullptr; ++f) {
      const Field& field = type_.fields[f];
      const std::string then = texts_.text(field, (*before)[f], ledgers::Wording::labels);
      const std::string now = texts_.text(field, moment.values[f], ledgers::Wording::labels);
      if (then == now) continue;
      out.begin_object().field("field", field.name).field("label", field.label).field("before", then).field("after", now).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array();
}

std::string RecordWriter::opened(const ledgers::Entry& entry, const ledgers::Timeline& timeline, const access::Principal& who, Date today) {
  std::vector<std::span<const Value>> records{entry.values};
  for (const ledgers::Moment& moment : timeline.moments) records.emplace_back(moment.values);
  learn(records);
  const auto due = ledgers::due_of(ledgers_, type_, {entry}, today);
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_record(out, entry, due.front());
  out.key("actions").begin_array();
  for (const ledgers::Action* each : ledgers::open_actions(type_, entry, timeline, who)) out.string(each->name);
  out.end_array();
  write_timeline(out, timeline);
  write_measures_of(out, ledgers_.catalogue(), type_);
  out.end_object();
  return text;
}

std::string minute_of(const ledgers::Catalogue& catalogue, std::string_view desk, std::int64_t now) {
  for (const RecordType& type : catalogue.types()) {
    if (!desk.empty() && type.desk != desk) continue;
    for (const ledgers::Limit& limit : type.limits) {
      if (limit.hours > 0) return std::to_string(now / 60);
    }
  }
  return {};
}

std::string measures_json(const ledgers::Catalogue& catalogue) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("measures").begin_array();
  for (const Measure& measure : catalogue.measures()) {
    out.begin_object().field("id", measure.id).field("label", measure.label).field("unit", measure.unit).field("desk", measure.desk);
    out.field("desk_label", measure.desk_label).key("projects").boolean(!measure.project.empty()).end_object();
  }
  out.end_array().end_object();
  return text;
}

std::string figure_json(const ledgers::Asked& asked, const ledgers::Weighed& weighed) {
  const Measure& measure = *asked.measure;
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("measure", measure.id).field("label", measure.label).field("unit", measure.unit);
  write_number(out, "value", weighed.figure.value);
  write_number(out, "numerator", weighed.figure.numerator);
  write_number(out, "denominator", weighed.figure.denominator);
  write_period(out, asked.period);
  out.field("project", asked.project.empty() ? Text() : Text(asked.project)).key("gaps").begin_array();
  for (const std::string& gap : weighed.figure.gaps) out.string(gap);
  out.end_array().key("journal").integer(weighed.journal).key("counted").integer(weighed.counted);
  out.key("excluded").integer(weighed.excluded).key("consulted").integer(weighed.consulted).end_object();
  return text;
}

std::string receipt_check_json(const ledgers::Catalogue& catalogue, const ledgers::ReceiptCheck& check) {
  std::string text;
  JsonWriter out(text);
  out.begin_object()
      .key("same")
      .boolean(check.state == ledgers::ReceiptCheck::State::same)
      .field("state", ledgers::state_code(check.state));
  out.key("changed").begin_array();
  for (const ledgers::Difference& each : check.changed) {
    const RecordType* type = catalogue.type(each.before.type);
    out.begin_object()
        .field("type", each.before.type)
        .field("type_label", type == nullptr ? each.before.type : type->label)
        .field("id", each.before.id);
    out.key("revision");
    each.before.revision > 0 ? out.integer(each.before.revision) : out.null();
    out.key("now");
    each.now > 0 ? out.integer(each.now) : out.null();
    out.end_object();
  }
  out.end_array();
  write_number(out, "value", check.now.value);
  out.end_object();
  return text;
}

}  // namespace jiheng::service
