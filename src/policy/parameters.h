// Inside policy/ only: reads parameters out of the YAML of a pack.
#pragma once

#include <yaml-cpp/yaml.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "policy/word_list.h"

namespace jiheng::policy {

std::string text_of(const YAML::Node& node);

/// What reading a pack met: the first parameter that is missing or ill-formed, and all that were asked for.
struct ReadingLog {
  std::string fault;   ///< path of the parameter: scoring.level_weights.with_cost
  std::string reason;  ///< Chinese, half a sentence
  std::set<std::string> read;
};

/// Reads parameters by name; a missing or ill-formed one is remembered, so that a pack is never used half read.
class Parameters {
 public:
  Parameters(YAML::Node node, ReadingLog& log, std::string path = {}) : node_(std::move(node)), log_(log), path_(std::move(path)) {}

  std::string text(const char* name) const;
  /// One of the texts given; their place in the list.
  std::size_t choice(const char* name, std::initializer_list<const char*> choices) const;
  Decimal number(const char* name) const;
  WordList words(const char* name) const { return WordList(text(name)); }
  std::vector<std::string> list(const char* name) const;
  /// Like text(), where nothing may stand.
  std::string optional_text(const char* name) const;

  Parameters part(const char* name) const { return {need(name), log_, path_of(name)}; }
  bool has(const char* name) const { return node_.IsMap() && node_[name].IsDefined() && !node_[name].IsNull(); }
  /// The parts of a list, one after the other.
  std::vector<Parameters> parts(const char* name) const;

  YAML::Node need(const char* name) const;
  const YAML::Node& node() const { return node_; }

  void complain(const char* name, const char* reason = "缺失或写法有误") const;

 private:
  std::string path_of(const char* name) const;

  YAML::Node node_;
  ReadingLog& log_;
  std::string path_;
};

}  // namespace jiheng::policy
