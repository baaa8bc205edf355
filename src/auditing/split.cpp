// Which tables are one unit's: by folded unit name, with slips of one character kept together.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "auditing/names.h"
#include "auditing/submission.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

/// Longer names are no unit's; they are compared whole only, so that no input makes this slow.
constexpr std::size_t longest_name = 40;

std::u32string characters(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
  return out;
}

/// Characters that tell one unit from its neighbour: 第一中学 and 第二中学 are two schools, not a slip.
bool tells_apart(char32_t c) {
  constexpr std::u32string_view marks = U"一二三四五六七八九十0123456789东西南北中上下左右前后新老甲乙丙丁abcdefgh";
  return marks.find(c) != std::u32string_view::npos;
}

/// 株洲市 and 株洲县 are two governments.
bool names_a_level(char32_t c) {
  constexpr std::u32string_view levels = U"省市区县州镇乡村";
  return levels.find(c) != std::u32string_view::npos;
}

/// One character changed, added, lost, or two neighbours swapped, and not one that tells units apart.
bool is_slip(std::string_view left, std::string_view right) {
  const std::u32string a = characters(left);
  const std::u32string b = characters(right);
  if (std::min(a.size(), b.size()) < 4 || a == b) return false;
  const auto head = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  if (a.size() == b.size()) {
    if (head + 1 < a.size() && a[head] == b[head + 1] && a[head + 1] == b[head]) return a.substr(head + 2) == b.substr(head + 2);
    if (a.substr(head + 1) != b.substr(head + 1)) return false;
    return !(tells_apart(a[head]) && tells_apart(b[head])) && !(names_a_level(a[head]) && names_a_level(b[head]));
  }
  const std::u32string& longer = a.size() > b.size() ? a : b;
  const std::u32string& shorter = a.size() > b.size() ? b : a;
  return longer.size() == shorter.size() + 1 && longer.substr(head + 1) == shorter.substr(head) && !tells_apart(longer[head]);
}

/// Every way to drop one character: names one slip apart share one.
std::vector<std::string> with_one_dropped(std::string_view name) {
  std::vector<std::string> out{std::string(name)};
  for (std::size_t at = 0; at < name.size();) {
    std::size_t next = at;
    next_code_point(name, next);
    out.push_back(std::string(name.substr(0, at)) + std::string(name.substr(next)));
    at = next;
  }
  return out;
}

struct Names {
  std::vector<std::string> names;  ///< in the order met
  std::vector<int> counts;         ///< tables that bear the name
  std::vector<std::size_t> root;   ///< the group's first name
  std::unordered_map<std::string, std::size_t> index;

  std::size_t find(std::size_t i) {
    while (root[i] != i) i = root[i] = root[root[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    const std::size_t first = std::min(find(a), find(b));
    root[find(a)] = root[find(b)] = first;
  }
};

/// 渌口区财政局 beside 株洲市渌口区财政局: one unit.
void join_short_forms(Names& all) {
  for (std::size_t i = 0; i < all.names.size(); ++i) {
    const std::string& full = all.names[i];
    if (length_utf8(full) > 2 * longest_name) continue;
    for (std::size_t at = 3; at < full.size() && at < 3 * longest_name; at += 1) {
      const auto found = all.index.find(full.substr(at));
      if (found != all.index.end() && short_form_of(all.names[found->second], full)) all.join(i, found->second);
    }
  }
}

/// Each of two names that stand in two tables or more is meant.
void join_slips(Names& all) {
  std::unordered_map<std::string, std::vector<std::size_t>> near;
  for (std::size_t i = 0; i < all.names.size(); ++i) {
    if (length_utf8(all.names[i]) > longest_name) continue;
    for (std::string& key : with_one_dropped(all.names[i])) {
      auto& others = near[std::move(key)];
      // Thousands of names one character apart are no slips; a few are enough to look at.
      const std::size_t looked_at = std::min<std::size_t>(others.size(), 16);
      for (std::size_t k = 0; k < looked_at; ++k) {
        const std::size_t j = others[k];
        if (j == i) continue;
        if ((all.counts[i] < 2 || all.counts[j] < 2) && is_slip(all.names[i], all.names[j])) all.join(i, j);
      }
      if (others.empty() || others.back() != i) others.push_back(i);
    }
  }
}

Names names_of(const std::vector<TableView>& tables) {
  Names all;
  for (const TableView& table : tables) {
    if (table.unit_name.empty()) continue;
    const auto [found, added] = all.index.emplace(table.unit_name, all.names.size());
    if (added) {
      all.names.push_back(table.unit_name);
      all.counts.push_back(0);
      all.root.push_back(found->second);
    }
    ++all.counts[found->second];
  }
  join_short_forms(all);
  join_slips(all);
  return all;
}

/// The group of every table. One without a unit name goes with the other tables of its file, or with the only unit there is.
std::vector<std::size_t> groups_of(const std::vector<TableView>& tables) {
  Names all = names_of(tables);
  std::map<int, std::size_t> first_of_file;
  std::size_t units = 0;
  for (std::size_t i = 0; i < all.names.size(); ++i) units += all.find(i) == i;
  for (const TableView& table : tables) {
    if (!table.unit_name.empty()) first_of_file.emplace(table.document_index, all.find(all.index.at(table.unit_name)));
  }
  std::vector<std::size_t> groups;
  for (const TableView& table : tables) {
    if (!table.unit_name.empty()) {
      groups.push_back(all.find(all.index.at(table.unit_name)));
    } else if (const auto beside = first_of_file.find(table.document_index); beside != first_of_file.end()) {
      groups.push_back(beside->second);
    } else {
      groups.push_back(units <= 1 ? 0 : all.names.size() + static_cast<std::size_t>(table.document_index));
    }
  }
  return groups;
}

}  // namespace

bool short_form_of(std::string_view name, std::string_view full) {
  if (name.size() >= full.size() || length_utf8(name) < 4 || !ends_with(full, name)) return false;
  const std::string_view region = full.substr(0, full.size() - name.size());
  for (const std::string_view level : {"省", "市", "县", "区", "州"}) {
    if (ends_with(region, level)) return true;
  }
  return false;
}

std::vector<Submission> submissions(std::span<const Document> documents, const policy::Pack& pack) {
  std::vector<TableView> tables;
  for (std::size_t d = 0; d < documents.size(); ++d) {
    for (std::size_t t = 0; t < documents[d].tables.size(); ++t) {
      tables.push_back(view_of(documents[d], static_cast<int>(d), static_cast<int>(t), static_cast<int>(tables.size()), pack.audit.words));
    }
  }
  const std::vector<std::size_t> groups = groups_of(tables);
  std::vector<Submission> out;
  std::map<std::size_t, std::size_t> place;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const auto [found, added] = place.emplace(groups[i], out.size());
    if (added) out.push_back({&pack, {}, {}, {}, {}});
    out[found->second].tables.push_back(std::move(tables[i]));
  }
  for (Submission& submission : out) pair_indicators(submission);
  return out;
}

Text usual_unit_name(const Submission& submission) {
  struct Standing {
    int tables = 0;
    bool overall = false;
    Text printed;
  };
  std::map<std::string_view, Standing> standings;
  std::vector<std::string_view> met;
  for (const TableView& table : submission.tables) {
    if (table.unit_name.empty()) continue;
    Standing& standing = standings[table.unit_name];
    if (standing.tables++ == 0) {
      met.push_back(table.unit_name);
      standing.printed = table.raw->unit_name;
    }
    standing.overall = standing.overall || table.overall();
  }
  const Standing* best = nullptr;
  for (const std::string_view name : met) {
    const Standing& each = standings[name];
    if (best == nullptr || each.tables > best->tables || (each.tables == best->tables && each.overall && !best->overall)) best = &each;
  }
  return best == nullptr ? Text() : best->printed;
}

}  // namespace jiheng::auditing
