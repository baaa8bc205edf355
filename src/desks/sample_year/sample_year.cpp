#include "desks/sample_year/sample_year.h"

#include <cstdio>
#include <random>
#include <tuple>

#include "base/work_calendar.h"
#include "ledgers/import.h"

namespace jiheng::desks {
namespace {

constexpr int year = 2026;
constexpr int units = 92;
constexpr int cases = 312;
constexpr int agencies = 34;
constexpr int shopfronts = 162;

/// The same numbers on every machine: the standard's distributions are not.
class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  int below(int limit) { return static_cast<int>(engine_() % static_cast<unsigned>(limit)); }
  int between(int least, int most) { return least + below(most - least + 1); }
  bool once_in(int n) { return below(n) == 0; }

 private:
  std::mt19937 engine_;
};

std::string numbered(const char* format, int number) {
  char text[64];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

std::string yuan(std::int64_t fen) {
  return ledgers::number_text(fen, 2);
}

Date day(int month, int of_month) {
  return Date::of(year, month, of_month).value_or(Date());
}

/// Work happens on work days: the first one from there.
Date at_work(Date date) {
  const WorkCalendar& calendar = WorkCalendar::state_council();
  while (!calendar.is_work_day(date)) ++date;
  return date;
}

std::string moment(Date date, int minute_of_day) {
  char text[16];
  std::snprintf(text, sizeof text, " %02d:%02d", minute_of_day / 60 % 24, minute_of_day % 60);
  return date.text() + text;
}

const char* const towns[] = {"渌口镇", "南洲镇", "朱亭镇", "古岳峰镇", "淦田镇", "龙门镇", "龙潭镇", "龙船镇"};
const char* const bureaus[] = {"教育局",           "民政局", "卫生健康局", "农业农村局",     "水利局",     "交通运输局",
                               "住房和城乡建设局", "林业局", "自然资源局", "文化旅游体育局", "应急管理局", "市场监督管理局"};

/// A unit of the county; the later ones are institutions below the first.
std::string unit_name(int number) {
  const int towns_and_bureaus = 20;
  if (number < 8) return towns[number] + std::string("人民政府");
  if (number < towns_and_bureaus) return std::string("渌口区") + bureaus[number - 8];
  return std::string("渌口区") + bureaus[number % 12] + "所属单位" + std::to_string(number - towns_and_bureaus + 1);
}

struct Project {
  const char* code;
  const char* name;
  std::int64_t budget_fen;
  int paid_percent;
};
/// The bureau's four projects, and the rest of its year's budget of 1813.77 万元.
constexpr Project projects[] = {
    {"GZ", "国资管理专项", 10'000'000, 96},
    {"JX", "财会监督与绩效管理专项", 30'000'000, 93},
    {"ZW", "财政业务专网运行及维护专项", 120'000'000, 97},
    {"PS", "财政投资项目评审专项", 350'000'000, 95},
    {"JB", "基本支出及其他项目", 1'303'770'000, 98},
};

class Year {
 public:
  std::vector<SampleTable> tables() {
    budget();
    reviews();
    network();
    supervision();
    performance();
    assets();
    surveys();
    tasks();
    return std::move(tables_);
  }

 private:
  void begin(const char* type, const char* heading) { tables_.push_back({type, std::string(heading) + "\n"}); }
  void row(std::initializer_list<std::string> cells) {
    std::string& csv = tables_.back().csv;
    bool first = true;
    for (const std::string& cell : cells) {
      if (!first) csv.push_back(',');
      first = false;
      csv += cell;
    }
    csv.push_back('\n');
  }

  void budget() {
    begin("project", "code,name,unit,year");
    for (const Project& each : projects) row({each.code, each.name, "株洲市渌口区财政局", "2026"});
    for (int i = 1; i <= 8; ++i) row({numbered("ZD%02d", i), std::string(towns[i - 1]) + "重点项目", unit_name(i - 1), "2026"});
    begin("budget_line", "project,year,initial_amount,adjusted_amount,document_no");
    for (const Project& each : projects) row({each.code, "2026", yuan(each.budget_fen), "", "渌财预〔2026〕1号"});
    begin("payment", "payment_no,project,paid_on,amount,fund,state");
    Chance chance(1);
    int number = 0;
    for (const Project& each : projects) {
      std::int64_t left = each.budget_fen * each.paid_percent / 100;
      for (int month = 1; month <= 12; ++month) {
        const std::int64_t paid = month == 12 ? left : left / (13 - month) / 1000 * 1000;
        left -= paid;
        row({numbered("ZF2026%05d", ++number), each.code, at_work(day(month, chance.between(5, 25))).text(), yuan(paid), "一般公共预算",
             ""});
      }
    }
    row({numbered("ZF2026%05d", ++number), "ZW", "2026-06-10", "12000.00", "一般公共预算", "void"});
  }

  void reviews() {
    begin("agency", "credit_code,name,listed_on");
    for (int i = 1; i <= agencies; ++i) row({numbered("91430200MA4%07d", i), numbered("湖南诚信第%d工程咨询有限公司", i), "2025-12-20"});
    begin("review_case",
          "case_no,project_name,owner_unit,submission_no,kind,submitted_on,accepted_on,submitted_amount,reviewed_amount,rechecked_amount,"
          "concluded_amount,"
          "concluded_on,report_no,first_reviewer,second_reviewer,approver,agency,state");
    static const char* const kinds[] = {"预算", "招标控制价", "结算", "结算", "变更", "竣工财务决算"};
    static const char* const works[] = {"道路改造", "饮水安全", "校舍维修", "高标准农田", "污水处理", "河道整治"};
    Chance chance(2);
    for (int i = 1; i <= cases + 14; ++i) {
      const bool open = i > cases;
      const Date submitted = at_work(open ? day(11, 20) + i % 9 : day(1, 5) + (i - 1) * 330 / cases);
      const Date accepted = at_work(submitted + chance.between(1, 5));
      const Date concluded = at_work(accepted + (chance.once_in(40) ? 52 : chance.between(10, 34)));
      const std::int64_t amount = chance.between(60'000'000, 500'000'000) / 100 * 100;  // 60万到500万元
      const std::int64_t settled = amount * chance.between(860, 925) / 1000;
      const bool late = concluded > day(12, 31);
      const bool done = !open && !late;
      // Of the open ones some wait for material, some for the builder's answer.
      const bool incomplete = open && i % 4 == 0;
      const bool consulting = open && i % 4 == 2;
      row({numbered("PS2026-%03d", i), std::string(towns[i % 8]) + works[i % 6] + "工程" + numbered("（%d标）", i % 4 + 1),
           unit_name(i % units), numbered("渌送审〔2026〕%d号", i), kinds[i % 6], submitted.text(), incomplete ? "" : accepted.text(),
           yuan(amount), done || consulting ? yuan(settled + 100'000) : "", done ? yuan(settled) : "", done ? yuan(settled) : "",
           done ? concluded.text() : "", done ? numbered("渌财评〔2026〕%d号", i) : "", "张建国", "李红梅", "王志强",
           numbered("91430200MA4%07d", i % agencies + 1),
           i % 97 == 0 && !done ? "withdrawn"
           : done               ? "archived"
           : incomplete         ? "supplementing"
           : consulting         ? "consulting"
                                : "reviewing"});
      if (done) settled_.emplace_back(i, settled, concluded);
    }
    begin("case_pause", "case_no,paused_on,resumed_on,reason");
    for (int i = 40; i <= 240; i += 40)
      row({numbered("PS2026-%03d", i), at_work(day(1, 5) + i * 330 / cases + 8).text(), at_work(day(1, 5) + i * 330 / cases + 15).text(),
           "补充资料"});
    materials();
    begin("recheck", "recheck_no,case_no,rechecked_on,rechecked_amount,blind");
    int number = 0;
    for (const auto& [i, settled, concluded] : settled_) {
      if (i % 8 == 0) {
        const Date on = std::min(at_work(concluded + 20), day(12, 30));
        row({numbered("FH2026-%03d", ++number), numbered("PS2026-%03d", i), on.text(),
             yuan(settled + settled * chance.between(-24, 24) / 1000), i % 16 == 0 ? "是" : "否"});
      }
    }
    begin("agency_engagement", "engagement_no,agency,case_no,engaged_on,fee,deduction,fee_paid_on");
    for (const auto& [i, settled, concluded] : settled_) {
      const std::int64_t fee = settled / 1000 * 4 / 100 * 100;
      row({numbered("ZXWT2026-%03d", i), numbered("91430200MA4%07d", i % agencies + 1), numbered("PS2026-%03d", i), (concluded - 9).text(),
           yuan(fee), i % 25 == 0 ? yuan(fee / 20) : "", std::min(at_work(concluded + 12), day(12, 30)).text()});
    }
  }

  /// What came with the latest cases, and how their parts were settled.
  void materials() {
    static const char* const papers[] = {"送审报告", "施工合同", "竣工图纸", "工程量计算书", "现场签证单"};
    begin("review_material", "case_no,name,copies,pages,original,received_on,complete,missing,note");
    for (int i = cases - 20; i <= cases + 14; ++i) {
      for (int paper = 0; paper < 5; ++paper) {
        const bool lacks = i > cases && paper == 4 && i % 4 == 0;
        row({numbered("PS2026-%03d", i), papers[paper], "1", numbered("%d", 6 + (i * 7 + paper * 11) % 60), paper < 2 ? "是" : "否",
             at_work(i > cases ? day(11, 20) + i % 9 : day(1, 5) + (i - 1) * 330 / cases).text(), lacks ? "否" : "是",
             lacks ? "缺监理单位签字" : "", ""});
      }
    }
    begin("review_item", "case_no,item,submitted_amount,concluded_amount,reason");
    for (const auto& [i, settled, concluded] : settled_) {
      if (i % 8 != 0) continue;
      row({numbered("PS2026-%03d", i), "土建工程", yuan(settled / 2 + 6'000'000), yuan(settled / 2), "多计工程量"});
      row({numbered("PS2026-%03d", i), "安装工程", yuan(settled - settled / 2 - 300'000), yuan(settled - settled / 2), "漏计一项主材"});
    }
  }

  void network() {
    begin("network_unit", "unit_name,joined_on,left_on");
    for (int i = 0; i < units; ++i) row({unit_name(i), "2024-03-01", ""});
    for (int i = 1; i <= 11; ++i) row({numbered("渌口区第%d中心小学", i), i < 11 ? "2025-09-01" : "2026-05-06", ""});
    begin("stability_test",
          "test_no,started_at,ended_at,targets,loss_percent,latency_p95_ms,max_loss_percent,max_latency_p95_ms,minutes_file,place,testers,"
          "recorder,problems,handling");
    for (int quarter = 1; quarter <= 4; ++quarter) {
      const Date on = at_work(day(quarter * 3, 12));
      row({numbered("CS2026-%d", quarter), moment(on, 9 * 60), moment(on, 11 * 60 + 30), "核心交换机及各单位接入点",
           numbered("0.%d", quarter), numbered("%d", 30 + quarter), "1", "100", numbered("2026年第%d季度稳定性测试纪要.docx", quarter),
           "区财政局机房", "谭志、易珊", "易珊", quarter == 2 ? "一处接入点时延偏高" : "没有", quarter == 2 ? "已更换光模块并复测" : ""});
    }
    begin("ticket", "ticket_no,unit_name,opened_at,restored_at,closed_at,channel,category,cause,priority,state");
    static const char* const channels[] = {"远程", "电话", "即时通讯", "远程", "上门"};
    Chance chance(3);
    for (int i = 1; i <= 64; ++i) {
      const Date on = at_work(day(1, 8) + i * 350 / 64);
      const bool fault = i % 3 == 0;
      const int opened = chance.between(8 * 60 + 30, 15 * 60);
      const int restored = opened + chance.between(12, fault ? 106 : 90);
      row({numbered("GD2026-%03d", i), unit_name(i % units), moment(on, opened), moment(on, restored), moment(on, restored + 30),
           channels[i % 5],
           fault        ? "故障"
           : i % 3 == 1 ? "咨询"
                        : "服务请求",
           fault ? (i % 12 == 0 ? "运营商" : "本级设备或线路") : "", "一般", "已关闭"});
    }
    begin("zero_report", "subject,month,reported_on,count,reporter");
    for (int month = 1; month <= 12; ++month) {
      const Date on = month == 12 ? day(12, 31) : at_work(day(month + 1, 3));
      row({"网络安全事件", numbered("2026-%02d", month), on.text(), "0", "谭志"});
    }
    begin("outage", "system,started_at,ended_at,planned,cause");
    for (int month = 2; month <= 12; month += 3)
      row({"绩效管理平台", moment(day(month, 21), 22 * 60), moment(day(month, 21), 23 * 60), "是", "计划内升级"});
    begin("backup_drill", "drill_no,system,held_on,restored,minutes_file");
    for (int half = 1; half <= 2; ++half)
      row({numbered("YL2026-%d", half), "绩效管理平台", at_work(day(half * 6, 16)).text(), "是",
           numbered("2026年第%d次恢复演练纪要.docx", half)});
  }

  void supervision() {
    begin("inspection",
          "inspection_no,kind,object,document_no,basis,scope,content,mode,planned_from,planned_to,to_prepare,contact,contact_phone,leader,"
          "member,notified_on,started_on,concluded_on,served_on,state");
    for (int i = 1; i <= 8; ++i) {
      const Date notified = at_work(day(5, 6) + i * 7);
      row({numbered("JC2026-%02d", i),
           i <= 3 ? "会计信息质量检查" : "代理记账机构检查",
           i <= 3 ? unit_name(i * 7) : numbered("渌口区第%d代理记账有限公司", i),
           numbered("渌财监〔2026〕%d号", i),
           i <= 3 ? "《中华人民共和国会计法》和年度检查计划" : "《代理记账管理办法》和双随机抽查计划",
           "2025年度",
           i <= 3 ? "会计核算、资产管理、预算执行" : "执业条件、内部规范、受托业务",
           "就地检查",
           at_work(notified + 5).text(),
           at_work(notified + 25).text(),
           "账簿、凭证、报表和内部管理制度",
           "周敏",
           "0731-2760 0000",
           "陈立",
           "周敏",
           notified.text(),
           at_work(notified + 5).text(),
           at_work(notified + 35).text(),
           at_work(notified + 42).text(),
           "已归档"});
    }
    begin("working_paper",
          "paper_no,inspection_no,item,facts,evidence,rule,amount,author,written_on,checked_by,unit_opinion,unit_signer,signed_on,state");
    for (int i = 1; i <= 8; ++i) {
      const Date on = at_work(day(5, 6) + i * 7 + 18);
      row({numbered("DG2026-%02d", i), numbered("JC2026-%02d", i), "往来款项", "其他应收款三年以上没有清理", "明细账、凭证复印件各一份",
           "会计核算的有关规定", yuan(i * 1'250'000), "周敏", on.text(), "陈立", "情况属实", "单位财务负责人", at_work(on + 3).text(),
           "已签字"});
    }
    begin("finding",
          "finding_no,source,source_no,unit_name,problem,basis,amount,requirement,due_on,rectified_on,verified_on,result,served_on,"
          "receiver,state");
    static const char* const sources[] = {"监督检查", "绩效评价", "绩效监控"};
    static const char* const problems[] = {"往来款项长期挂账", "绩效目标完成缺少佐证", "预算执行进度偏慢", "固定资产未及时入账"};
    for (int i = 1; i <= 18; ++i) {
      const Date due = day(6, 30) + i * 9;
      row({numbered("WT2026-%02d", i), sources[i % 3], numbered("JC2026-%02d", i % 8 + 1), unit_name(i * 4), problems[i % 4],
           "财政部门监督办法", yuan(i * 1'250'000), "限期整改并提交佐证", due.text(), (due - 9).text(), (due - 4).text(), "已整改到位",
           (due - 40).text(), "单位办公室", "已销号"});
    }
  }

  void performance() {
    begin("goal_review", "unit_name,year,round,reviewed_on,grade,reviewer");
    for (int i = 0; i < units; ++i) row({unit_name(i), "2026", "1", at_work(day(1, 12) + i / 4).text(), i % 9 == 0 ? "良" : "优", "刘芳"});
    begin("key_project", "project,year,purpose,done_on");
    for (int i = 1; i <= 3; ++i) row({numbered("ZD%02d", i), "2026", "重点监控", at_work(day(8, 10) + i).text()});
    for (int i = 3; i <= 7; ++i) row({numbered("ZD%02d", i), "2026", "重点评价", at_work(day(9, 10) + i).text()});
    begin("evaluation_result", "project,year,graded_on,grade");
    for (int i = 3; i <= 7; ++i) row({numbered("ZD%02d", i), "2026", at_work(day(9, 25) + i).text(), i == 5 ? "中" : "良"});
    begin("result_use", "project,year,applied_on,how,changed_amount");
    for (int i = 3; i <= 7; ++i)
      row({numbered("ZD%02d", i), "2026", at_work(day(11, 2) + i).text(), i == 5 ? "压减下年预算" : "下年预算予以保障",
           i == 5 ? "-300000" : ""});
    begin("platform_system", "system,maintained_from,maintained_to");
    row({"绩效管理平台", "2026-01-01", ""});
  }

  void assets() {
    begin("enterprise", "credit_code,name,listed_on");
    for (int i = 1; i <= 4; ++i) row({numbered("91430212MA5%07d", i), numbered("渌口区第%d国有资产经营有限公司", i), "2020-01-01"});
    begin("soe_assessment", "enterprise,year,score,grade,concluded_on");
    for (int i = 1; i <= 4; ++i)
      row({numbered("91430212MA5%07d", i), "2025", numbered("%d.5", 86 + i), "B", at_work(day(5, 18) + i).text()});
    begin("shopfront", "code,address,area,acquired_on,appraised_monthly_rent,state");
    Chance chance(4);
    for (int i = 1; i <= shopfronts; ++i) {
      row({numbered("MM%03d", i), numbered("渌口镇伏波大道%d号", 100 + i), numbered("%d.5", chance.between(22, 90)), "2018-06-30",
           yuan(chance.between(900, 1600) * 100), i <= 150 ? "出租" : "闲置"});
    }
    begin("tenant", "code,name,phone");
    for (int i = 1; i <= 150; ++i) row({numbered("CZ%03d", i), numbered("承租人%d", i), ""});
    begin("lease",
          "lease_no,shopfront,tenant,starts_on,ends_on,monthly_rent,deposit,step_percent,pay_every_months,opening_arrears,approval_no");
    std::vector<std::int64_t> rents;
    for (int i = 1; i <= 150; ++i) {
      rents.push_back(chance.between(880, 1250) * 100);
      row({numbered("HT%03d", i), numbered("MM%03d", i), numbered("CZ%03d", i), "2025-01-01", numbered("202%d-12-31", 7 + i % 3),
           yuan(rents.back()), yuan(rents.back() * 2), "3", "3", i % 30 == 0 ? "2400.00" : "", numbered("渌国资租〔2024〕%d号", i)});
    }
    begin("rent_waiver", "waiver_no,lease_no,month,amount,approval_no");
    for (int i = 10; i <= 40; i += 10)
      row({numbered("JM2026-%02d", i / 10), numbered("HT%03d", i), "2026-07", yuan(rents[static_cast<std::size_t>(i - 1)] / 2),
           "渌国资减〔2026〕1号"});
    begin("rent_receipt", "receipt_no,lease_no,received_on,amount,kind,treasury_slip_no");
    int number = 0;
    for (int i = 1; i <= 150; ++i) {
      // What fell due before this year was paid then; this year's first month brings the step.
      const std::int64_t rent = rents[static_cast<std::size_t>(i - 1)];
      const std::int64_t stepped = (rent * 103 + 50) / 100;
      row({numbered("SK2025-%04d", i), numbered("HT%03d", i), "2025-12-20", yuan(rent * 12), "租金", numbered("FS2025%06d", i)});
      for (int quarter = 0; quarter < 4; ++quarter) {
        if (i % 25 == 0 && quarter == 3) continue;  // some owe the last quarter
        ++number;
        row({numbered("SK2026-%04d", number), numbered("HT%03d", i), at_work(day(quarter * 3 + 1, 4) + i % 20).text(), yuan(stepped * 3),
             "租金", numbered("FS2026%06d", number)});
      }
    }
    begin("maintenance_order", "order_no,shopfront,reported_on,finished_on,cost");
    for (int i = 1; i <= 12; ++i)
      row({numbered("WX2026-%02d", i), numbered("MM%03d", i * 9), day(i, 6).text(), at_work(day(i, 9)).text(), yuan(i * 43'000)});
    begin("asset_check", "report_year,unit_name,check_no,checked_on,passed");
    for (int i = 0; i < units; ++i) row({"2025", unit_name(i), "表间勾稽", at_work(day(3, 9) + i / 8).text(), "是"});
  }

  void surveys() {
    begin("satisfaction_answer", "survey,answered_at,group,answer");
    static const char* const surveys[] = {"服务对象满意度", "国资管理专项", "财会监督与绩效管理专项", "财政业务专网运行及维护专项",
                                          "财政投资项目评审专项"};
    Chance chance(5);
    for (const char* survey : surveys) {
      for (int i = 0; i < 120; ++i) {
        const int luck = chance.below(100);
        row({survey, moment(at_work(day(11, 2) + i / 10), chance.between(9 * 60, 17 * 60)), i % 2 == 0 ? "预算单位" : "办事群众",
             luck < 70   ? "很满意"
             : luck < 98 ? "满意"
                         : "基本满意"});
      }
    }
  }

  void tasks() {
    begin("work_task", "task_no,name,project,due_on,done_on,proof_file,state");
    static const char* const names[] = {"季度工作小结", "资产年报报送", "绩效目标批复", "专网季度巡检", "评审档案归档"};
    for (int i = 1; i <= 20; ++i) {
      const Date due = at_work(day(1, 20) + i * 17);
      row({numbered("RW2026-%02d", i), names[i % 5], projects[i % 5].code, due.text(),
           at_work(due - 6).text() <= due.text() ? at_work(due - 6).text() : due.text(), numbered("佐证%d.pdf", i), "已完成"});
    }
  }

  std::vector<SampleTable> tables_;
  std::vector<std::tuple<int, std::int64_t, Date>> settled_;
};

}  // namespace

std::vector<SampleTable> sample_year() {
  return Year().tables();
}

Result<std::int64_t> play_sample_year(ledgers::Ledgers& ledgers) {
  std::int64_t added = 0;
  for (SampleTable& table : sample_year()) {
    ledgers::ImportOptions options;
    options.file = "示例数据（" + table.type + "）.csv";
    const auto imported = ledgers::import_table(ledgers, *ledgers.catalogue().type(table.type), std::move(table.csv), options,
                                                access::Principal::operator_at_machine("示例"), "示例数据");
    if (!imported) return imported.error();
    if (!imported->bad.empty()) {
      const ledgers::BadRow& bad = imported->bad.front();
      return Error{"sample-bad", "示例数据 " + table.type + " 第" + std::to_string(bad.row) + "行" + bad.label + bad.reason + "。", {}};
    }
    added += imported->added;
  }
  return added;
}

}  // namespace jiheng::desks
