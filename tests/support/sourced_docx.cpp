#include "support/sourced_docx.h"

#include <zip.h>

#include <cstring>
#include <pugixml.hpp>
#include <set>

#include "base/decimal.h"
#include "base/text.h"

namespace jiheng::test {
namespace {

/// The text without the names of annexes ("附件1") that the document has.
std::string without_annexes(std::string text, const std::set<std::string>& annexes) {
  // The longest first: 附件12 before 附件1.
  for (auto each = annexes.rbegin(); each != annexes.rend(); ++each) {
    for (std::size_t at = text.find(*each); at != std::string::npos; at = text.find(*each, at)) {
      const std::size_t behind = at + each->size();
      if (behind < text.size() && text[behind] >= '0' && text[behind] <= '9') {
        at = behind;
      } else {
        text.erase(at, each->size());
      }
    }
  }
  return text;
}

/// A number by itself, not the end of a thing's name (SHA-256, P95).
bool holds_number(const std::string& text) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  std::string rest;
  bool named = false;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    named = is_letter(c) || (named && (digit || c == '-'));
    if (!(named && digit)) rest += c;
  }
  return holds_digit(rest);
}

bool is(const pugi::xml_node& node, const char* name) {
  return std::strcmp(node.name(), name) == 0;
}

std::string text_of(const pugi::xml_node& node) {
  if (is(node, "w:t")) return node.text().get();
  std::string text;
  for (const pugi::xml_node& child : node.children()) text += text_of(child);
  return text;
}

std::string tag_of(const pugi::xml_node& control) {
  return control.child("w:sdtPr").child("w:tag").attribute("w:val").value();
}

class Walk {
 public:
  Walk(const std::string& docx, bool is_letter) : docx_(docx), is_letter_(is_letter) {}

  SourcedDocx walk() {
    pugi::xml_document document;
    const std::string xml = part_of_zip(docx_, "word/document.xml");
    if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata)) {
      fault("the document's text cannot be read");
      return std::move(out_);
    }
    gather(document);
    for (const pugi::xpath_node& style : document.select_nodes("//w:pStyle[@w:val='OfficialAnnex']")) {
      const pugi::xml_node paragraph = style.node().parent().parent();
      annexes_.insert(text_of(paragraph));
      annex_lines_.insert(std::to_string(annexes_.size()) + ". " + text_of(paragraph.next_sibling("w:p")));
    }
    visit(document, {});
    for (const auto& [key, value] : out_.figures) {
      const auto found = out_.sources.find(key);
      if (found == out_.sources.end())
        fault("figure without a source: " + key + " = " + value);
      else if (found->second != value)
        fault("figure " + key + " is " + value + " in the text and " + found->second + " in the annex");
    }
    for (const char* footer : {"word/footer1.xml", "word/footer2.xml"}) margins(footer);
    for (int i = 1; !part_of_zip(docx_, "word/charts/chart" + std::to_string(i) + ".xml").empty(); ++i) chart(i);
    return std::move(out_);
  }

 private:
  void fault(std::string what) { out_.faults.push_back(std::move(what)); }

  /// The rows of the annex.
  void gather(const pugi::xml_node& node) {
    if (is(node, "w:sdt") && tag_of(node).starts_with("source:")) {
      const std::string key = tag_of(node).substr(7);
      if (tag_of(node).size() > 64) fault("a tag longer than Word has room for: " + tag_of(node));
      const std::string value = text_of(node);
      if (value.empty()) fault("an empty source: " + key);
      if (!out_.sources.emplace(key, value).second) fault("two sources of one key: " + key);
      pugi::xml_node row = node.parent();
      while (row && !is(row, "w:tr")) row = row.parent();
      if (!row) {
        fault("a source outside of a table: " + key);
        return;
      }
      int telling = 0;
      std::string all;
      for (const pugi::xml_node& cell : row.children("w:tc")) {
        const std::string text = text_of(cell);
        all += text + "|";
        // What says something: neither empty nor numbers and dashes alone.
        bool words = false;
        for (std::size_t at = 0; at < text.size();) words = is_cjk(next_code_point(text, at)) || words;
        telling += words ? 1 : 0;
      }
      rows_[key] = all;
      if (telling < 2) fault("a source that does not say where it comes from: " + all);
    }
    for (const pugi::xml_node& child : node.children()) gather(child);
  }

  void visit(const pugi::xml_node& node, const std::string& tag) {
    if (is(node, "w:tr") && is_source_row(node)) return;
    if (is(node, "w:tc") && is_place_in_list(node)) return;
    if (is(node, "w:sdt")) {
      const std::string inner = tag_of(node);
      if (inner.size() > 64) fault("a tag longer than Word has room for: " + inner);
      const std::string text = text_of(node);
      if (inner.starts_with("figure:")) {
        const auto [found, fresh] = out_.figures.emplace(inner.substr(7), text);
        if (!fresh && found->second != text) fault("figure " + inner + " is both " + found->second + " and " + text);
      } else if (inner.starts_with("quote:") && inner.size() > 6) {
        ++out_.quotes;
      } else if (is_letter_ && inner.starts_with("record:") && inner.find('/') > 7 && inner.find('/') + 1 < inner.size()) {
        out_.records[inner.substr(7)].insert(text);
      } else if (is_letter_ && (inner == "made:day" || inner == "made:year")) {
        // The day is the clock's.
      } else {
        fault("a content control that tells no source: " + inner);
      }
      visit_children(node.child("w:sdtContent"), inner);
      return;
    }
    if (is(node, "w:t")) {
      const std::string text = node.text().get();
      out_.text += text;
      if (tag.empty() && holds_number(without_annexes(text, annexes_)))
        fault("a number without a source: " + text + " in: " + text_of(node.parent().parent()));
      return;
    }
    if (is(node, "w:p") && is_attachment(node)) return;
    visit_children(node, tag);
    if (is(node, "w:p")) out_.text += "\n";
  }
  void visit_children(const pugi::xml_node& node, const std::string& tag) {
    for (const pugi::xml_node& child : node.children()) visit(child, tag);
  }

  bool is_source_row(const pugi::xml_node& node) const {
    if (is(node, "w:sdt") && tag_of(node).starts_with("source:")) return true;
    for (const pugi::xml_node& child : node.children()) {
      if (is_source_row(child)) return true;
    }
    return false;
  }

  /// 附件：1. 单位名单, where the first annex has that title.
  bool is_attachment(const pugi::xml_node& paragraph) const {
    std::string text = text_of(paragraph);
    for (const std::string_view head : {"附件：", "　　　"}) {
      if (text.starts_with(head)) return annex_lines_.contains(text.substr(head.size()));
    }
    return false;
  }

  /// The 3 in the third row of a list whose first column is 序号.
  static bool is_place_in_list(const pugi::xml_node& cell) {
    const pugi::xml_node row = cell.parent();
    if (cell.previous_sibling("w:tc") || text_of(row.parent().child("w:tr").child("w:tc")) != "序号") return false;
    int place = 0;
    for (pugi::xml_node each = row.previous_sibling("w:tr"); each; each = each.previous_sibling("w:tr")) ++place;
    return place > 0 && text_of(cell) == std::to_string(place);
  }

  /// Nothing but the page's number, which is a field.
  void margins(const std::string& name) {
    pugi::xml_document footer;
    const std::string xml = part_of_zip(docx_, name);
    if (!footer.load_buffer(xml.data(), xml.size())) return;
    for (const pugi::xpath_node& paragraph : footer.select_nodes("//w:p")) {
      bool in_field = false;
      for (const pugi::xml_node& run : paragraph.node().children("w:r")) {
        if (const pugi::xml_node mark = run.child("w:fldChar")) in_field = std::strcmp(mark.attribute("w:fldCharType").value(), "end") != 0;
        if (!in_field && holds_digit(text_of(run))) fault("a number in " + name + ": " + text_of(run));
      }
    }
  }

  void chart(int number) {
    const std::string name = "chart" + std::to_string(number);
    pugi::xml_document drawn;
    const std::string xml = part_of_zip(docx_, "word/charts/" + name + ".xml");
    if (!drawn.load_buffer(xml.data(), xml.size())) return fault(name + " cannot be read");
    if (holds_digit(drawn.select_node("//c:title").node().select_node(".//a:t").node().text().get()))
      fault("a number in the title of " + name);
    pugi::xml_document sheet;
    const std::string cells = part_of_zip(part_of_zip(docx_, "word/embeddings/" + name + ".xlsx"), "xl/worksheets/sheet1.xml");
    if (!sheet.load_buffer(cells.data(), cells.size())) return fault("no data beside " + name);
    const auto cell = [&](char column, std::size_t row) {
      const std::string place = column + std::to_string(row);
      const pugi::xml_node found = sheet.select_node(("//c[@r='" + place + "']").c_str()).node();
      return std::string(found.child("is") ? found.child("is").child("t").text().get() : found.child("v").text().get());
    };
    const auto series = drawn.select_nodes("//c:ser");
    for (std::size_t s = 0; s < series.size(); ++s) {
      const pugi::xml_node node = series[s].node();
      if (holds_digit(node.child("c:tx").select_node(".//c:v").node().text().get())) fault("a number in a series' name of " + name);
      std::map<std::string, std::string> categories;
      for (const pugi::xpath_node& point : node.child("c:cat").select_nodes(".//c:pt"))
        categories[point.node().attribute("idx").value()] = point.node().child("c:v").text().get();
      for (const pugi::xpath_node& point : node.child("c:val").select_nodes(".//c:pt")) {
        ++out_.chart_values;
        const std::string value = point.node().child("c:v").text().get();
        const std::size_t row = point.node().attribute("idx").as_uint() + 2;
        const std::string key = cell(static_cast<char>('A' + series.size() + s + 1), row);
        const std::string beside = cell(static_cast<char>('A' + s + 1), row);
        if (value != beside) fault(name + " shows " + value + ", its data say " + beside);
        const auto source = out_.sources.find(key);
        if (source == out_.sources.end() || !Decimal::parse(value) || Decimal::parse(source->second) != Decimal::parse(value)) {
          fault("a value without a source in " + name + ": " + value + " (" + key + ")");
          continue;
        }
        const std::string& category = categories[point.node().attribute("idx").value()];
        if (holds_digit(category) && rows_[key].find(category) == std::string::npos)
          fault("a name with a number that its source does not have, in " + name + ": " + category);
      }
    }
  }

  const std::string& docx_;
  const bool is_letter_;
  SourcedDocx out_;
  std::map<std::string, std::string> rows_;
  std::set<std::string> annexes_;      ///< "附件1"
  std::set<std::string> annex_lines_;  ///< "1. 单位名单"
};

}  // namespace

std::string part_of_zip(const std::string& archive, const std::string& name) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(archive.data(), archive.size(), 0, &error);
  zip_t* zip = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip == nullptr) return {};
  std::string text;
  zip_stat_t stat;
  if (zip_stat(zip, name.c_str(), 0, &stat) == 0) {
    text.resize(stat.size);
    zip_file_t* file = zip_fopen(zip, name.c_str(), 0);
    zip_fread(file, text.data(), text.size());
    zip_fclose(file);
  }
  zip_close(zip);
  return text;
}

SourcedDocx check_sources(const std::string& docx) {
  return Walk(docx, false).walk();
}

SourcedDocx check_letter(const std::string& docx) {
  return Walk(docx, true).walk();
}

}  // namespace jiheng::test
