// A declaration out of its YAML, every fault with file, line and reason.
#include <algorithm>
#include <set>

#include "access/role.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "ledgers/declaration.h"
#include "ledgers/declaration_part.h"
#include "ledgers/numbering.h"
#include "ledgers/papers/reading.h"
#include "registry/canonical_json.h"

namespace jiheng::ledgers {
namespace {

void check_name(const YAML::Node& node, const std::string& name, std::size_t longest = 40) {
  const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (name.empty() || name.size() > longest || !(name[0] >= 'a' && name[0] <= 'z') || !std::all_of(name.begin(), name.end(), good)) {
    fail(node, "名称“" + name + "”应由小写字母、数字和下划线组成，以字母开头，不超过" + std::to_string(longest) + "个");
  }
}

/// What every record has besides its fields.
constexpr std::array own_columns = {"tenant_id", "id", "revision", "seq", "until"};

Field field_of(const YAML::Node& node) {
  Part part(node);
  Field field;
  field.name = part.need("name");
  check_name(node, field.name);
  if (std::find(own_columns.begin(), own_columns.end(), field.name) != own_columns.end())
    fail(node, "“" + field.name + "”是程序自己用的名称");
  field.label = part.need("label");
  const std::string type = part.text("type");
  const auto kind = type.empty() ? Kind::text : kind_from_code(type);
  if (!kind) fail(part.node("type"), "字段类型“" + type + "”不认识");
  field.kind = *kind;
  field.unit = part.text("unit");
  field.required = part.flag("required");
  field.unique = part.flag("unique");
  if (field.unique && is_number(field.kind)) fail(node, "“" + field.label + "”是数，不能要求唯一（unique）");
  field.fallback = part.text("default");
  field.note = part.text("note");
  field.to = part.text("to");
  field.lookup = part.flag("lookup");
  field.computed = part.text("computed");
  field.number = part.text("number");
  if (!field.number.empty() && (field.kind != Kind::text || !NumberRule::parse(field.number)))
    fail(node, "编号规则“" + field.number + "”应是文字字段的，里面有一个 {n}（或 {n:3}），可以有 {year}");
  for (auto& [code, label] : part.pairs("choices")) field.choices.push_back({code, label});
  if (field.kind == Kind::choice && field.choices.empty()) fail(node, "“" + field.label + "”没有列出可选的各项（choices）");
  if (field.kind == Kind::reference && field.to.empty()) fail(node, "“" + field.label + "”没有说明引用哪个台账（to）");
  if (!field.computed.empty()) {
    if (!is_number(field.kind)) fail(node, "“" + field.label + "”是算出来的，应是数");
    auto parsed = Expression::parse(field.computed);
    if (!parsed) fail(part.node("computed"), parsed.error().message);
  }
  part.nothing_else();
  return field;
}

Action action_of(const YAML::Node& node) {
  Part part(node);
  Action action;
  action.name = part.need("name");
  check_name(node, action.name);
  action.label = part.need("label");
  action.from = part.texts("from");
  action.to = part.text("to");
  action.roles = part.texts("roles");
  for (const std::string& role : action.roles) {
    if (!access::role_from_code(role)) fail(part.node("roles"), "没有“" + role + "”这个岗位");
  }
  action.fields = part.texts("fields");
  action.required = part.texts("required");
  action.other_than = part.texts("other_than");
  part.nothing_else();
  return action;
}

/// 0 where the word is not there.
int count_of(Part& part, const std::string& word) {
  const std::string text = part.text(word);
  if (text.empty()) return 0;
  if (text.size() > 4 || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
    fail(part.node(word), "“" + word + "”应是整数");
  return std::stoi(text);
}

LimitStep step_of(const YAML::Node& node, bool hours) {
  Part part(node);
  auto when = part.expression("when");
  if (!when) fail(node, "缺少“when”");
  LimitStep step{std::move(*when), part.text("deadline"), count_of(part, hours ? "hours" : "days")};
  if (step.deadline.empty() == (step.length == 0)) fail(node, "要么写多长（days、hours），要么写口径里期限的名称（deadline）");
  part.nothing_else();
  return step;
}

Limit limit_of(const YAML::Node& node) {
  Part part(node);
  Limit limit;
  limit.name = part.need("name");
  limit.label = part.need("label");
  limit.from = part.text("from");
  limit.until = part.need("until");
  limit.due = part.text("due");
  const bool days = part.has("days");
  const bool hours = part.has("hours");
  if (static_cast<int>(!limit.due.empty()) + static_cast<int>(days) + static_cast<int>(hours) != 1)
    fail(node, "期限要么写天数（days），要么写小时数（hours），要么写到期日的字段（due）");
  limit.days = count_of(part, "days");
  limit.hours = count_of(part, "hours");
  if (limit.due.empty() && limit.from.empty()) fail(node, "缺少“from”");
  if (part.has("near")) limit.near = count_of(part, "near");
  for (const YAML::Node& each : part.list("steps")) limit.steps.push_back(step_of(each, hours));
  if (!limit.due.empty() && !limit.steps.empty()) fail(node, "到期日写在字段里的期限，没有分档（steps）");
  const std::string count = part.text("count");
  if (!count.empty() && count != "work_days" && count != "calendar_days") fail(node, "“count”应是 work_days 或 calendar_days");
  limit.work_days = count != "calendar_days" && !hours;
  limit.pauses = part.text("pauses");
  part.nothing_else();
  return limit;
}

View view_of(const YAML::Node& node) {
  Part part(node);
  View view;
  view.name = part.need("name");
  view.label = part.need("label");
  view.where = part.expression("where");
  view.sort = part.text("sort");
  part.nothing_else();
  return view;
}

void need_field(const RecordType& type, const YAML::Node& node, const std::string& name) {
  if (!name.empty() && type.field(name) == nullptr) fail(node, "“" + type.label + "”没有字段“" + name + "”");
}

/// That what refers to fields and states inside the type finds them.
void check_type(const RecordType& type, const YAML::Node& node) {
  std::set<std::string> seen;
  for (const Field& field : type.fields) {
    if (!seen.insert(field.name).second) fail(node, "字段“" + field.name + "”写了两次");
    if (field.computed.empty()) continue;
    const auto expression = Expression::parse(field.computed);
    for (const std::string& name : expression.value().names()) {
      need_field(type, node, name);
      if (!type.field(name)->computed.empty()) fail(node, "“" + field.name + "”不能由另一个算出来的字段算出");
    }
  }
  need_field(type, node, type.key);
  need_field(type, node, type.title);
  for (const std::string& name : type.names) need_field(type, node, name);
  const auto need_state = [&](const std::string& code) {
    const Field* states = type.field(type.state);
    if (code.empty()) return;
    if (states == nullptr ||
        std::none_of(states->choices.begin(), states->choices.end(), [&](const Choice& each) { return each.code == code; }))
      fail(node, "“" + type.label + "”没有状态“" + code + "”");
  };
  if (!type.state.empty()) {
    need_field(type, node, type.state);
    if (type.field(type.state)->kind != Kind::choice) fail(node, "状态字段应是 choice");
  }
  for (const std::string& code : type.void_states) need_state(code);
  for (const Action& action : type.actions) {
    need_state(action.to);
    for (const std::string& code : action.from) need_state(code);
    for (const std::string& name : action.fields) need_field(type, node, name);
    for (const std::string& name : action.required) need_field(type, node, name);
    for (const std::string& other : action.other_than) {
      if (std::none_of(type.actions.begin(), type.actions.end(), [&](const Action& each) { return each.name == other; }))
        fail(node, "“" + type.label + "”没有操作“" + other + "”");
    }
  }
  for (const Limit& limit : type.limits) {
    for (const std::string& name : {limit.from, limit.until, limit.due}) need_field(type, node, name);
    for (const LimitStep& step : limit.steps) {
      for (const std::string& name : step.when.names()) need_field(type, node, name);
    }
    if (limit.hours > 0 && (type.field(limit.from)->kind != Kind::time || type.field(limit.until)->kind != Kind::time))
      fail(node, "按小时的期限，起止都应是时间（time）");
  }
  for (const View& view : type.views) {
    need_field(type, node, view.sort.starts_with("-") ? view.sort.substr(1) : view.sort);
    if (!view.where) continue;
    for (const std::string& name : view.where->names()) need_field(type, node, name);
  }
}

RecordType type_of(const YAML::Node& node, const std::string& desk, std::string_view file) {
  Part part(node);
  RecordType type;
  type.name = part.need("type");
  check_name(node, type.name);
  type.label = part.need("label");
  type.desk = desk;
  type.file = std::string(file);
  type.key = part.text("key");
  type.names = part.texts("names");
  type.title = part.text("title");
  const std::string kept = part.text("kept_by");
  if (!kept.empty() && kept != "units") fail(part.node("kept_by"), "“kept_by”只能是 units");
  type.kept_by_units = kept == "units";
  for (const YAML::Node& each : part.list("fields")) type.fields.push_back(field_of(each));
  if (type.fields.empty()) fail(node, "“" + type.label + "”没有字段");
  if (type.field("state") != nullptr) type.state = "state";
  type.void_states = part.texts("void");
  for (const YAML::Node& each : part.list("actions")) type.actions.push_back(action_of(each));
  for (const YAML::Node& each : part.list("limits")) type.limits.push_back(limit_of(each));
  for (const YAML::Node& each : part.list("views")) type.views.push_back(view_of(each));
  part.nothing_else();
  if (type.title.empty()) type.title = type.names.empty() ? (type.key.empty() ? type.fields.front().name : type.key) : type.names.front();
  check_type(type, node);
  return type;
}

/// Maps and lists as JSON; what the value of a measure depends on, not how it is called.
void write_definition(JsonWriter& out, const YAML::Node& node) {
  if (node.IsMap()) {
    out.begin_object();
    for (const auto& each : node) {
      const std::string name = each.first.Scalar();
      if (name == "label" || name == "note" || name == "of_project") continue;
      out.key(name);
      write_definition(out, each.second);
    }
    out.end_object();
  } else if (node.IsSequence()) {
    out.begin_array();
    for (const auto& each : node) write_definition(out, each);
    out.end_array();
  } else {
    out.string(node.IsScalar() ? node.Scalar() : std::string());
  }
}

void read_value(Part& part, Measure& measure) {
  Part value(part.node("value"));
  if (value.has("count")) {
    measure.value = Measure::Value::count;
    value.flag("count");
  } else if (value.has("share")) {
    measure.value = Measure::Value::share;
    if (value.text("share") != "matched") measure.numerator = value.expression("share");
    measure.distinct = value.texts("distinct");
  } else if (value.has("distinct")) {
    measure.value = Measure::Value::distinct;
    measure.distinct = value.texts("distinct");
  } else if (value.has("sum")) {
    measure.value = Measure::Value::sum;
    measure.numerator = value.expression("sum");
  } else if (value.has("greatest")) {
    measure.value = Measure::Value::greatest;
    measure.numerator = value.expression("greatest");
  } else if (value.has("ratio")) {
    measure.value = Measure::Value::ratio;
    measure.numerator = value.expression("ratio");
    measure.denominator = value.expression("to");
    if (!measure.denominator) fail(part.self(), "比率缺少分母（to）");
  } else if (value.has("computed")) {
    measure.value = Measure::Value::computed;
    measure.computed = value.need("computed");
  } else if (value.has("measures")) {
    measure.value = Measure::Value::of_measures;
    measure.measures = value.texts("measures");
    if (measure.measures.size() != 2) fail(part.self(), "“measures”应是分子、分母两个");
  } else {
    fail(part.self(), "没有写明怎样得出（value）");
  }
  value.nothing_else();
}

Measure::Match match_of(const YAML::Node& node) {
  Part part(node);
  Measure::Match match;
  match.type = part.need("type");
  match.on = part.pairs("on");
  match.when = part.expression("when");
  if (match.on.empty()) fail(node, "没有写明按什么对上（on）");
  part.nothing_else();
  return match;
}

Measure::Months months_of(const YAML::Node& node) {
  Part part(node);
  Measure::Months months{part.need("type"), part.need("month"), part.expression("when"), part.need("missing")};
  part.nothing_else();
  return months;
}

Measure measure_of(const YAML::Node& node, const std::string& desk) {
  Part part(node);
  Measure measure;
  measure.id = part.need("id");
  measure.label = part.need("label");
  measure.unit = part.need("unit");
  measure.desk = desk;
  read_value(part, measure);
  measure.type = measure.value == Measure::Value::of_measures ? part.text("of") : part.need("of");
  measure.period = part.text("period");
  measure.project = part.text("project");
  measure.of_project = part.flag("of_project");
  measure.with = part.pairs("with");
  measure.scope = part.expression("scope");
  for (const YAML::Node& each : part.list("needs")) {
    Part need(each);
    auto when = need.expression("when");
    if (!when) fail(each, "缺少“when”");
    measure.needs.push_back({std::move(*when), need.need("else"), need.flag("gap")});
    need.nothing_else();
  }
  if (part.has("matched")) measure.matched = match_of(part.node("matched"));
  if (part.has("months")) measure.months = months_of(part.node("months"));
  part.text("note");
  part.nothing_else();
  std::string json;
  {
    JsonWriter out(json);
    write_definition(out, node);
  }
  measure.definition = registry::canonical_json(json).value();
  return measure;
}

Chart chart_of(const YAML::Node& node) {
  Part part(node);
  Chart chart;
  const std::string kind = part.need("chart");
  const auto known = chart_from_code(kind);
  if (!known) fail(node, "图“" + kind + "”不认识");
  chart.kind = *known;
  chart.label = part.need("label");
  chart.measure = part.text("measure");
  chart.budget = part.text("budget");
  chart.type = part.text("of");
  chart.by = part.text("by");
  chart.where = part.expression("where");
  for (const std::string& each : part.texts("days")) {
    if (each.empty() || each.size() > 4 || !std::all_of(each.begin(), each.end(), [](char c) { return c >= '0' && c <= '9'; }))
      fail(part.node("days"), "天数应是整数");
    chart.days.push_back(std::stoi(each));
  }
  if (!std::is_sorted(chart.days.begin(), chart.days.end())) fail(part.node("days"), "天数应从小到大");
  part.nothing_else();
  return chart;
}

DeskPage page_of(const YAML::Node& node, const std::string& desk, std::string_view file) {
  Part part(node);
  DeskPage page;
  page.desk = desk;
  page.file = std::string(file);
  page.line = node.Mark().line + 1;
  page.work = part.texts("work");
  for (const YAML::Node& each : part.list("charts")) page.charts.push_back(chart_of(each));
  part.nothing_else();
  return page;
}

}  // namespace

Error declaration_error(std::string code, std::string_view file, int line, const std::string& reason) {
  return {std::move(code),
          "台账声明 " + std::string(file) + (line > 0 ? " 第" + std::to_string(line) + "行" : std::string()) + "：" + reason + "。",
          {std::string(file), std::to_string(line)}};
}

Result<Declarations> read_declarations(const embedded::File& file) {
  const auto refused = [&](std::string code, int line, const std::string& reason) {
    return declaration_error(std::move(code), file.name, line, reason);
  };
  if (!is_valid_utf8(file.bytes)) return refused("declaration-syntax", 0, "不是 UTF-8 编码，请另存为 UTF-8");
  try {
    Part part(YAML::Load(std::string(file.bytes)));
    Declarations out;
    const std::string desk = part.need("desk");
    const std::string label = part.need("label");
    for (const YAML::Node& each : part.list("types")) {
      out.types.push_back(type_of(each, desk, file.name));
      out.types.back().desk_label = label;
    }
    for (const YAML::Node& each : part.list("measures")) {
      out.measures.push_back(measure_of(each, desk));
      out.measures.back().desk_label = label;
    }
    for (const YAML::Node& each : part.list("documents")) out.papers.push_back(paper_of(each, file.name));
    if (part.has("page")) out.pages.push_back(page_of(part.node("page"), desk, file.name));
    part.nothing_else();
    return out;
  } catch (const Fault& fault) {
    return refused("declaration-shape", fault.line, fault.reason);
  } catch (const YAML::ParserException& failed) {
    return refused("declaration-syntax", failed.mark.line + 1, "YAML 写法有误，请检查缩进、冒号后的空格和引号");
  } catch (const YAML::Exception& failed) {
    return refused("declaration-shape", failed.mark.is_null() ? 0 : failed.mark.line + 1, "写法有误");
  }
}

}  // namespace jiheng::ledgers
