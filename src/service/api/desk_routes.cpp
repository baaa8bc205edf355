// Each desk's first page: its work, its days, its charts; the papers and files of its records.
#include "base/json_writer.h"
#include "desks/performance/publication.h"
#include "ledgers/desk/board.h"
#include "ledgers/desk/drawing.h"
#include "ledgers/keeping.h"
#include "ledgers/kept_file.h"
#include "ledgers/papers/filling.h"
#include "ledgers/schema.h"
#include "service/api/answer_cached.h"
#include "service/api/api.h"
#include "service/api/bodies.h"
#include "service/api/exports.h"
#include "service/api/ledger_views.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

using ledgers::RecordType;

/// Lines of the board that a page shows; the numbers beside it are of all.
constexpr std::size_t most_lines = 200;

const RecordType* desk_type(const Api& api, std::string_view desk) {
  for (const RecordType& type : api.ledgers.catalogue().types()) {
    if (type.desk == desk) return &type;
  }
  return nullptr;
}

void write_tally(JsonWriter& out, const ledgers::Tally& tally) {
  out.key("days").begin_object().key("overdue").integer(tally.overdue).key("near").integer(tally.near);
  out.key("running").integer(tally.running).key("paused").integer(tally.paused).end_object();
}

void write_board(JsonWriter& out, const ledgers::Board& board) {
  write_tally(out, board.days);
  out.key("work").begin_array();
  for (const ledgers::Work& work : board.work) {
    out.begin_object().field("type", work.type->name).field("label", work.type->label).key("open").integer(work.open);
    write_tally(out, work.days);
    out.key("states").begin_array();
    for (const auto& state : work.states)
      out.begin_object().field("code", state.code).field("label", state.label).key("records").integer(state.records).end_object();
    out.end_array().end_object();
  }
  out.end_array().key("board").begin_array();
  for (const ledgers::BoardLine& line : board.lines) {
    out.begin_object().field("type", line.type->name).field("label", line.type->label).field("id", line.id).field("title", line.title);
    out.key("due");
    write_due(out, line.due);
    out.end_object();
  }
  out.end_array();
}

void write_decimal(JsonWriter& out, const char* name, const std::optional<Decimal>& number) {
  out.key(std::string_view(name));
  number ? out.string(number->text()) : out.null();
}

/// The list of the type that holds the same records as the chart.
Text view_of(const Api& api, const ledgers::Chart& chart) {
  const RecordType* type = chart.where ? api.ledgers.catalogue().type(chart.type) : nullptr;
  if (type == nullptr) return {};
  for (const ledgers::View& view : type->views) {
    if (view.where && view.where->text() == chart.where->text()) return view.name;
  }
  return {};
}

void write_drawing(JsonWriter& out, const Api& api, const ledgers::Drawing& drawing) {
  const ledgers::Chart& chart = *drawing.chart;
  out.begin_object().field("chart", ledgers::chart_code(chart.kind)).field("label", chart.label).field("unit", drawing.unit);
  out.field("measure", chart.measure.empty() ? Text() : Text(chart.measure)).field("type", chart.type.empty() ? Text() : Text(chart.type));
  out.field("by", chart.by.empty() ? Text() : Text(chart.by));
  out.field("view", view_of(api, chart)).key("points").begin_array();
  for (const ledgers::ChartPoint& point : drawing.points) {
    out.begin_object().field("label", point.label);
    write_decimal(out, "value", point.value);
    out.field("code", point.code.empty() ? Text() : Text(point.code));
    out.field("from", point.period ? Text(point.period->from.text()) : Text())
        .field("to", point.period ? Text(point.period->to.text()) : Text());
    write_decimal(out, "even", point.even);
    write_decimal(out, "amount", point.amount);
    out.end_object();
  }
  out.end_array().key("gaps").begin_array();
  for (const std::string& gap : drawing.gaps) out.string(gap);
  out.end_array().end_object();
}

void write_types(JsonWriter& out, const Api& api, std::string_view desk, const access::Principal& who) {
  out.key("types").begin_array();
  auto reading = api.ledgers.registry().store().read();
  for (const RecordType& type : api.ledgers.catalogue().types()) {
    if (type.desk != desk || type.kept_by_units) continue;
    std::int64_t records = 0;
    if (api.ledgers.head(*reading, type) > 0) {
      reading->query("SELECT COUNT(*) FROM " + ledgers::table_of(type) + " WHERE tenant_id = ? AND until IS NULL",
                     {api.ledgers.registry().tenant()}, [&](const store::Row& row) { records = row.integer(0); });
    }
    out.begin_object().field("type", type.name).field("label", type.label).key("records").integer(records);
    out.key("keep").boolean(who.may(access::Permission::keep_ledgers)).end_object();
  }
  out.end_array();
}

Result<std::string> desk_json(const Api& api, const RecordType& type, const access::Principal& who) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("desk", type.desk).field("label", type.desk_label).field("today", api.today().text());
  write_types(out, api, type.desk, who);
  write_board(out, ledgers::board_of(api.ledgers, type.desk, api.today(), most_lines));
  out.key("charts").begin_array();
  if (const ledgers::DeskPage* page = api.ledgers.catalogue().page(type.desk)) {
    for (const ledgers::Chart& chart : page->charts) {
      const auto drawing = ledgers::draw(api.ledgers, chart, api.today());
      if (!drawing) return drawing.error();
      write_drawing(out, api, *drawing);
    }
  }
  out.end_array().end_object();
  return text;
}

template <class Make>
Response cached_of_now(const Api& api, const Request& request, std::string_view desk, const Make& make) {
  return cached_answer(api, request,
                       api.today().text() + "\n" + minute_of(api.ledgers.catalogue(), desk, api.now()) + "\n" + who_asks(request).mark(),
                       make);
}

Response open_desk(const Api& api, const Request& request) {
  const RecordType* type = desk_type(api, request.param("desk"));
  if (type == nullptr) return refused(problem("not-found").in(std::string(request.param("desk"))), request);
  return cached_of_now(api, request, type->desk, [&] { return desk_json(api, *type, who_asks(request)); });
}

/// What is overdue or near over all desks.
Response open_board(const Api& api, const Request& request) {
  return cached_of_now(api, request, {}, [&]() -> Result<std::string> {
    std::string text;
    JsonWriter out(text);
    out.begin_object().field("today", api.today().text());
    write_board(out, ledgers::board_of(api.ledgers, {}, api.today(), most_lines));
    out.end_object();
    return text;
  });
}

/// How the budget, or one project's, was executed month by month beside even spending.
Response curve(const Api& api, const Request& request) {
  const auto& catalogue = api.ledgers.catalogue();
  const ledgers::Measure* paid = catalogue.measure("execution.paid");
  const ledgers::Measure* budget = catalogue.measure("execution.budget");
  if (paid == nullptr || budget == nullptr) return refused(problem("not-found"), request);
  const Date today = api.today();
  const auto year = whole_number(request, "year", today.year(), 2000, 2199);
  if (!year) return refused(year.error(), request);
  const Date by = *year == today.year() ? today : *Date::of(*year, 12, 31);
  const auto points = *year > today.year() ? Result<std::vector<ledgers::ChartPoint>>(std::vector<ledgers::ChartPoint>())
                                           : ledgers::execution_curve(api.ledgers, *paid, *budget,
                                                                      std::string(request.query_value("project").value_or("")), by);
  if (!points) return refused(points.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("year").integer(*year).key("points").begin_array();
  for (const ledgers::ChartPoint& point : *points) {
    out.begin_object().field("to", point.period->to.text());
    write_decimal(out, "rate", point.value);
    write_decimal(out, "even", point.even);
    write_decimal(out, "paid", point.amount);
    out.end_object();
  }
  out.end_array().end_object();
  return json_response(std::move(text));
}

struct Opened {
  const RecordType* type;
  ledgers::Entries entries;
  const ledgers::Entry& entry() const { return entries.rows.front(); }
};

Result<Opened> record_of(const Api& api, const Request& request) {
  const RecordType* type = api.ledgers.catalogue().type(request.param("type"));
  if (type == nullptr || type->kept_by_units) return problem("not-found").in(std::string(request.param("type")));
  auto found = api.ledgers.find(*type, request.param("id"));
  if (!found) return std::move(found).error();
  return Opened{type, std::move(*found)};
}

Response list_papers(const Api& api, const Request& request) {
  const auto record = record_of(api, request);
  if (!record) return refused(record.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("documents").begin_array();
  for (const ledgers::Paper* paper : ledgers::papers_of(api.ledgers, *record->type, record->entry(), api.today()))
    out.begin_object().field("name", paper->name).field("label", paper->label).end_object();
  out.end_array().end_object();
  return json_response(std::move(text));
}

/// handover.docx, handover.pdf.
Response download_paper(const Api& api, const Request& request) {
  const std::string_view file = request.param("document");
  const std::size_t dot = file.rfind('.');
  const std::string_view ending = dot == std::string_view::npos ? std::string_view() : file.substr(dot + 1);
  if (ending != "docx" && ending != "pdf") return refused(problem("not-found").in(std::string(file)), request);
  const auto record = record_of(api, request);
  if (!record) return refused(record.error(), request);
  const Date today = api.today();
  ledgers::Making making{desks::bureau_name(*api.ledgers.registry().store().read(), api.ledgers.registry().tenant()),
                         who_asks(request).name(), today};
  const auto made = ledgers::make_paper(api.ledgers, *record->type, record->entry(), file.substr(0, dot), making);
  if (!made) return refused(made.error(), request);
  auto bytes = ending == "pdf" ? writing::official_pdf(made->document, api.font_folder, today.text())
                               : writing::official_docx(made->document, today.text());
  if (!bytes) return refused(bytes.error(), request);
  std::string name = made->name;
  for (char& c : name) {
    if (c == '/' || c == '\\') c = '-';
  }
  return download_response(std::move(*bytes), name + "." + std::string(ending),
                           content_type(ending == "pdf" ? writing::Carrier::pdf : writing::Carrier::docx));
}

Response upload_file(const Api& api, Request& request) {
  const RecordType* type = api.ledgers.catalogue().type(request.param("type"));
  if (type == nullptr || type->kept_by_units) return refused(problem("not-found").in(std::string(request.param("type"))), request);
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  if (request.upload == nullptr || request.upload->files().empty()) return refused(problem("no-files"), request);
  if (request.upload->files().size() > 1) return refused(problem("too-many-files"), request);
  const Upload::File file = request.upload->files().front();
  const auto stored = ledgers::keep_record_file(api.ledgers, *type, request.param("id"), *revision, request.param("field"),
                                                request.upload->bytes(file), file.name, who_asks(request));
  if (!stored) return refused(stored.error(), request);
  const ledgers::Entry& entry = stored->rows.front();
  return json_response(
      RecordWriter(api.ledgers, *type).opened(entry, api.ledgers.timeline(*type, entry.id), who_asks(request), api.today()));
}

Response download_file(const Api& api, const Request& request) {
  const auto record = record_of(api, request);
  if (!record) return refused(record.error(), request);
  auto bytes = ledgers::record_file(api.ledgers, *record->type, record->entry(), request.param("field"));
  if (!bytes) return refused(bytes.error(), request);
  const auto index = static_cast<std::size_t>(record->type->index_of(request.param("field")));
  // Whatever it is, it is handed over to be kept, not to be shown: it may hold anything.
  return download_response(std::move(*bytes), std::string(ledgers::file_name(*record->entry().values[index].text())),
                           "application/octet-stream");
}

}  // namespace

void add_desk_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  const auto with = [api](auto handle) { return [api, handle](Request& request) { return handle(api, request); }; };
  router.add({"GET", "/api/v1/desks", "dueBoard", none, see_ledgers, with(open_board)});
  router.add({"GET", "/api/v1/desks/{desk}", "openDesk", none, see_ledgers, with(open_desk)});
  router.add({"GET", "/api/v1/execution/curve", "executionCurve", none, see_ledgers, with(curve)});
  router.add({"GET", "/api/v1/ledgers/{type}/records/{id}/documents", "listRecordDocuments", none, see_ledgers, with(list_papers)});
  router.add(
      {"GET", "/api/v1/ledgers/{type}/records/{id}/documents/{document}", "recordDocument", none, see_ledgers, with(download_paper)});
  router.add({"PUT", "/api/v1/ledgers/{type}/records/{id}/files/{field}", "keepRecordFile", files, keep_ledgers, with(upload_file)});
  router.add({"GET", "/api/v1/ledgers/{type}/records/{id}/files/{field}", "downloadRecordFile", none, see_ledgers, with(download_file)});
}

}  // namespace jiheng::service
