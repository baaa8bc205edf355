// A ledger (台账) as it is declared in YAML under desks/<desk>/: its fields, states, the actions between them, its measures. From it the
// program makes tables, forms, lists, imports and exports; docs/manual/ledgers.md shows how a county writes one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "base/result.h"
#include "ledgers/desk/chart.h"
#include "ledgers/expression.h"
#include "ledgers/papers/paper.h"

namespace jiheng::embedded {
/// The files of desks/, compiled in.
std::span<const File> ledger_declarations();
}  // namespace jiheng::embedded

namespace jiheng::ledgers {

/// What a field holds and how it is stored (a whole number or text on both engines).
enum class Kind {
  text,
  amount,     ///< yuan; stored in fen
  decimal,    ///< stored as a whole number of 10^-6
  integer,    ///< stored as it is
  year,       ///< 2026
  date,       ///< stored as days since 1970-01-01
  time,       ///< an instant; stored as milliseconds since 1970, UTC
  month,      ///< "2026-03"
  yes_no,     ///< stored as 1 or 0
  choice,     ///< stored as its code
  reference,  ///< a record of a register; stored as that record's id
  file,       ///< an attachment's name, or its hash once it is kept here
};
std::string_view kind_code(Kind kind);
std::optional<Kind> kind_from_code(std::string_view code);
/// Stored as a whole number; else as text.
bool is_number(Kind kind);
/// Stored as so many decimals of what is shown: 2 for amounts, 6 for decimals.
int stored_places(Kind kind);

struct Choice {
  std::string code;
  std::string label;
};

struct Field {
  std::string name;
  std::string label;
  Kind kind = Kind::text;
  std::string unit;  ///< 元, ㎡ …, as the heading shows it
  bool required = false;
  bool unique = false;
  std::string fallback;         ///< what stands where nothing is given
  std::vector<Choice> choices;  ///< of a choice
  std::string to;               ///< of a reference: the register's type
  bool lookup = false;          ///< of a reference: records are asked for by what they refer to (an index)
  std::string computed;         ///< of a computed field: an expression over the others, as declared
  std::string note;             ///< shown beside the field
  std::string number;           ///< how the program numbers where nothing is given (numbering.h): 评审〔{year}〕{n}号
};

/// A step that somebody takes with a record.
struct Action {
  std::string name;
  std::string label;
  std::vector<std::string> from;        ///< states; empty: any that is not void
  std::string to;                       ///< the state it leads to; empty: stays
  std::vector<std::string> roles;       ///< codes of access::Role; empty: whoever keeps ledgers
  std::vector<std::string> fields;      ///< may be filled in with it
  std::vector<std::string> required;    ///< must be filled in by then
  std::vector<std::string> other_than;  ///< actions: who took one of these with the record does not take this one (four eyes)
};

/// Another length of a limit for some records.
struct LimitStep {
  Expression when;
  std::string deadline;  ///< name of a deadline of the rule pack in force; the step holds only where the pack has it
  int length = 0;        ///< else days, or hours where the limit is one of hours
};

/// Days that a record may take, shown on boards.
struct Limit {
  std::string name;
  std::string label;
  std::string from;   ///< date or time field that starts it
  std::string until;  ///< field that ends it
  std::string due;    ///< a date field that is the last day itself, in place of days
  int days = 0;
  int hours = 0;  ///< by the clock, in place of days
  bool work_days = true;
  int near = 3;                  ///< days before the last one from which it is near
  std::vector<LimitStep> steps;  ///< the first that holds for a record says how long, else days or hours
  std::string pauses;            ///< a type whose records stop it (fields paused_on, resumed_on, and one that refers to this type)
};

/// A list that people come back to.
struct View {
  std::string name;
  std::string label;
  std::optional<Expression> where;
  std::string sort;  ///< a field; "-" before it: greatest first
};

/// A record that is concerned but counts only when this holds; else it is left out, with the reason.
struct Need {
  Expression when;
  std::string reason;
  bool gap = false;  ///< what is missing is a gap in the value besides
};

/// What a measure (a figure that ledgers yield) is. The program asks the database for it; docs/manual/ledgers.md tells the forms.
struct Measure {
  std::string id;
  std::string label;
  std::string unit;
  std::string desk;
  std::string desk_label;
  std::string type;                                       ///< whose records it counts
  std::string period;                                     ///< field whose day must lie in the period; empty: `scope` says it
  std::string project;                                    ///< field that --project narrows to; empty: it does not
  bool of_project = false;                                ///< what it is narrowed to is a project, or goes by a project's name (a survey)
  std::vector<std::pair<std::string, std::string>> with;  ///< name → reference field whose record is at hand as name.field
  std::optional<Expression> scope;                        ///< the records that it is about
  std::vector<Need> needs;

  enum class Value { count, distinct, sum, greatest, share, ratio, computed, of_measures };
  Value value = Value::count;
  std::vector<std::string> distinct;      ///< of distinct; of a share: things that the fields name, not records
  std::optional<Expression> numerator;    ///< of sum, greatest, ratio; the condition of a share
  std::optional<Expression> denominator;  ///< of ratio
  std::string computed;                   ///< name of the computation in the program
  std::vector<std::string> measures;      ///< numerator, denominator

  /// A share: whether a record of another type matches.
  struct Match {
    std::string type;
    std::vector<std::pair<std::string, std::string>> on;  ///< the other's field → this one's ("id" for the record itself)
    std::optional<Expression> when;
  };
  std::optional<Match> matched;

  /// Months of the period that must have a report (零报告), else they are gaps.
  struct Months {
    std::string type;
    std::string month;
    std::optional<Expression> when;
    std::string missing;  ///< said of a month without: "没有零报告"
  };
  std::optional<Months> months;

  std::string definition;  ///< canonical JSON of what the value depends on; receipts carry its hash
};

struct RecordType {
  std::string name;
  std::string label;
  std::string desk;
  std::string desk_label;
  std::string file;                ///< where it is declared
  std::string key;                 ///< the field that is the record's number; empty: the program numbers
  std::vector<std::string> names;  ///< fields by which a reference finds it, besides its number
  std::string title;               ///< the field that a link to it shows
  bool kept_by_units = false;      ///< the register of units, which the bureau keeps under 单位
  std::vector<Field> fields;
  std::string state;  ///< the choice field that is its state; empty: none
  std::vector<std::string> void_states;
  std::vector<Action> actions;
  std::vector<Limit> limits;
  std::vector<View> views;

  const Field* field(std::string_view name) const;
  int index_of(std::string_view field) const;  ///< -1 for none
  /// The state of a record that names none: the first that is not void.
  std::string first_state() const;
  bool is_void(std::string_view state) const;
};

/// A file's types, measures, papers and first page. Errors: declaration-syntax, declaration-shape (message: file, line, reason).
struct Declarations {
  std::vector<RecordType> types;
  std::vector<Measure> measures;
  std::vector<Paper> papers;
  std::vector<DeskPage> pages;
};
Result<Declarations> read_declarations(const embedded::File& file);
/// What is wrong with a declaration; line 0: with the whole file.
Error declaration_error(std::string code, std::string_view file, int line, const std::string& reason);

}  // namespace jiheng::ledgers
