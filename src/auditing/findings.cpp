#include "auditing/findings.h"

#include <algorithm>

#include "auditing/names.h"
#include "auditing/rules.h"

namespace jiheng::auditing {
namespace {

/// A long text in a head field is quoted so far; a name, a target in a sentence; and a list of them.
constexpr std::size_t longest_quote = 600;
constexpr std::size_t longest_name = 300;
constexpr std::size_t longest_argument = 3000;
constexpr std::size_t most_listed = 4;

std::string cut_text(std::string_view text, std::size_t longest = longest_quote) {
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string_view field_text(const Indicator& indicator, std::string_view field) {
  if (field == "value") return indicator.source.text.empty() ? view(indicator.value) : std::string_view(indicator.source.text);
  if (field == "comparator") return comparator_sign(indicator.comparator);
  if (field == "unit") return view(indicator.unit);
  if (field == "level3") return indicator.level3;
  if (field == "level2") return view(indicator.level2);
  if (field == "level1") return indicator.level1;
  if (field == "weight") return view(indicator.weight);
  if (field == "explanation") return view(indicator.explanation);
  if (field == "note") return view(indicator.note);
  return {};
}

/// The sentence with every {name} filled; a name nobody gave stays as it is, so that a test sees it.
template <class Choose>
std::string filled(std::string_view sentence, Choose choose) {
  std::string out;
  out.reserve(sentence.size() + 64);
  for (std::size_t at = 0; at < sentence.size();) {
    const std::size_t open = sentence.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : sentence.find('}', open);
    if (close == std::string_view::npos) {
      out += sentence.substr(at);
      break;
    }
    out += sentence.substr(at, open - at);
    const std::string* value = choose(sentence.substr(open + 1, close - open - 1));
    value == nullptr ? out += sentence.substr(open, close + 1 - open) : out += *value;
    at = close + 1;
  }
  return out;
}

}  // namespace

Draft& Draft::at(const TableView& table, std::string_view field, std::string_view text) {
  if (places_.empty()) {
    document_ = table.document_index;
    ordinal_ = table.ordinal;
  }
  places_.push_back({table.document->file, table.index, std::nullopt, std::string(field), cut_text(text)});
  return *this;
}

Draft& Draft::at(const TableView& table, const IndicatorView& indicator, std::string_view field) {
  at(table, field, field_text(*indicator.raw, field));
  places_.back().indicator = indicator.index;
  return *this;
}

Draft& Draft::about(const TableView& table) {
  const bool named = !table.overall() && table.raw->project_name;
  return with("table", table_name(table),
              table.overall() ? "The overall table"
              : named         ? table_name(table)
                              : "Table " + std::to_string(table.index + 1));
}

Draft& Draft::about(const IndicatorView& indicator) {
  return with("indicator", cut_text(indicator.raw->level3, longest_name)).with("target", target_text(*indicator.raw));
}

Draft& Draft::with(std::string_view name, std::string_view value) {
  return with(name, value, value);
}

Draft& Draft::with(std::string_view name, std::string_view chinese, std::string_view english) {
  arguments_.push_back({name, cut_text(chinese, longest_argument), cut_text(english, longest_argument)});
  return *this;
}

void Findings::add(const Draft& draft) {
  const int rank = rank_of(*draft.card_);
  Tally& tally = tallies_[static_cast<std::uint64_t>(rank) << 32 | static_cast<std::uint32_t>(draft.ordinal_)];
  if (tally.kept == most_of_one_rule) {
    ++tally.more;
    return;
  }
  ++tally.kept;
  tally.last = entries_.size();
  const auto chinese = [&](std::string_view name) -> const std::string* {
    for (const auto& each : draft.arguments_) {
      if (each.name == name) return &each.chinese;
    }
    return nullptr;
  };
  const auto english = [&](std::string_view name) -> const std::string* {
    for (const auto& each : draft.arguments_) {
      if (each.name == name) return &each.english;
    }
    return nullptr;
  };
  const Wording& wording = *draft.wording_;
  Entry entry;
  entry.rank = rank;
  entry.number = entries_.size();
  entry.ordinal = draft.ordinal_;
  Finding& finding = entry.finding;
  finding.rule = draft.card_->id;
  finding.severity = draft.severity_;
  finding.aspect = draft.card_->aspect;
  finding.message = filled(wording.message, chinese);
  finding.message_en = filled(wording.message_en, english);
  if (!wording.suggestion.empty()) finding.suggestion = filled(wording.suggestion, chinese);
  if (!wording.suggestion_en.empty()) finding.suggestion_en = filled(wording.suggestion_en, english);
  finding.proposed_value = draft.proposed_;
  finding.at = draft.places_;
  if (!draft.card_->basis.empty()) finding.basis = std::string(draft.card_->basis);
  entries_.push_back(std::move(entry));
}

std::vector<Findings::Entry> Findings::take() {
  for (const auto& [key, tally] : tallies_) {
    if (tally.more == 0) continue;
    Finding& last = entries_[tally.last].finding;
    last.message += "（本表同类问题另有" + std::to_string(tally.more) + "处，未逐一列出。）";
    last.message_en += " (" + std::to_string(tally.more) + " more of this kind in this table are not listed.)";
  }
  const auto indicator = [](const Entry& entry) { return entry.finding.at.empty() ? -1 : entry.finding.at.front().indicator.value_or(-1); };
  std::sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) {
    if (a.ordinal != b.ordinal) return a.ordinal < b.ordinal;
    if (indicator(a) != indicator(b)) return indicator(a) < indicator(b);
    return a.rank != b.rank ? a.rank < b.rank : a.number < b.number;
  });
  return std::move(entries_);
}

std::string table_name(const TableView& table) {
  if (table.overall()) return "整体支出表";
  if (table.raw->project_name) return "“" + cut_text(*table.raw->project_name, longest_name) + "”";
  return "第" + std::to_string(table.index + 1) + "张表";
}

std::string_view money_unit_name(const TableView& table) {
  return table.raw->money_unit ? std::string_view(*table.raw->money_unit) : std::string_view("万元");
}

std::string target_text(const Indicator& indicator) {
  std::string out(comparator_sign(indicator.comparator == Comparator::qualitative ? Comparator::none : indicator.comparator));
  const std::string unit = indicator.comparator == Comparator::qualitative ? std::string() : cut_text(view(indicator.unit), longest_name);
  const std::string value = cut_text(view(indicator.value), longest_name);
  if (indicator.upper) {
    out = value + unit + "～" + cut_text(*indicator.upper, longest_name);
  } else {
    out += value;
  }
  out += unit;
  return out;
}

std::string listed(const std::vector<std::string_view>& names, std::string_view counter) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < most_listed; ++i) out.append("“").append(cut_text(names[i], longest_name)).append("”");
  if (names.size() > most_listed) out += "等";
  if (names.size() > 1) out.append(std::to_string(names.size())).append(counter);
  return out;
}

std::string listed_en(const std::vector<std::string_view>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < most_listed; ++i)
    out.append(i == 0 ? "“" : ", “").append(cut_text(names[i], longest_name)).append("”");
  if (names.size() > most_listed) out += " and " + std::to_string(names.size() - most_listed) + " more";
  return out;
}

}  // namespace jiheng::auditing
