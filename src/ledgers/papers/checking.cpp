// Whether a paper can be filled: every field that it names is one.
#include <algorithm>

#include "ledgers/catalogue.h"
#include "ledgers/papers/fields.h"
#include "ledgers/papers/paper.h"
#include "writing/official/text.h"

namespace jiheng::ledgers {
namespace {

using writing::OfficialValues;

class Check {
 public:
  Check(const Paper& paper, const Catalogue& catalogue) : paper_(paper), catalogue_(catalogue) {}

  std::optional<PaperFault> run() {
    const RecordType* type = catalogue_.type(paper_.type);
    if (type == nullptr || type->kept_by_units) return fault("没有台账“" + paper_.type + "”");
    if (auto wrong = check_expression(*type, paper_.when, "when")) return wrong;
    if (auto wrong = check_parts(*type)) return wrong;
    OfficialValues sample;
    for (const std::string& name : names_of_record(catalogue_, *type)) sample.texts[name] = "x";
    for (const std::string_view name : own_names) sample.texts[std::string(name)] = "x";
    for (const PaperPart& one : paper_.ones) {
      for (const std::string& label : labels_of(*catalogue_.type(one.type))) sample.texts[one.name + "." + label] = "x";
    }
    for (const PaperPart& list : paper_.lists) add_list(sample, list);
    for (const std::string& name : writing::official_fields(paper_.text)) {
      if (is_worked_out(*type, name)) sample.texts[name] = "x";
    }
    const auto filled = writing::fill_official(paper_.text, sample);
    if (filled) return std::nullopt;
    const auto& context = filled.error().context;
    if (context.size() < 2) return fault(filled.error().message);
    return PaperFault{paper_.text_line + std::stoi(context[0]), "文件“" + paper_.label + "”" + trimmed(context[1])};
  }

 private:
  PaperFault fault(const std::string& reason) const { return {paper_.line, "文件“" + paper_.label + "”：" + reason}; }

  /// Its own full stop is put behind the whole.
  static std::string trimmed(std::string reason) {
    constexpr std::string_view stop = "。";
    if (reason.ends_with(stop)) reason.erase(reason.size() - stop.size());
    return reason;
  }

  std::optional<PaperFault> check_expression(const RecordType& type, const std::optional<Expression>& expression, const std::string& word) {
    if (!expression) return std::nullopt;
    for (const std::string& name : expression->names()) {
      if (type.field(name) == nullptr || !type.field(name)->computed.empty())
        return fault("“" + word + "”里，“" + type.label + "”没有字段“" + name + "”");
    }
    return std::nullopt;
  }

  std::optional<PaperFault> check_parts(const RecordType& type) {
    for (const PaperPart& list : paper_.lists) {
      if (!list.computed.empty()) {
        if (computed_rows(list.computed) == nullptr) return fault("程序里没有算法“" + list.computed + "”");
        continue;
      }
      const RecordType* other = catalogue_.type(list.type);
      if (other == nullptr || other->kept_by_units) return fault("没有台账“" + list.type + "”");
      const Field* by = other->field(list.by);
      if (by == nullptr || !by->computed.empty() || (by->kind != Kind::text && !(by->kind == Kind::reference && by->to == type.name)))
        return fault("“" + other->label + "”的“" + list.by + "”不指向“" + type.label + "”");
      if (auto wrong = check_expression(*other, list.where, "where")) return wrong;
      const std::string sort = list.sort.starts_with("-") ? list.sort.substr(1) : list.sort;
      if (!sort.empty() && (other->field(sort) == nullptr || !other->field(sort)->computed.empty()))
        return fault("“" + other->label + "”没有字段“" + sort + "”");
    }
    for (const PaperPart& one : paper_.ones) {
      const RecordType* other = catalogue_.type(one.type);
      if (other == nullptr || other->kept_by_units) return fault("没有台账“" + one.type + "”");
      const Field* by = type.field(one.by);
      if (by == nullptr || !by->computed.empty() || (by->kind != Kind::text && !(by->kind == Kind::reference && by->to == one.type)))
        return fault("“" + type.label + "”的“" + one.by + "”不指向“" + other->label + "”");
    }
    return std::nullopt;
  }

  void add_list(OfficialValues& sample, const PaperPart& list) {
    OfficialValues row;
    row.texts["序号"] = "1";
    if (const ComputedRows* rows = computed_rows(list.computed)) {
      for (const std::string& name : rows->fields) row.texts[name] = "x";
      for (const std::string& name : rows->sums) sample.texts[list.name + "." + name] = "x";
    } else {
      const RecordType& type = *catalogue_.type(list.type);
      for (const std::string& name : names_of_record(catalogue_, type)) row.texts[name] = "x";
      for (const Field& field : type.fields) {
        if (field.kind == Kind::amount) sample.texts[list.name + "." + field.label + "合计"] = "x";
      }
    }
    sample.texts[list.name + ".项数"] = "1";
    sample.lists[list.name] = {std::move(row)};
  }

  const Paper& paper_;
  const Catalogue& catalogue_;
};

}  // namespace

std::vector<std::string> labels_of(const RecordType& type) {
  std::vector<std::string> labels;
  for (const Field& field : type.fields) labels.push_back(field.label);
  return labels;
}

std::vector<std::string> names_of_record(const Catalogue& catalogue, const RecordType& type) {
  std::vector<std::string> names = labels_of(type);
  for (const Field& field : type.fields) {
    if (field.kind != Kind::reference) continue;
    for (const std::string& label : labels_of(*catalogue.type(field.to))) names.push_back(field.label + "." + label);
  }
  for (const Limit& limit : type.limits) names.push_back(limit.label + "到期日");
  return names;
}

const Field* labelled(const RecordType& type, std::string_view label) {
  const auto found = std::find_if(type.fields.begin(), type.fields.end(), [&](const Field& each) { return each.label == label; });
  return found == type.fields.end() ? nullptr : &*found;
}

bool is_worked_out(const RecordType& type, std::string_view name) {
  if (name.ends_with(in_capitals)) {
    const Field* field = labelled(type, name.substr(0, name.size() - in_capitals.size()));
    return field != nullptr && field->kind == Kind::amount;
  }
  const std::size_t at = name.find(divided_by);
  if (at == std::string_view::npos) return false;
  const Field* part = labelled(type, name.substr(0, at));
  const Field* whole = labelled(type, name.substr(at + divided_by.size()));
  return part != nullptr && whole != nullptr && part->kind == whole->kind && is_number(part->kind);
}

std::optional<PaperFault> fault_of(const Paper& paper, const Catalogue& catalogue) {
  return Check(paper, catalogue).run();
}

}  // namespace jiheng::ledgers
