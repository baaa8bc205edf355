// A performance desk on a new database, with forms to import.
#pragma once

#include <memory>
#include <string>

#include "base/text.h"
#include "desks/performance/imports.h"
#include "desks/performance/submissions.h"
#include "reading/reader.h"
#include "support/engines.h"

namespace jiheng::desks {

inline Document read(std::string_view bytes, std::string name) {
  return reading::read_document(bytes, std::move(name));
}

/// A project's table as a unit would send it in a text file.
inline std::string form(const std::string& unit, const std::string& project = "道路养护", const std::string& amount = "120",
                        const std::string& kilometres = "30") {
  return "2026年项目支出绩效目标表\n填报单位（盖章）：" + unit + "    金额单位：万元\n项目名称\t" + project + "\n年度本级预算金额\t" +
         amount +
         "\n本年度绩效目标\t养护道路。\n一级指标\t二级指标\t三级指标\t指标值类型\t指标值\t度量单位\n产出指标\t数量指标\t养护里程\t≥\t" +
         kilometres + "\t公里\n效益指标\t社会效益指标\t通行村数\t≥\t3\t个\n满意度指标\t服务对象满意度指标\t村民满意度\t≥\t90\t%\n";
}

/// Whoever has the machine before him.
inline const access::Principal local = access::Principal::operator_at_machine();

struct Desk {
  explicit Desk(const std::string& url, const std::string& data_folder)
      : store(*store::open(url)), registry(*store, data_folder), submissions(registry) {
    submissions.prepare();
  }

  ImportedFile import(const std::string& name, const std::string& bytes) {
    return import_file(registry, {name, bytes, std::nullopt}, read, access::Principal::operator_at_machine("王会计"));
  }
  Submission open(const std::string& id) { return *submissions.open(id, local); }

  std::unique_ptr<store::Store> store;
  registry::Registry registry;
  Submissions submissions;
};

inline std::vector<GoalTable> tables_of(const Submission& submission) {
  std::vector<GoalTable> tables;
  for (const FiledTable& each : submission.tables) tables.push_back(each.table);
  return tables;
}

class OnDesk : public test::OnEachEngine {
 protected:
  void SetUp() override {
    OnEachEngine::SetUp();
    if (!IsSkipped()) desk_ = std::make_unique<Desk>(url_, folder_.file("data"));
  }
  std::unique_ptr<Desk> desk_;
};

}  // namespace jiheng::desks
