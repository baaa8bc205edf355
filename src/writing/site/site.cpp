#include "writing/site/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/decimal.h"
#include "base/embedded.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "goals/differences.h"
#include "writing/goal_form.h"
#include "writing/html_forms.h"
#include "writing/markup.h"

namespace jiheng::embedded {
std::span<const File> site_assets();
}

namespace jiheng::writing {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, printable(text));
  return out;
}

std::string_view carrier_title(std::string_view carrier) {
  return carrier == "docx" ? "Word" : carrier == "xlsx" ? "Excel" : carrier == "pdf" ? "PDF" : carrier == "json" ? "JSON" : carrier;
}

std::string size_text(std::int64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " B";
  if (bytes < (1 << 20)) return std::to_string((bytes + 512) / 1024) + " KB";
  return fmt::format("{}.{} MB", bytes >> 20, (bytes & 0xFFFFF) * 10 >> 20);
}

std::string file_name(const SiteUnit& unit, std::string_view carrier) {
  std::string name = unit.name;
  for (char& c : name) {
    if (c == '/' || c == '\\') c = '-';
  }
  return fmt::format("{}{}年绩效目标表.{}", name, unit.year, carrier);
}

/// `up`: the way back to the folder of the index ("" or "../").
std::string page_begin(const SiteHead& head, std::string_view title, std::string_view up) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>{0} - {1}</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" "
      "href=\"{2}style.css\">\n</head>\n<body>\n<a class=\"skip\" "
      "href=\"#content\">跳到正文</a>\n<header class=\"top\"><div class=\"wide\"><p class=\"bureau\">{1}</p><nav aria-label=\"栏目\"><a "
      "href=\"{2}index.html\">绩效目标公开</a>",
      escaped(title), escaped(head.bureau), up);
  if (head.live) out += fmt::format("<a href=\"{}compare.html\">核对文件</a>", up);
  out += "</nav></div></header>\n<main id=\"content\" class=\"wide\" tabindex=\"-1\">\n";
  return out;
}

std::string page_end(const SiteHead& head, std::string_view more) {
  std::string out =
      fmt::format("</main>\n<footer class=\"bottom\"><div class=\"wide\"><p>{}依法公开。内容以批复为准。{}</p></div></footer>\n",
                  escaped(head.bureau), head.region.empty() ? "" : "行政区划：" + escaped(head.region) + "。");
  return out.append(more).append("</body>\n</html>\n");
}

std::string tables_text(const SiteUnit& unit) {
  std::string text;
  if (unit.overall > 0) text += "整体支出";
  const auto add = [&](int count, std::string_view name) {
    if (count == 0) return;
    text += text.empty() ? "" : "，";
    text.append(name).append(" ").append(std::to_string(count)).append(" 张");
  };
  add(unit.projects, "项目支出");
  add(unit.others, "其他表");
  return text;
}

std::string options_of(const std::set<std::string>& values) {
  std::string out;
  for (const std::string& each : values) {
    if (!each.empty()) out += fmt::format("<option>{}</option>", escaped(each));
  }
  return out;
}

/// Filters and search are of no use without the script, which shows them.
std::string finder(const std::vector<const SiteUnit*>& units, const std::string& words) {
  std::set<std::string> sections;
  std::set<std::string> kinds;
  for (const SiteUnit* unit : units) {
    sections.insert(unit->section);
    kinds.insert(unit->kinds.begin(), unit->kinds.end());
  }
  std::string out = fmt::format(
      "<form class=\"finder\" id=\"finder\" role=\"search\" data-words=\"{}\" hidden>\n<label "
      "class=\"query\"><span>查找</span><input type=\"search\" id=\"query\" placeholder=\"单位、项目或指标名称\" "
      "autocomplete=\"off\"></label>\n",
      words);
  const auto choice = [&](std::string_view id, std::string_view name, const std::string& options) {
    out += fmt::format("<label><span>{}</span><select id=\"{}\"><option value=\"\">全部</option>{}</select></label>\n", name, id, options);
  };
  std::string kind_options;
  for (const std::string& kind : kinds) {
    const auto known = kind_from_code(kind);
    kind_options += fmt::format("<option value=\"{}\">{}</option>", kind, known ? kind_name(*known) : kind);
  }
  choice("kind", "表类", kind_options);
  choice("section", "业务股室", options_of(sections));
  return out + "</form>\n<p class=\"count\" id=\"count\" role=\"status\"></p>\n";
}

/// `stem`: of its files, as a link from the page.
void append_row(std::string& out, const SiteUnit& unit, const std::string& stem) {
  std::string kinds;
  for (const std::string& each : unit.kinds) kinds += (kinds.empty() ? "" : " ") + each;
  out += fmt::format("<tr data-key=\"{}\" data-kinds=\"{}\" data-section=\"{}\">", escaped(unit.stem), kinds, escaped(unit.section));
  out += fmt::format("<th scope=\"row\"><a href=\"{}.html\">{}</a><span class=\"hits\"></span></th>", escaped(stem), escaped(unit.name));
  const auto cell = [&](std::string_view label, std::string_view text, std::string_view style = {}) {
    out += fmt::format("<td data-label=\"{}\"{}>{}</td>", label, style.empty() ? "" : fmt::format(" class=\"{}\"", style), escaped(text));
  };
  cell("年度", std::to_string(unit.year), "nowrap");
  cell("业务股室", unit.section);
  cell("绩效目标表", tables_text(unit));
  cell("资金（万元）", unit.amount, "number");
  cell("批复日期", unit.approved, "nowrap");
  cell("公开日期", unit.published, "nowrap");
  out += "<td data-label=\"下载\" class=\"nowrap\">";
  for (const SiteDownload& each : unit.downloads) {
    out +=
        fmt::format("<a href=\"{}.{}\" download=\"{}\" aria-label=\"下载{}的{}文件\">{}</a> ", escaped(stem), each.carrier,
                    escaped(file_name(unit, each.carrier)), escaped(unit.name), carrier_title(each.carrier), carrier_title(each.carrier));
  }
  out += "</td></tr>\n";
}

std::string table_name(const GoalTable& table) {
  return table.kind == TableKind::overall ? std::string(kind_name(table.kind))
                                          : table.project_name.value_or(std::string(kind_name(table.kind)));
}

}  // namespace

void set_stems(std::vector<SiteUnit>& units) {
  std::map<std::string, int> used;
  for (SiteUnit& unit : units) {
    std::string code;
    for (const char c : unit.code) {
      const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
      code.push_back(plain ? c : '_');
    }
    const std::string stem = std::to_string(unit.year) + "/" + (code.empty() ? "unit" : code);
    const int number = ++used[stem];
    unit.stem = number == 1 ? stem : stem + "_" + std::to_string(number);
  }
}

void summarise(SiteUnit& unit, const std::vector<GoalTable>& tables) {
  for (const GoalTable& table : tables) {
    const std::string kind(kind_code(table.kind));
    if (std::find(unit.kinds.begin(), unit.kinds.end(), kind) == unit.kinds.end()) unit.kinds.push_back(kind);
    (table.kind == TableKind::overall ? unit.overall : table.kind == TableKind::project ? unit.projects : unit.others) += 1;
    if (table.kind == TableKind::overall && table.budget && table.budget->total && unit.amount.empty()) {
      const auto total = Decimal::parse(*table.budget->total);
      const bool in_yuan = table.money_unit && *table.money_unit == "元";
      unit.amount = total && in_yuan ? (*total * *Decimal::parse("0.0001")).plain() : *table.budget->total;
    }
    unit.words.push_back(table_name(table));
    for (const Indicator& each : table.indicators) unit.words.push_back(each.level3 + " " + shown_target(each));
  }
}

std::string index_page(const SiteHead& head, const std::vector<SiteUnit>& units, int year, IndexPlace place) {
  const bool in_front = place == IndexPlace::front;
  const std::string up = in_front ? "" : "../";
  const std::string beside = in_front ? std::to_string(year) + "/" : "";
  std::vector<const SiteUnit*> shown;
  std::set<int, std::greater<>> years;
  for (const SiteUnit& unit : units) {
    years.insert(unit.year);
    if (unit.year == year) shown.push_back(&unit);
  }
  const std::string of_year = shown.empty() ? std::string() : std::to_string(year) + "年";
  std::string out = page_begin(head, of_year + "绩效目标公开", up);
  out += "<h1>" + of_year + "预算绩效目标公开</h1>\n";
  out +=
      fmt::format("<p class=\"lead\">这里公开{}批复的{}部门整体支出和项目支出绩效目标，共 {} 份。点单位名称看全表，也可以下载文件。</p>\n",
                  escaped(head.bureau), of_year, shown.size());
  if (shown.empty()) return out + "<p class=\"empty\">还没有公开的绩效目标。</p>\n" + page_end(head, "");
  if (years.size() > 1) {
    out += "<nav class=\"years\" aria-label=\"年度\">其他年度：";
    for (const int other : years) {
      if (other != year) out += fmt::format("<a href=\"{0}{1}/index.html\">{1}年</a> ", up, other);
    }
    out += "</nav>\n";
  }
  out += finder(shown, beside + "words.js");
  out +=
      "<table class=\"list\" id=\"list\">\n<thead><tr><th scope=\"col\">单位</th><th scope=\"col\">年度</th><th "
      "scope=\"col\">业务股室</th><th "
      "scope=\"col\">绩效目标表</th><th scope=\"col\">资金（万元）</th><th scope=\"col\">批复日期</th><th scope=\"col\">公开日期</th><th "
      "scope=\"col\">下载</th></tr></thead>\n<tbody>\n";
  for (const SiteUnit* unit : shown) append_row(out, *unit, in_front ? unit->stem : unit->stem.substr(unit->stem.find('/') + 1));
  out += "</tbody></table>\n<p class=\"empty\" id=\"nothing\" hidden>没有符合条件的绩效目标。</p>\n";
  out += fmt::format(
      "<section class=\"data\"><h2>全部指标数据</h2>\n<ul>\n<li>{0} 年：<a href=\"{1}data.csv\" "
      "download=\"{0}年绩效指标.csv\">表格（CSV）</a> <a href=\"{1}data.json\" download=\"{0}年绩效指标.json\">JSON</a></li>\n"
      "</ul></section>\n",
      year, beside);
  return out + page_end(head, "<script src=\"" + up + "search.js\"></script>\n");
}

std::string unit_page(const SiteHead& head, const SiteUnit& unit, const std::vector<GoalTable>& tables) {
  const std::string stem = unit.stem.substr(unit.stem.find('/') + 1);
  const std::string title = fmt::format("{}{}年绩效目标", unit.name, unit.year);
  std::string out = page_begin(head, title, "../");
  out += fmt::format("<h1>{}</h1>\n<dl class=\"facts\">", escaped(title));
  const auto fact = [&](std::string_view name, const std::string& value, std::string_view style = {}) {
    out +=
        fmt::format("<div><dt>{}</dt><dd{}>{}</dd></div>", name, style.empty() ? "" : fmt::format(" class=\"{}\"", style), escaped(value));
  };
  fact("单位编码", unit.code);
  if (!unit.section.empty()) fact("业务股室", unit.section);
  fact("批复日期", unit.approved);
  fact("公开日期", unit.published);
  fact("版本码", unit.version, "code");
  out +=
      "</dl>\n<section class=\"files\"><h2>下载</h2>\n<table class=\"downloads\"><thead><tr><th scope=\"col\">文件</th><th "
      "scope=\"col\">大小</th><th scope=\"col\">校验值（SHA-256）</th></tr></thead><tbody>\n";
  for (const SiteDownload& each : unit.downloads) {
    out += fmt::format(
        "<tr><th scope=\"row\"><a href=\"{}.{}\" download=\"{}\">{}</a></th><td class=\"nowrap\">{}</td><td "
        "class=\"code\">{}</td></tr>\n",
        escaped(stem), each.carrier, escaped(file_name(unit, each.carrier)), carrier_title(each.carrier), size_text(each.bytes),
        each.sha256);
  }
  out +=
      "</tbody></table>\n<details><summary>手里的文件是不是批复的那一份？</"
      "summary><p>每个文件的校验值只有内容一个字不差才相同。下载的表每页页脚印有版本码，";
  out += "版本码相同就是同一版。";
  if (head.live) out += "也可以把文件放到<a href=\"../compare.html\">核对文件</a>，逐项比对。";
  out += "</p></details></section>\n";
  if (tables.size() > 1) {
    out += "<nav class=\"contents\" aria-label=\"本页的表\"><h2>共 " + std::to_string(tables.size()) + " 张表</h2><ol>\n";
    for (std::size_t i = 0; i < tables.size(); ++i)
      out += fmt::format("<li><a href=\"#table-{}\">{}</a></li>\n", i + 1, escaped(table_name(tables[i])));
    out += "</ol></nav>\n";
  }
  for (std::size_t i = 0; i < tables.size(); ++i) {
    out += fmt::format("<div class=\"sheet\" id=\"table-{}\">\n", i + 1);
    append_html_form(out, goal_form(tables[i]), HtmlUse::site);
    out += "</div>\n";
  }
  return out + page_end(head, "");
}

std::string compare_page(const SiteHead& head) {
  std::string out = page_begin(head, "核对文件", "");
  out +=
      "<h1>这份文件是批复的那一份吗？</h1>\n<p class=\"lead\">把绩效目标表的文件（Word、Excel、PDF "
      "或清晰的扫描件）放到这里，就能知道它和已经公开的是不是一样，"
      "不一样的地方在哪里。文件看完就丢，不会保存。</p>\n"
      "<noscript><p class=\"empty\">核对文件要用到浏览器的脚本。也可以在单位的页面上用校验值或版本码自己核对。</p></noscript>\n"
      "<form id=\"compare\" class=\"drop\" hidden><input type=\"file\" id=\"file\" "
      "accept=\".docx,.xlsx,.pdf,.doc,.xls,.wps,.et,.ofd,.rtf,.html,.jpg,.jpeg,.png\"><label for=\"file\">选文件</label><p "
      "class=\"small\">也可以把文件拖到这里。一次一个文件，不超过 8 MB</p></form>\n"
      "<div id=\"result\" aria-live=\"polite\"></div>\n";
  return out + page_end(head, "<script src=\"compare.js\"></script>\n");
}

std::string words_script(const std::vector<SiteUnit>& units) {
  std::string out = "window.jiheng_words = ";
  JsonWriter json(out);
  json.begin_object();
  for (const SiteUnit& unit : units) {
    json.key(std::string_view(unit.stem)).begin_array();
    for (const std::string& each : unit.words) json.string(printable(each));
    json.end_array();
  }
  json.end_object();
  // Line ends to a script, though not to JSON.
  return replace_all(replace_all(std::move(out), "\xE2\x80\xA8", "\\u2028"), "\xE2\x80\xA9", "\\u2029") + ";\n";
}

std::optional<std::string_view> site_asset(std::string_view name) {
  for (const embedded::File& file : embedded::site_assets()) {
    if (file.name == name) return file.bytes;
  }
  return std::nullopt;
}

}  // namespace jiheng::writing
