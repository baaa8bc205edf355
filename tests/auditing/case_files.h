// Cases as data: tests/auditing/cases/RULE/NAME.json. Anyone can add one without touching code.
//
//   why      what the case shows
//   pack     rule pack, absent for the national one
//   tables   goal tables as in the contract; what is left out is null
//   notes    what the reader would have noted, absent for none
//   expect   every finding of RULE that the audit must give, in its order: table, indicator, field, severity, proposed_value (those that
//   are
//            given are compared), `also`: further tables it names. [] for a case in which the rule must keep quiet.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "goals/goal_table.h"

namespace jiheng::auditing {

struct Expected {
  int table = 0;
  std::optional<int> indicator;
  std::optional<std::string> field;
  std::optional<std::string> severity;
  std::optional<Text> proposed_value;  ///< given, and perhaps null
  std::vector<int> also;
};

struct CaseFile {
  std::string rule;
  std::string name;
  std::string pack;
  Document document;
  std::vector<Expected> expected;
};

CaseFile read_case(const std::filesystem::path& path);
std::vector<CaseFile> read_cases(const std::filesystem::path& folder);
/// A table document as read from JSON, named by its file.
Document document_of(const std::filesystem::path& path);
std::string bytes_of(const std::filesystem::path& path);

}  // namespace jiheng::auditing
