// The state of telling goal tables from grids and paragraphs, block by block. recognise() is the entry.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "goals/views.h"
#include "reading/grid_view.h"
#include "reading/head.h"
#include "reading/header_memory.h"
#include "reading/indicator_rows.h"
#include "reading/labels.h"

namespace jiheng::reading {

/// What a title, and the lines between it and the first project, say for every form that follows without a title of its own.
struct TitleBlock {
  std::optional<TableKind> told;
  std::optional<int> year;
  views::Text unit_name;
  views::Text department;
  views::Text money_unit;
  bool own_department = false;
};

/// A table in the making.
struct Draft {
  Draft(std::vector<views::Note>& notes, TextPool& texts) : head(table, notes, texts), rows(table, notes, texts) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  enum class Part { head, indicators, after };

  views::GoalTable table;
  std::optional<TableKind> told;  ///< by its title
  Head head;
  IndicatorRows rows;
  Part part = Part::head;
  bool planned = false;           ///< a header of indicators was seen
  bool in_grid = false;           ///< a grid gave something
  bool of_evaluators = false;     ///< under the title of what an evaluation scores by
  bool in_list = false;           ///< one of a list: its project stands in columns beside the indicators
  std::string_view list_project;  ///< as the list prints them
  std::string_view list_unit;
  std::uint32_t columns = 0;  ///< of the grid the header stood in
  bool from_lines = false;
  bool lined = false;            ///< a line above any grid told something
  bool prose_above = false;      ///< sentences stand between the title and what follows
  bool table_above = false;      ///< a grid of some size stands between the title and what follows
  bool title_spent = false;      ///< and nothing of it was read: the title spoke of it
  bool substance_above = false;  ///< grids before this one told the head's substance
  bool year_above = false;       ///< the year is told by the line above the title alone
  int level_rows = 0;            ///< rows that look like indicators, before any header
  views::Source first_level_row;
};

class Recogniser {
 public:
  Recogniser(views::Document& document, TextPool& texts) : document_(document), texts_(texts), known_(texts) { begin(); }

  void paragraph(std::string_view text);
  void grid(const Block& block, int number);
  void finish();

 private:
  void begin();
  void close();
  void title(std::string_view text, TableKind kind);
  void other_title(bool of_evaluators);
  void pass_over_evaluation(const views::Source& place);
  void prose();
  void drop_draft();
  void own_year(std::string_view line);
  void row(const GridView& grid, std::uint32_t& row);
  bool title_row(const GridView& grid, std::span<const Cell* const> cells);
  bool header_row(const GridView& grid, std::uint32_t& row);
  bool indicator_row(const GridView& grid, std::uint32_t row, std::span<const Cell* const> cells);
  bool opens_head(const GridView& grid, std::span<const Cell* const> cells) const;
  bool stands_alone(const Cell& cell) const;
  void read_total(const GridView& grid, std::span<const Cell* const> cells, bool sum);
  bool project_banner(const GridView& grid, std::uint32_t row, std::span<const Cell* const> cells);
  bool list_row(const GridView& grid, std::uint32_t row);
  bool wide_list(const GridView& grid, std::uint32_t& row);
  void open_next_of_list();
  void open_next_under_header();
  bool continues_last() const;
  void append_to_last();
  bool goes_on(const GridView& grid, std::uint32_t row) const;
  void remember_title_block();
  void carry_title_block();
  void note(std::string_view code, std::string_view message, const views::Source& source);
  bool begun() const { return draft_->part != Draft::Part::head; }

  views::Document& document_;
  TextPool& texts_;  ///< for what is made here
  CellTexts known_;
  HeaderMemory headers_;
  std::vector<views::Note> notes_;  ///< the draft's
  bool evaluation_noted_ = false;
  std::unique_ptr<Draft> draft_;
  TitleBlock block_;
  std::string_view line_above_;  ///< the last paragraph, or the text of a row that has no other
  bool block_kept_ = false;      ///< what follows is one project's own
};

}  // namespace jiheng::reading
