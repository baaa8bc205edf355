#include "writing/official/text.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "writing/markup.h"
#include "writing/official/marks.h"

namespace jiheng::writing {
namespace {

constexpr std::string_view opens = "【";
constexpr std::string_view closes = "】";
constexpr std::size_t most_blocks = 20'000;
/// Word has room for no more.
constexpr std::size_t longest_tag = 64;
/// Of a line to write on, about six characters.
constexpr std::string_view room = "____________";

struct Line {
  int number = 0;
  std::string_view text;
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    // A ； at the head of a line is a remark for whoever changes the text.
    if (!line.empty() && !line.starts_with("；")) lines.push_back({number, line});
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

Error wrong(int line, const std::string& what) {
  return {"official-text", "公文文字第" + std::to_string(line) + "行：" + what, {std::to_string(line), what}};
}

/// 【每个 单位】 → 单位.
std::optional<std::string_view> control(std::string_view line, std::string_view word) {
  if (!line.starts_with(opens) || !line.ends_with(closes)) return std::nullopt;
  std::string_view inside = trim(line.substr(opens.size(), line.size() - opens.size() - closes.size()));
  if (!inside.starts_with(word)) return std::nullopt;
  inside.remove_prefix(word.size());
  // 【完】 ends; 【完成情况】 is a field on a line of its own.
  if (word == "完" && !inside.empty()) return std::nullopt;
  return trim(inside);
}

std::string beginning(std::string text, std::size_t characters) {
  std::size_t at = 0;
  while (at < text.size() && characters-- > 0) next_code_point(text, at);
  text.resize(at);
  return text;
}

class Filling {
 public:
  Filling(std::vector<Line> lines, OfficialBlanks blanks) : lines_(std::move(lines)), blanks_(blanks) {}

  Result<OfficialDocument> fill(const OfficialValues& values) {
    scopes_.push_back(&values);
    if (auto error = take(0, lines_.size())) return std::move(*error);
    return std::move(document_);
  }

 private:
  struct Found {
    const std::string* text = nullptr;
    bool marked = false;
    std::string_view source;
  };
  Found find(std::string_view name) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      if (const auto found = (*scope)->marked.find(name); found != (*scope)->marked.end()) return {&found->second, true, {}};
      if (const auto found = (*scope)->texts.find(name); found != (*scope)->texts.end()) return {&found->second, false, source_of(scope)};
    }
    return {};
  }
  using Scope = std::vector<const OfficialValues*>::const_reverse_iterator;
  std::string_view source_of(Scope scope) const {
    while (scope != scopes_.rend() && (*scope)->source.empty()) ++scope;
    return scope == scopes_.rend() ? std::string_view() : (*scope)->source;
  }
  /// The place of a row (序号) is the document's own.
  static std::string with_source(std::string text, std::string_view source, std::string_view name) {
    if (source.empty() || name == "序号" || !holds_digit(text)) return text;
    return marked_lines(beginning("record:" + std::string(source) + "/" + std::string(name), longest_tag), text);
  }
  const OfficialChart* chart(std::string_view name) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      if (const auto found = (*scope)->charts.find(name); found != (*scope)->charts.end()) return &found->second;
    }
    return nullptr;
  }
  const std::vector<OfficialValues>* list(std::string_view name) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      if (const auto found = (*scope)->lists.find(name); found != (*scope)->lists.end()) return &found->second;
    }
    return nullptr;
  }

  Result<std::string> filled(const Line& line, std::string_view text, bool cell = false) const {
    std::string out;
    while (true) {
      const std::size_t at = text.find(opens);
      const std::size_t end = at == std::string_view::npos ? at : text.find(closes, at);
      if (end == std::string_view::npos) return out.append(text);
      out.append(text.substr(0, at));
      const std::string_view name = trim(text.substr(at + opens.size(), end - at - opens.size()));
      const auto [value, is_marked, source] = find(name);
      if (value == nullptr) return wrong(line.number, "没有【" + std::string(name) + "】这一项。");
      const bool leaves_room = value->empty() && !cell && blanks_ == OfficialBlanks::room;
      out.append(leaves_room ? std::string(room) : printable(is_marked ? *value : with_source(unmarked(*value), source, name)));
      text.remove_prefix(end + closes.size());
    }
  }

  /// The line of the 【完】 that belongs to the opening line at `from`; `last` where there is none.
  std::size_t end_of(std::size_t from, std::size_t last) const {
    int depth = 0;
    for (std::size_t i = from; i < last; ++i) {
      if (control(lines_[i].text, "每个") || control(lines_[i].text, "如果")) ++depth;
      if (control(lines_[i].text, "完") && --depth == 0) return i;
    }
    return last;
  }

  std::optional<Error> take(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const Line& line = lines_[i];
      const auto each = control(line.text, "每个");
      const auto where = control(line.text, "如果");
      if (each || where) {
        const std::size_t end = end_of(i, last);
        if (end == last) return wrong(line.number, "后面没有对应的【完】。");
        if (auto error = each ? take_each(line, *each, i + 1, end) : take_where(line, *where, i + 1, end)) return error;
        i = end;
      } else if (control(line.text, "完")) {
        return wrong(line.number, "多了一个【完】。");
      } else if (auto error = take_line(line)) {
        return error;
      }
      if (document_.blocks.size() > most_blocks) return wrong(line.number, "内容太多了。");
    }
    return std::nullopt;
  }

  std::optional<Error> take_each(const Line& line, std::string_view name, std::size_t first, std::size_t last) {
    const auto* all = list(name);
    if (all == nullptr) return wrong(line.number, "没有“" + std::string(name) + "”这一列。");
    for (const OfficialValues& each : *all) {
      scopes_.push_back(&each);
      auto error = take(first, last);
      scopes_.pop_back();
      if (error) return error;
    }
    return std::nullopt;
  }

  std::optional<Error> take_where(const Line& line, std::string_view name, std::size_t first, std::size_t last) {
    const std::string* value = find(name).text;
    const auto* all = list(name);
    if (value == nullptr && all == nullptr) return wrong(line.number, "没有【" + std::string(name) + "】这一项。");
    const bool there = value != nullptr ? !value->empty() : !all->empty();
    return there ? take(first, last) : std::nullopt;
  }

  std::optional<Error> take_line(const Line& line) {
    struct Head {
      std::string_view word;
      std::string OfficialDocument::* field;
    };
    static constexpr Head heads[] = {{"标志：", &OfficialDocument::mark},   {"字号：", &OfficialDocument::number},
                                     {"标题：", &OfficialDocument::title},  {"主送：", &OfficialDocument::addressees},
                                     {"落款：", &OfficialDocument::signer}, {"日期：", &OfficialDocument::date},
                                     {"附注：", &OfficialDocument::note}};
    for (const Head& head : heads) {
      if (!line.text.starts_with(head.word)) continue;
      auto text = filled(line, trim(line.text.substr(head.word.size())));
      if (!text) return text.error();
      document_.*(head.field) = std::move(*text);
      return std::nullopt;
    }
    if (line.text.starts_with("|")) return take_row(line);
    if (line.text.starts_with("图：")) return take_chart(line);
    std::string_view rest = line.text;
    const auto after = [&](std::string_view word) {
      if (!rest.starts_with(word)) return false;
      rest = trim(rest.substr(word.size()));
      return true;
    };
    using Kind = OfficialBlock::Kind;
    const bool attachment = after("附件：");
    const bool annex = !attachment && after("附页：");
    const Kind kind = annex ? Kind::annex : after("##") ? Kind::subheading : after("#") ? Kind::heading : Kind::paragraph;
    auto text = filled(line, rest);
    if (!text) return text.error();
    if (attachment) {
      document_.attachments.push_back(std::move(*text));
    } else if (annex) {
      const std::size_t space = text->find(' ');
      document_.blocks.push_back({kind, text->substr(0, space), space == std::string::npos ? "" : std::string(trim(text->substr(space)))});
    } else {
      take_paragraphs(kind, *text);
    }
    return std::nullopt;
  }

  /// A value of several lines makes several paragraphs.
  void take_paragraphs(OfficialBlock::Kind kind, std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      if (const std::string_view line = trim(text.substr(0, end)); !line.empty()) document_.blocks.push_back({kind, std::string(line), {}});
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
  }

  std::optional<Error> take_chart(const Line& line) {
    std::string_view name = trim(line.text.substr(std::string_view("图：").size()));
    if (name.starts_with(opens) && name.ends_with(closes))
      name = trim(name.substr(opens.size(), name.size() - opens.size() - closes.size()));
    const OfficialChart* found = chart(name);
    if (found == nullptr) return wrong(line.number, "没有“" + std::string(name) + "”这张图。");
    if (!found->empty()) document_.blocks.push_back({OfficialBlock::Kind::chart, {}, {}, {}, *found});
    return std::nullopt;
  }

  std::optional<Error> take_row(const Line& line) {
    std::string_view rest = line.text.substr(1);
    if (rest.ends_with("|")) rest.remove_suffix(1);
    std::vector<std::string> row;
    while (true) {
      const std::size_t end = rest.find('|');
      const std::string_view written = trim(rest.substr(0, end));
      // A cell that is nothing but the field is room enough.
      const bool only_field = written.starts_with(opens) && written.find(closes) == written.size() - closes.size();
      auto cell = filled(line, written, only_field);
      if (!cell) return cell.error();
      row.push_back(std::move(*cell));
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
    auto& blocks = document_.blocks;
    if (blocks.empty() || blocks.back().kind != OfficialBlock::Kind::table) blocks.push_back({OfficialBlock::Kind::table, {}, {}});
    auto& rows = blocks.back().rows;
    if (!rows.empty() && rows.front().size() != row.size()) return wrong(line.number, "这一行的格数和表头不一样。");
    rows.push_back(std::move(row));
    return std::nullopt;
  }

  std::vector<Line> lines_;
  OfficialBlanks blanks_;
  std::vector<const OfficialValues*> scopes_;
  OfficialDocument document_;
};

}  // namespace

Result<OfficialDocument> fill_official(std::string_view text, const OfficialValues& values, OfficialBlanks blanks) {
  if (!is_valid_utf8(text)) return Error{"official-text", "公文文字不是 UTF-8 编码，请另存后再用。", {}};
  return Filling(lines_of(text), blanks).fill(values);
}

std::vector<std::string> official_fields(std::string_view text) {
  std::vector<std::string> names;
  for (const Line& line : lines_of(text)) {
    if (control(line.text, "每个") || control(line.text, "如果") || control(line.text, "完")) continue;
    for (std::string_view rest = line.text;;) {
      const std::size_t at = rest.find(opens);
      const std::size_t end = at == std::string_view::npos ? at : rest.find(closes, at);
      if (end == std::string_view::npos) break;
      std::string name(trim(rest.substr(at + opens.size(), end - at - opens.size())));
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
      rest.remove_prefix(end + closes.size());
    }
  }
  return names;
}

}  // namespace jiheng::writing
