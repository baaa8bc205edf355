// Goal tables as views of texts that live elsewhere: of the document read just now. What reading works with until somebody keeps the
// tables.
#pragma once

#include <string_view>

#include "goals/goal_table.h"

namespace jiheng::views {

using Words = Vocabulary<std::string_view>;

using Text = Words::Text;
using Source = Words::Source;
using Indicator = Words::Indicator;
using Task = Words::Task;
using Budget = Words::Budget;
using Execution = Words::Execution;
using GoalTable = Words::GoalTable;
using Note = Words::Note;
using Document = Words::Document;

/// A copy that owns its texts.
jiheng::Document owned(const Document& document);
jiheng::Note owned(const Note& note);
/// The other way round: lives as long as what is viewed.
Note view_of(const jiheng::Note& note);

}  // namespace jiheng::views
