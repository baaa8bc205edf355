// The vocabulary: a performance-goal table as a document states it. Field by field this is the contract of `jiheng read --json`.
//
// Amounts and targets stay text here (exact decimal strings, in the document's own money unit): what was printed is kept, and
// whoever computes parses it into Decimal at that point. An absent text is nullopt, never "".
//
// The vocabulary is one over two kinds of strings: tables that own their texts, which everyone uses, and views of what was read just now
// (goals/views.h), which cost no copy on the way from a document to its JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiheng {

enum class TableKind { overall, project, self_evaluation, monitoring };

/// `none`: a bare number without a comparator.
enum class Comparator { none, at_least, at_most, more_than, less_than, equal, qualitative };

template <class String>
struct Vocabulary {
  using Text = std::optional<String>;

  /// Where a value was read from. Row and column count from 1 in the grid as printed, 0 where there is none (a paragraph).
  struct Source {
    String page_or_sheet;  ///< "1" for the first page or table, or the sheet's name
    int row = 0;
    int column = 0;
    String text;  ///< raw text of the cell, untouched
    bool operator==(const Source&) const = default;
  };

  struct Indicator {
    String level1;
    Text level2;
    String level3;
    Comparator comparator = Comparator::none;
    Text value;  ///< decimal string, or the text of a qualitative target
    Text unit;
    Text upper;              ///< second bound of a range target (95%-98%)
    bool long_term = false;  ///< `horizon`: a mid-term target beside the annual one
    Text explanation;
    Text scoring_rule;
    Text note;
    Text weight;
    // Self-evaluation and monitoring.
    Text actual;
    Text score;
    Text deviation;
    Text forecast;
    std::vector<std::pair<String, String>> causes;  ///< column → text, in printed order
    Text likelihood;
    Source source;
    bool operator==(const Indicator&) const = default;
  };

  struct Task {
    Text name;
    Text content;
    Text amount;
    Text goal;
    bool operator==(const Task&) const = default;
  };

  /// 预算情况 of the overall table. What is not printed stays null.
  struct Budget {
    Text total;
    Text general_public;
    Text government_fund;
    Text special_account;
    Text other;
    Text basic;
    Text project;
    Text state_capital;
    Text fiscal_appropriation;
    bool operator==(const Budget&) const = default;
  };

  /// One money row of a self-evaluation or monitoring table.
  struct Execution {
    Text fund;
    Text initial;
    Text budget;
    Text executed;
    Text forecast;
    Text rate;  ///< per cent, without the sign
    Text weight;
    Text score;
    bool operator==(const Execution&) const = default;
  };

  struct GoalTable {
    TableKind kind = TableKind::project;
    Text title;
    std::optional<int> year;
    Text unit_name;
    Text department;
    Text money_unit;  ///< 万元, 元 or null
    Text annual_goal;
    Text long_term_goal;
    Text goal_result;
    std::vector<Task> tasks;
    std::optional<Budget> budget;
    Text project_name;
    Text project_category;
    Text period;
    Text amount;
    Text amount_total;
    std::vector<Execution> execution;
    Text total_score;
    std::vector<Indicator> indicators;
    bool operator==(const GoalTable&) const = default;
  };

  /// What the reader repaired or doubts. Codes are stable: column-shift-repaired, level-filled-down, value-ambiguous …
  struct Note {
    String code;
    String message;  ///< Chinese, a complete sentence
    std::optional<int> table;
    std::optional<int> indicator;
    std::optional<Source> source;
    bool operator==(const Note&) const = default;
  };

  /// What reading one file yields.
  struct Document {
    String file;
    String format;  ///< docx, xlsx, xls, doc, pdf, ofd, html, text, csv, tsv; "" where it was not recognised
    String sha256;
    Text version_code;  ///< goals/version_code.h, where the file carries one
    std::vector<GoalTable> tables;
    std::vector<Note> notes;
    /// The file could not be read at all; then tables is empty.
    struct Failure {
      String code;
      String message;
    };
    std::optional<Failure> error;
  };
};

using Text = Vocabulary<std::string>::Text;
using Source = Vocabulary<std::string>::Source;
using Indicator = Vocabulary<std::string>::Indicator;
using Task = Vocabulary<std::string>::Task;
using Budget = Vocabulary<std::string>::Budget;
using Execution = Vocabulary<std::string>::Execution;
using GoalTable = Vocabulary<std::string>::GoalTable;
using Note = Vocabulary<std::string>::Note;
using Document = Vocabulary<std::string>::Document;

std::string_view kind_code(TableKind kind);  ///< "overall"
std::optional<TableKind> kind_from_code(std::string_view code);
std::string_view kind_name(TableKind kind);               ///< "部门整体支出绩效目标表"
std::string_view comparator_code(Comparator comparator);  ///< ">="; "" for none
std::optional<Comparator> comparator_from_code(std::string_view code);
std::string_view comparator_sign(Comparator comparator);  ///< as the official form prints it: "≥", "定性"; "" for none

}  // namespace jiheng
