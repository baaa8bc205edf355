#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/full/ledger_commands.h"
#include "app/full/ledger_files.h"
#include "app/inputs.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "desks/performance/pack_deadlines.h"
#include "ledgers/measure.h"

namespace jiheng::app {
namespace {

using ledgers::Measure;
using ledgers::ReceiptCheck;

struct MeasureOptions {
  Place place;
  std::string id;
  std::string file;
  std::string from;
  std::string to;
  std::string project;
  std::string as_of;
  bool json = false;
};

int print(const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? done : environment_failed;
}

int list(const MeasureOptions& options) {
  const auto catalogue = load_catalogue(options.place.data_folder);
  if (!catalogue) return refuse(catalogue.error(), wrong_usage);
  std::string text;
  JsonWriter out(text);
  if (options.json) out.begin_array();
  for (const Measure& measure : catalogue->measures()) {
    if (options.json)
      out.begin_object()
          .field("id", measure.id)
          .field("label", measure.label)
          .field("unit", measure.unit)
          .field("desk", measure.desk)
          .end_object();
    else
      text += measure.id + "\t" + measure.unit + "\t" + measure.label + "\n";
  }
  if (options.json) out.end_array();
  return print(options.json ? text + "\n" : text);
}

int bad_usage(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return wrong_usage;
}

std::string receipt_text(const Measure& measure, const ledgers::Receipt& receipt) {
  std::string text = measure.label + "：" +
                     (receipt.figure.value ? receipt.figure.value->text() + " " + measure.unit : std::string("无（分母为0，或没有记录）")) +
                     "\n";
  text += "期间 " + receipt.period.from.text() + " 至 " + receipt.period.to.text() + "；计入 " + std::to_string(receipt.counted.size()) +
          " 条，不计 " + std::to_string(receipt.excluded.size()) + " 条\n";
  for (const std::string& gap : receipt.figure.gaps) text += "缺口：" + gap + "\n";
  for (const ledgers::Used& each : receipt.excluded) text += "不计 " + each.id + "：" + each.reason + "\n";
  return text + "收据 " + receipt.sha256 + "（日志第 " + std::to_string(receipt.journal) + " 条）\n";
}

/// Of a day: when it ended; of a moment: then.
Result<std::int64_t> journal_position(const ledgers::Ledgers& ledgers, const std::string& as_of) {
  if (const auto day = Date::parse(as_of)) return ledgers::journal_at_end_of(ledgers, *day);
  reading::TextPool pool;
  ledgers::Field moment;
  moment.kind = ledgers::Kind::time;
  const auto at = ledgers::parse_value(moment, as_of, pool);
  if (!at) return at.error();
  return ledgers::journal_at(ledgers, registry::utc_text(*at->integer() / 1000));
}

int ask(const MeasureOptions& options) {
  const auto from = Date::parse(options.from);
  const auto to = Date::parse(options.to);
  if (!from || !to) return bad_usage("请用 --from 和 --to 写明起止日期，如 --from 2026-01-01 --to 2026-12-31。");
  return with_place(options.place, [&](OpenPlace& open) -> int {
    ledgers::Asked asked{open.catalogue->measure(options.id), {*from, *to}, options.project, std::nullopt};
    if (asked.measure == nullptr) return bad_usage("没有指标“" + options.id + "”。有哪些指标，见 jiheng measure list。");
    ledgers::Ledgers ledgers(*open.registry, *open.catalogue);
    ledgers.use_pack_deadlines(desks::pack_deadlines(*open.registry));
    if (!options.as_of.empty()) {
      const auto position = journal_position(ledgers, options.as_of);
      if (!position) return bad_usage(position.error().message + "。");
      asked.as_of = *position;
    }
    const auto receipt = ledgers::receipt_of(ledgers, asked);
    if (!receipt) return refuse(receipt.error(), wrong_usage);
    return print(options.json ? ledgers::receipt_json(*asked.measure, *receipt) + "\n" : receipt_text(*asked.measure, *receipt));
  });
}

std::string check_json(const ReceiptCheck& check) {
  std::string text;
  JsonWriter out(text);
  out.begin_object()
      .key("same")
      .boolean(check.state == ReceiptCheck::State::same)
      .field("state", ledgers::state_code(check.state))
      .key("changed")
      .begin_array();
  for (const ledgers::Difference& each : check.changed) {
    out.begin_object().field("type", each.before.type).field("id", each.before.id).key("revision");
    each.before.revision > 0 ? out.integer(each.before.revision) : out.null();
    out.key("now");
    each.now > 0 ? out.integer(each.now) : out.null();
    out.end_object();
  }
  out.end_array().key("value");
  check.now.value ? out.string(check.now.value->text()) : out.null();
  out.end_object();
  return text + "\n";
}

std::string difference_text(const ledgers::Catalogue& catalogue, const ledgers::Difference& each) {
  const ledgers::RecordType* type = catalogue.type(each.before.type);
  const std::string record = (type == nullptr ? each.before.type : type->label) + " " + each.before.id;
  if (each.before.revision == 0) return record + "：后来计入\n";
  if (each.now == 0) return record + "：当时第" + std::to_string(each.before.revision) + "版，现在不再计入\n";
  return record + "：当时第" + std::to_string(each.before.revision) + "版，现在第" + std::to_string(each.now) + "版\n";
}

int tell(const ledgers::Catalogue& catalogue, const ReceiptCheck& check, bool json) {
  if (json) {
    print(check_json(check));
  } else {
    std::string text;
    switch (check.state) {
      case ReceiptCheck::State::same:
        text = "相同：所依据的记录都没有变。\n";
        break;
      case ReceiptCheck::State::stale:
        text = "已过时：下列记录后来变了。\n";
        break;
      case ReceiptCheck::State::foreign:
        text = "不符：这份收据不是由这个数据库的记录得出的，或者被改动过。\n";
        break;
      case ReceiptCheck::State::redefined:
        text = "口径已变：指标的定义与出具收据时不同，不能比较。\n";
        break;
    }
    for (const ledgers::Difference& each : check.changed) text += difference_text(catalogue, each);
    if (check.state != ReceiptCheck::State::same)
      text += "现在的值：" + (check.now.value ? check.now.value->text() : std::string("无")) + "\n";
    print(text);
  }
  return check.state == ReceiptCheck::State::same ? done : found_errors;
}

int verify(const MeasureOptions& options) {
  if (options.file.empty()) return bad_usage("请写明收据文件：jiheng measure verify 收据.json");
  const Input input = load_input(options.file);
  if (input.failure) {
    std::fprintf(stderr, "%s\n", input.failure->message.c_str());
    return unreadable_input;
  }
  const auto receipt = ledgers::receipt_from_json(trim(input.bytes));
  if (!receipt) return refuse(receipt.error(), unreadable_input);
  return with_place(options.place, [&](OpenPlace& open) -> int {
    ledgers::Ledgers ledgers(*open.registry, *open.catalogue);
    ledgers.use_pack_deadlines(desks::pack_deadlines(*open.registry));
    const auto check = ledgers::check_receipt(ledgers, *receipt);
    if (!check) return refuse(check.error(), wrong_usage);
    return tell(*open.catalogue, *check, options.json);
  });
}

}  // namespace

void add_measure(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<MeasureOptions>();
  CLI::App* command = program.add_subcommand(
      "measure", "指标的实际值，由台账记录算出，带收据：measure list；measure ID --from --to；measure verify 收据.json");
  add_place(*command, options->place, false);
  command->add_option("ID", options->id, "list、verify，或一个指标")->required();
  command->add_option("RECEIPT", options->file, "verify 的收据文件");
  command->add_option("--from", options->from, "期间的第一天");
  command->add_option("--to", options->to, "期间的最后一天");
  command->add_option("--project", options->project, "只算这个项目（系统、调查）");
  command->add_option("--as-of", options->as_of, "按这一天结束时（或这个时刻）的记录算，如 2026-09-01 或 2026-09-01T12:00");
  command->add_flag("--json", options->json, "输出 JSON，带收据");
  command->callback([options, &settings] {
    settings.status = options->id == "list" ? list(*options) : options->id == "verify" ? verify(*options) : ask(*options);
  });
}

}  // namespace jiheng::app
