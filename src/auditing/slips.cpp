#include "auditing/slips.h"

#include <algorithm>

#include "base/text.h"

namespace jiheng::auditing {
namespace {

constexpr std::u32string_view marks = U"，。；、：,;";
/// Before 和, 与 or 及 these make a word that may end a clause: 总和, 参与, 普及. (平和 is not among them: 水平和 is a slip.)
constexpr std::u32string_view words_with_he = U"总饱缓温谐柔共暖亲";
constexpr std::u32string_view words_with_yu = U"参给赋授干";
constexpr std::u32string_view words_with_ji = U"普涉顾触危波遍提论推谈企埃累殃";
constexpr std::u32string_view doubled_singles = U"的了和及与在是为将被把";

bool in(std::u32string_view set, char32_t c) {
  return set.find(c) != std::u32string_view::npos;
}

bool han(char32_t c) {
  return c >= 0x3400 && c <= 0x9FFF;
}

/// A conjunction at `i` after which nothing is joined.
bool dangles(const std::u32string& t, std::size_t i) {
  if (i == 0 || !han(t[i - 1]) || (i + 1 < t.size() && !in(marks, t[i + 1]))) return false;
  if (t[i] == U'和') return !in(words_with_he, t[i - 1]);
  if (t[i] == U'与') return !in(words_with_yu, t[i - 1]);
  if (t[i] == U'及') return !in(words_with_ji, t[i - 1]);
  return false;
}

/// Length of the word at `i` that stands twice; 0 where none does. Numerals (一个一个) may.
std::size_t doubled_at(const std::u32string& t, std::size_t i) {
  if (i + 1 < t.size() && t[i] == t[i + 1] && in(doubled_singles, t[i])) return 1;
  for (std::size_t length = 2; length <= 4; ++length) {
    if (i + 2 * length > t.size()) return 0;
    const std::u32string_view word = std::u32string_view(t).substr(i, length);
    if (word != std::u32string_view(t).substr(i + length, length)) continue;
    if (!std::all_of(word.begin(), word.end(), han) || word[0] == U'一' || word[0] == word[1]) continue;
    return length;
  }
  return 0;
}

std::string utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

Slip slip(std::string_view kind, const std::u32string& text, std::size_t at, std::size_t length, std::size_t word_length) {
  constexpr std::size_t around = 8;
  const std::size_t begin = at > around ? at - around : 0;
  const std::size_t end = std::min(text.size(), at + length + around);
  const std::u32string_view all = text;
  std::string excerpt = (begin > 0 ? "…" : "") + utf8(all.substr(begin, end - begin)) + (end < text.size() ? "…" : "");
  return {kind, utf8(all.substr(at, word_length)), std::move(excerpt)};
}

}  // namespace

std::optional<Slip> first_slip(std::string_view text) {
  std::u32string t;
  t.reserve(text.size() / 3 + 1);
  for (std::size_t at = 0; at < text.size();) t.push_back(next_code_point(text, at));
  for (std::size_t i = 0; i < t.size(); ++i) {
    if (in(marks, t[i])) {
      if (i + 1 < t.size() && in(marks, t[i + 1])) return slip("doubled-mark", t, i, 2, 2);
      continue;
    }
    if (!han(t[i])) continue;
    if (dangles(t, i)) return slip("dangling", t, i, 1, 1);
    if (const std::size_t length = doubled_at(t, i)) return slip("doubled-word", t, i, 2 * length, length);
  }
  return std::nullopt;
}

}  // namespace jiheng::auditing
