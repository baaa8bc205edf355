#include "registry/anchors.h"

#include <charconv>

#include "base/text.h"

namespace jiheng::registry {
namespace {

constexpr std::size_t hash_digits = 64;
constexpr std::size_t code_digits = 20;
constexpr std::size_t group = 4;

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool read_number(std::string_view text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0;
}

std::vector<std::string_view> parted(std::string_view text, char mark) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t at = text.find(mark);
    out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

std::string when(const Anchor& anchor) {
  return anchor.at.empty() ? std::string("纸上的锚定") : anchor.at + "的锚定";
}

}  // namespace

Result<Anchor> anchor_now(Registry& registry) {
  const auto [seq, hash] = registry.head();
  if (seq == 0) return Error{"nothing-yet", "还没有操作日志，没有可以锚定的内容。", {}};
  return Anchor{registry.now_text(), registry.tenant(), seq, hash};
}

std::string anchor_line(const Anchor& anchor) {
  return anchor.at + " " + anchor.tenant + " " + std::to_string(anchor.seq) + " " + anchor.hash + "\n";
}

std::string anchor_code(const Anchor& anchor) {
  std::string code = std::to_string(anchor.seq);
  for (std::size_t at = 0; at < code_digits; at += group) code += "-" + anchor.hash.substr(at, group);
  return code;
}

Result<std::vector<Anchor>> read_anchors(std::string_view text) {
  std::vector<Anchor> out;
  int number = 0;
  for (const std::string_view whole : parted(text, '\n')) {
    ++number;
    const std::string_view line = trim(whole);
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> words = parted(line, ' ');
    Anchor anchor;
    if (words.size() != 4 || !read_number(words[2], anchor.seq) || words[3].size() != hash_digits || !is_hex(words[3]))
      return Error{
          "bad-anchor", "锚定文件第" + std::to_string(number) + "行读不懂，应为“时间 财政局 序号 校验值”。", {std::to_string(number)}};
    anchor.at = std::string(words[0]);
    anchor.tenant = std::string(words[1]);
    anchor.hash = std::string(words[3]);
    out.push_back(std::move(anchor));
  }
  return out;
}

Result<Anchor> read_anchor_code(std::string_view code, const std::string& tenant) {
  const std::vector<std::string_view> words = parted(trim(code), '-');
  Anchor anchor{{}, tenant, 0, {}};
  for (std::size_t i = 1; i < words.size(); ++i) {
    for (const char c : words[i]) anchor.hash.push_back(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  if (!read_number(words.front(), anchor.seq) || anchor.hash.size() < code_digits || anchor.hash.size() > hash_digits ||
      !is_hex(anchor.hash))
    return Error{"bad-anchor", "“" + std::string(code) + "”不是锚定码，应为 jiheng admin anchor 给出的“序号-校验值”。", {}};
  return anchor;
}

std::optional<Verification::Bad> check_anchors(Registry& registry, const std::vector<Anchor>& anchors) {
  const std::int64_t end = registry.head().first;
  for (const Anchor& anchor : anchors) {
    if (anchor.tenant != registry.tenant()) continue;
    const std::string number = std::to_string(anchor.seq);
    if (anchor.seq > end) {
      return Verification::Bad{
          end + 1,
          when(anchor) + "记着第" + number + "条，现在的操作日志只到第" + std::to_string(end) + "条：后面的被截掉了。请用备份恢复。",
          "journal-truncated"};
    }
    const std::vector<JournalEntry> found = registry.journal(1, anchor.seq + 1);
    if (found.empty() || found.front().seq != anchor.seq || !starts_with(found.front().hash, anchor.hash)) {
      return Verification::Bad{anchor.seq, "第" + number + "条与" + when(anchor) + "不符：操作日志被换过。请用备份恢复。",
                               "anchor-differs"};
    }
  }
  return std::nullopt;
}

}  // namespace jiheng::registry
