#include "ledgers/catalogue.h"

#include <algorithm>
#include <array>

namespace jiheng::ledgers {
namespace {

Error misfit(const std::string& where, const std::string& reason) {
  return {"declaration-shape", "台账声明里" + where + "：" + reason + "。", {where}};
}

/// Checks what one declaration says of another.
class Cross {
 public:
  Cross(const Catalogue& catalogue, const std::vector<DeskPage>& pages) : catalogue_(catalogue), pages_(pages) {}

  std::optional<Error> check() {
    for (const RecordType& type : catalogue_.types()) check_type(type);
    for (const Measure& measure : catalogue_.measures()) check_measure(measure);
    // Papers are looked at only where all that they speak of is sound.
    for (const Paper& paper : catalogue_.papers()) {
      if (!fault_) check_paper(paper);
    }
    for (const DeskPage& page : pages_) {
      if (fault_) break;
      const auto twice = std::count_if(pages_.begin(), pages_.end(), [&](const DeskPage& each) { return each.desk == page.desk; }) > 1;
      const auto wrong = twice ? std::optional<std::string>("一个业务只能有一个首页（page）") : fault_of(page, catalogue_);
      if (wrong) fault_ = declaration_error("declaration-shape", page.file, page.line, *wrong);
    }
    return std::move(fault_);
  }

 private:
  void fail(const std::string& where, const std::string& reason) {
    if (!fault_) fault_ = misfit(where, reason);
  }

  void check_type(const RecordType& type) {
    for (const Field& field : type.fields) {
      if (field.kind != Kind::reference) continue;
      const RecordType* to = catalogue_.type(field.to);
      const std::string where = "“" + type.label + "”的“" + field.label + "”";
      if (to == nullptr) {
        fail(where, "没有台账“" + field.to + "”");
      } else if (to->key.empty()) {
        fail(where, "“" + to->label + "”没有编号，不能被引用");
      }
    }
    for (const Limit& limit : type.limits) {
      if (!limit.pauses.empty() && catalogue_.type(limit.pauses) == nullptr)
        fail("“" + type.label + "”的期限", "没有台账“" + limit.pauses + "”");
    }
  }

  /// The field that a name in a measure's expression means.
  const Field* field_of(const Measure& measure, const RecordType& type, std::string_view name) const {
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return type.field(name);
    for (const auto& [alias, reference] : measure.with) {
      if (alias != name.substr(0, dot)) continue;
      const Field* field = type.field(reference);
      const RecordType* to = field == nullptr ? nullptr : catalogue_.type(field->to);
      return to == nullptr ? nullptr : to->field(name.substr(dot + 1));
    }
    return nullptr;
  }

  void check_names(const Measure& measure, const RecordType& type, const std::optional<Expression>& expression, const std::string& where) {
    if (!expression) return;
    for (const std::string& name : expression->names()) {
      if (field_of(measure, type, name) == nullptr) fail(where, "没有字段“" + name + "”");
    }
  }

  void check_paper(const Paper& paper) {
    for (const Paper& other : catalogue_.papers()) {
      if (&other == &paper) break;
      if (other.name == paper.name && other.type == paper.type) {
        fault_ =
            declaration_error("declaration-shape", paper.file, paper.line, "文件“" + paper.name + "”在 " + other.file + " 里已经声明过");
        return;
      }
    }
    if (const auto wrong = fault_of(paper, catalogue_))
      fault_ = declaration_error("declaration-shape", paper.file, wrong->line, wrong->reason);
  }

  void check_measure(const Measure& measure) {
    const std::string where = "指标“" + measure.id + "”";
    if (std::count_if(catalogue_.measures().begin(), catalogue_.measures().end(),
                      [&](const Measure& each) { return each.id == measure.id; }) > 1)
      fail(where, "写了两次");
    if (measure.value == Measure::Value::of_measures) {
      for (const std::string& part : measure.measures) {
        const Measure* found = catalogue_.measure(part);
        if (found == nullptr || found->value == Measure::Value::of_measures) fail(where, "没有指标“" + part + "”");
      }
      return;
    }
    const RecordType* type = catalogue_.type(measure.type);
    if (type == nullptr || type->kept_by_units) return fail(where, "没有台账“" + measure.type + "”");
    if (!measure.period.empty()) {
      const Field* period = type->field(measure.period);
      if (period == nullptr || (period->kind != Kind::date && period->kind != Kind::time && period->kind != Kind::year))
        fail(where, "“" + measure.period + "”不是日期、时间或年度");
    }
    if (!measure.project.empty() && type->field(measure.project) == nullptr) fail(where, "没有字段“" + measure.project + "”");
    for (const auto& [alias, reference] : measure.with) {
      const Field* field = type->field(reference);
      if (field == nullptr || field->kind != Kind::reference) fail(where, "“" + reference + "”不是引用");
    }
    check_names(measure, *type, measure.scope, where);
    check_names(measure, *type, measure.numerator, where);
    check_names(measure, *type, measure.denominator, where);
    for (const Need& need : measure.needs) check_names(measure, *type, need.when, where);
    for (const std::string& name : measure.distinct) {
      if (type->field(name) == nullptr) fail(where, "没有字段“" + name + "”");
    }
    if (measure.value == Measure::Value::computed) {
      const auto known = computation_names();
      if (std::find(known.begin(), known.end(), measure.computed) == known.end()) fail(where, "程序里没有算法“" + measure.computed + "”");
    }
    if (measure.matched) {
      const RecordType* other = catalogue_.type(measure.matched->type);
      if (other == nullptr) return fail(where, "没有台账“" + measure.matched->type + "”");
      for (const auto& [theirs, ours] : measure.matched->on) {
        if (other->field(theirs) == nullptr) fail(where, "“" + other->label + "”没有字段“" + theirs + "”");
        if (ours != "id" && type->field(ours) == nullptr) fail(where, "没有字段“" + ours + "”");
      }
      if (measure.matched->when) {
        for (const std::string& name : measure.matched->when->names()) {
          if (other->field(name) == nullptr) fail(where, "“" + other->label + "”没有字段“" + name + "”");
        }
      }
    } else if (measure.value == Measure::Value::share && !measure.numerator) {
      fail(where, "没有写明与哪个台账对上（matched）");
    }
    if (measure.months) {
      const RecordType* reports = catalogue_.type(measure.months->type);
      if (reports == nullptr || reports->field(measure.months->month) == nullptr)
        fail(where, "没有按月的台账“" + measure.months->type + "”");
    }
  }

  const Catalogue& catalogue_;
  const std::vector<DeskPage>& pages_;
  std::optional<Error> fault_;
};

}  // namespace

std::span<const std::string_view> computation_names() {
  static constexpr std::array<std::string_view, 3> names = {"review_on_time", "availability", "arrears"};
  return names;
}

const RecordType* Catalogue::type(std::string_view name) const {
  const auto found = std::find_if(types_.begin(), types_.end(), [&](const RecordType& each) { return each.name == name; });
  return found == types_.end() ? nullptr : &*found;
}

const DeskPage* Catalogue::page(std::string_view desk) const {
  const auto found = std::find_if(pages_.begin(), pages_.end(), [&](const DeskPage& each) { return each.desk == desk; });
  return found == pages_.end() ? nullptr : &*found;
}

const Measure* Catalogue::measure(std::string_view id) const {
  const auto found = std::find_if(measures_.begin(), measures_.end(), [&](const Measure& each) { return each.id == id; });
  return found == measures_.end() ? nullptr : &*found;
}

Result<Catalogue> Catalogue::of_files(std::span<const embedded::File> files) {
  Catalogue catalogue;
  for (const embedded::File& file : files) {
    auto read = read_declarations(file);
    if (!read) return std::move(read).error();
    for (RecordType& type : read->types) {
      if (const RecordType* same = catalogue.type(type.name)) return misfit("“" + type.name + "”", "在 " + same->file + " 里已经声明过");
      catalogue.types_.push_back(std::move(type));
    }
    for (Measure& measure : read->measures) catalogue.measures_.push_back(std::move(measure));
    for (Paper& paper : read->papers) catalogue.papers_.push_back(std::move(paper));
    for (DeskPage& page : read->pages) catalogue.pages_.push_back(std::move(page));
  }
  if (auto fault = Cross(catalogue, catalogue.pages_).check()) return std::move(*fault);
  return catalogue;
}

const Catalogue& Catalogue::shipped() {
  static const Catalogue catalogue = [] {
    auto read = of_files(embedded::ledger_declarations());
    if (!read) throw std::runtime_error(read.error().message);
    return std::move(read).value();
  }();
  return catalogue;
}

}  // namespace jiheng::ledgers
