// Lines of a form's head: labels with their values behind colons, one or several in a line.
#include <vector>

#include "base/text.h"
#include "reading/head.h"

namespace jiheng::reading {
namespace {

/// "2026年3月5日", "2026-03-05".
bool is_date(std::string_view text) {
  if (text.size() < std::string_view("2026-1-1").size() || text.size() > 24 || text[0] != '2' || text[1] != '0') return false;
  return ends_with(text, "日") || text.find_first_not_of("0123456789-./") == std::string_view::npos;
}

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x3000 || c == 0xA0;
}

/// Takes the next piece between white space off the front; empty behind the last.
std::string_view take_piece(std::string_view& text) {
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    if (!is_space(next_code_point(text, at))) continue;
    if (here > from) {
      const std::string_view piece = text.substr(from, here - from);
      text.remove_prefix(at);
      return piece;
    }
    from = at;
  }
  const std::string_view piece = text.substr(from);
  text = {};
  return piece;
}

/// 额单位：万元, what is left of 金额单位：万元 where a cell had no room: no part of a name.
bool is_money_unit_cut(std::string_view piece) {
  for (const std::string_view end : {"位：万元", "位:万元", "位：元", "位:元"}) {
    if (ends_with(piece, end)) return true;
  }
  return false;
}

}  // namespace

bool Head::inline_labels(std::string_view text) {
  struct Segment {
    Label label;
    std::string_view printed;
    std::string_view value;
  };
  std::vector<Segment> segments;
  for (std::string_view piece = take_piece(text); !piece.empty(); piece = take_piece(text)) {
    // "编制单位：某局  2026年度  单位：万元": a year or a date of its own belongs to no label.
    if (is_year_line(piece)) {
      if (!table_.year) table_.year = year_of(piece);
      continue;
    }
    if (!segments.empty() && segments.back().label == Label::unit_name && is_date(piece)) continue;
    std::string_view rest;
    const Label label = inline_label_of(piece, rest);
    if (label != Label::none) {
      segments.push_back({label, piece.substr(0, static_cast<std::size_t>(rest.data() - piece.data())), rest});
    } else if (is_money_unit_cut(piece)) {
      continue;
    } else if (!segments.empty()) {
      std::string_view& value = segments.back().value;
      value = value.empty() ? piece : texts_.join({value, " ", piece});
    } else {
      return false;
    }
  }
  for (const Segment& segment : segments) {
    const std::string_view value = texts_.normal(segment.value);
    assign(segment.label, segment.printed, value, value, money_unit_in(segment.printed));
  }
  return !segments.empty();
}

/// 421某县交通运输局  单位：万元: the unit of money behind words that have no label.
bool Head::money_unit_behind(std::string_view text) {
  constexpr std::size_t longest = 150;  // bytes: more is a sentence
  if (text.size() > longest) return false;
  std::string_view last;
  for (std::string_view piece = take_piece(text); !piece.empty(); piece = take_piece(text)) last = piece;
  std::string_view unit;
  const Label label = inline_label_of(last, unit);
  if ((label != Label::unit_name && label != Label::money_unit) || (unit != "万元" && unit != "元")) return false;
  if (!table_.money_unit) table_.money_unit = unit;
  return true;
}

bool Head::line(std::string_view text) {
  // "其中：一般公共预算：1740"
  for (const std::string_view of_which : {"其中：", "其中:"}) {
    if (starts_with(text, of_which)) text.remove_prefix(of_which.size());
  }
  if (is_year_line(text)) {
    if (!table_.year) table_.year = year_of(text);
    return true;
  }
  std::string_view whole;
  // A label whose words are set apart by white space ("单 位：某局") is read whole.
  if (inline_labels(text)) return true;
  const Label label = inline_label_of(text, whole);
  if (label == Label::none) {
    const std::string_view bare = trim(texts_.normal(text));
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
      if (starts_with(bare, open) && ends_with(bare, close))
        return line(bare.substr(open.size(), bare.size() - open.size() - close.size()));
    }
    return money_unit_behind(trim(text));
  }
  const std::string_view value = texts_.normal(whole);
  return assign(label, text, value, value, {});
}

}  // namespace jiheng::reading
