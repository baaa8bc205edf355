// What a simulation found, as JSON and as Chinese text.
#include "app/full/policy_simulation.h"
#include "base/json_writer.h"

namespace jiheng::app {
namespace {

void list(JsonWriter& out, const char* name, const std::vector<std::string>& all) {
  out.key(std::string_view(name)).begin_array();
  for (const std::string& each : all) out.string(each);
  out.end_array();
}

std::string line(const char* label, const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& each : all) text += (text.empty() ? "" : "、") + each;
  return text.empty() ? text : std::string("    ") + label + text + "\n";
}

}  // namespace

std::string changes_json(std::span<const Change> changes, const policy::Pack& before, const policy::Pack& after, std::size_t tables) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("before", before.id()).field("after", after.id()).key("tables").integer(static_cast<std::int64_t>(tables));
  out.key("changes").begin_array();
  for (const Change& change : changes) {
    out.begin_object().field("file", change.file).key("table").integer(change.table).field("name", change.name);
    out.field("before", change.before).field("after", change.after);
    list(out, "added", change.added);
    list(out, "removed", change.removed);
    out.end_object();
  }
  out.end_array().end_object();
  return text + '\n';
}

std::string changes_text(std::span<const Change> changes, const policy::Pack& before, const policy::Pack& after, std::size_t tables) {
  std::string text;
  for (const Change& change : changes) {
    text += change.file + " 第" + std::to_string(change.table + 1) + "张表" + (change.name.empty() ? "" : "“" + change.name + "”") + "：";
    text += change.before == change.after ? change.before + "，等级不变\n" : change.before + " → " + change.after + "\n";
    text += line("多出：", change.added) + line("不再有：", change.removed);
  }
  return text + "口径 " + before.id() + " 换成 " + after.id() + "：共 " + std::to_string(tables) + " 张表，" +
         std::to_string(changes.size()) + " 张结果不同。\n";
}

}  // namespace jiheng::app
