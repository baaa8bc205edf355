#include "policy/examples.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "policy/layers.h"
#include "policy/parameters.h"

namespace jiheng::policy {
namespace {

constexpr int deepest = 8;

bool is_plain(const YAML::Node& node, std::string_view text) {
  return node.IsScalar() && node.Tag() != "!" && node.Scalar() == text;
}

/// Numbers become strings, as the contract of scoring has them; plain true, false and null stay.
void write_json(JsonWriter& out, const YAML::Node& node, int depth) {
  if (depth > deepest || node.IsNull() || !node.IsDefined()) {
    out.null();
  } else if (node.IsSequence()) {
    out.begin_array();
    for (const auto& each : node) write_json(out, each, depth + 1);
    out.end_array();
  } else if (node.IsMap()) {
    out.begin_object();
    for (const auto& entry : node) write_json(out.key(std::string_view(text_of(entry.first))), entry.second, depth + 1);
    out.end_object();
  } else if (is_plain(node, "true") || is_plain(node, "false")) {
    out.boolean(node.Scalar() == "true");
  } else {
    out.string(node.Scalar());
  }
}

ScoringExample scoring_example_of(const YAML::Node& node) {
  ScoringExample example;
  example.line = node.Mark().line + 1;
  example.title = text_of(node["title"]);
  JsonWriter out(example.table_json);
  write_json(out, node["table"], 0);
  for (const auto& entry : node["expected"]) {
    auto& values = example.expected[text_of(entry.first)];
    const auto add = [&](const YAML::Node& value) { values.push_back(value.IsNull() ? std::nullopt : std::optional(text_of(value))); };
    if (entry.second.IsSequence()) {
      for (const auto& each : entry.second) add(each);
    } else {
      add(entry.second);
    }
  }
  return example;
}

Result<OverallExample> overall_example_of(const YAML::Node& node) {
  OverallExample example;
  example.line = node.Mark().line + 1;
  example.item = text_of(node["item"]);
  if (const YAML::Node rate = node["rate"]) example.rate = text_of(rate);
  if (const YAML::Node points = node["points"]) example.points = text_of(points);
  for (const auto& entry : node["values"]) {
    const auto figure = Decimal::parse(text_of(entry.second));
    if (!figure)
      return Error{"pack-shape", "第" + std::to_string(example.line) + "行的示例里，“" + text_of(entry.first) + "”不是一个数。", {}};
    example.figures.emplace_back(text_of(entry.first), *figure);
  }
  return example;
}

Result<OutcomeExample> outcome_example_of(const YAML::Node& node) {
  OutcomeExample example;
  example.line = node.Mark().line + 1;
  const auto number = [&](const char* name) { return node[name] ? Decimal::parse(text_of(node[name])) : std::nullopt; };
  const auto total = number("total");
  example.amount = number("amount");
  if (!total || (node["amount"] && !example.amount))
    return Error{"pack-shape", "第" + std::to_string(example.line) + "行的示例里，total 或 amount 不是一个数。", {}};
  example.total = *total;
  if (const YAML::Node grade = node["grade"]) example.grade = text_of(grade);
  if (const YAML::Node effect = node["effect"]) example.effect = text_of(effect);
  if (const YAML::Node conclusion = node["conclusion"]) example.conclusion = text_of(conclusion);
  return example;
}

}  // namespace

Result<Examples> examples_of(std::string_view name, std::span<const embedded::File> files) {
  const std::string_view bytes = file_of(name, files);
  if (bytes.data() == nullptr) return Error{"unknown-pack", "没有名为“" + std::string(name) + "”的政策口径，请核对名称。", {}};
  if (!is_valid_utf8(bytes) || contains(bytes, std::string_view("\0", 1)))
    return Error{"pack-syntax", "政策口径“" + std::string(name) + "”的文件不是UTF-8编码，请另存后再用。", {}};
  Examples examples;
  // layers_of() refuses what cannot be walked through.
  if (const auto sound = layers_of(name, files); !sound) return sound.error();
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(bytes));
    for (std::size_t i = 1; i < documents.size(); ++i) {
      const YAML::Node& part = documents[i];
      if (part.IsNull()) continue;
      if (!part.IsMap()) return Error{"pack-shape", "--- 之后应是 examples、overall_examples 或 outcome_examples。", {}};
      for (const auto& each : part["examples"]) examples.scoring.push_back(scoring_example_of(each));
      for (const auto& each : part["overall_examples"]) {
        auto example = overall_example_of(each);
        if (!example) return std::move(example).error();
        examples.overall.push_back(std::move(example).value());
      }
      for (const auto& each : part["outcome_examples"]) {
        auto example = outcome_example_of(each);
        if (!example) return std::move(example).error();
        examples.outcomes.push_back(std::move(example).value());
      }
    }
  } catch (const YAML::Exception& wrong) {
    return Error{"pack-syntax", "示例第" + std::to_string(wrong.mark.line + 1) + "行写法有误：" + wrong.msg + "。", {}};
  }
  return examples;
}

}  // namespace jiheng::policy
