#include "reading/ticks.h"

#include <vector>

#include "base/text.h"

namespace jiheng::reading {
namespace {

enum class Mark { none, ticked, open };

/// A tick or an empty box at the front, taken off.
Mark take_mark(std::string_view& text) {
  for (const std::string_view tick : {"☑", "√", "✓", "✔", "■", "☒", "●", "▣"}) {
    if (!starts_with(text, tick)) continue;
    text.remove_prefix(tick.size());
    return Mark::ticked;
  }
  for (const std::string_view box : {"□", "☐", "○", "◻", "▢"}) {
    if (!starts_with(text, box)) continue;
    text.remove_prefix(box.size());
    return Mark::open;
  }
  return Mark::none;
}

struct Piece {
  Mark mark = Mark::none;
  std::string word;
};

/// Marks and the words between them. "□√" is one box with its tick.
std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  while (!text.empty()) {
    if (const Mark mark = take_mark(text); mark != Mark::none) {
      if (!pieces.empty() && pieces.back().mark != Mark::none && pieces.back().word.empty() && pieces.back().mark != mark) {
        pieces.back().mark = Mark::ticked;
      } else {
        pieces.push_back({mark, {}});
      }
      continue;
    }
    std::size_t next = 0;
    const char32_t c = next_code_point(text, next);
    // Brackets round a tick, and what parts the choices.
    const bool parts = c == '(' || c == ')' || c == 0xFF08 || c == 0xFF09 || c == 0x3001 || c == 0xFF1B || c == ';' || c == '/' || c == ' ';
    if (!parts) {
      if (pieces.empty() || pieces.back().mark != Mark::none) pieces.push_back({});
      pieces.back().word.append(text.substr(0, next));
    } else if (!pieces.empty() && pieces.back().mark == Mark::none) {
      pieces.push_back({});
    }
    text.remove_prefix(next);
  }
  std::erase_if(pieces, [](const Piece& piece) { return piece.mark == Mark::none && piece.word.empty(); });
  return pieces;
}

}  // namespace

bool is_tick(std::string_view text) {
  for (const std::string_view tick : {"√", "✓", "✔", "☑", "■", "是", "1", "●", "☒", "v", "V", "R", "▣", "(√)", "（√）", "□√", "√□"}) {
    if (text == tick) return true;
  }
  return false;
}

std::string_view ticked_choice(std::string_view text, TextPool& texts) {
  if (text.empty()) return text;
  const std::vector<Piece> pieces = pieces_of(text);
  int marks = 0;
  for (const Piece& piece : pieces) marks += piece.mark != Mark::none;
  if (marks == 0 || static_cast<std::size_t>(marks) == pieces.size()) return text;
  const bool marks_lead = pieces.front().mark != Mark::none;
  std::string chosen;
  int ticks = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].mark != Mark::ticked) continue;
    const std::size_t word = marks_lead ? i + 1 : i - 1;
    if (word >= pieces.size() || pieces[word].mark != Mark::none) return {};
    chosen = pieces[word].word;
    ++ticks;
  }
  return ticks == 1 ? texts.keep(chosen) : std::string_view();
}

}  // namespace jiheng::reading
