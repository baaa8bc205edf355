#include <CLI/CLI.hpp>
#include <cstdio>

#include "access/day.h"
#include "app/full/ledger_commands.h"
#include "app/full/output.h"
#include "desks/performance/pack_deadlines.h"
#include "desks/performance/publication.h"
#include "ledgers/papers/filling.h"

namespace jiheng::app {
namespace {

struct DocumentOptions {
  Place place;
  std::string type;
  std::string id;
  std::string document;
  std::string out;
};

int list_documents(const ledgers::Ledgers& ledgers, const ledgers::RecordType& type, const ledgers::Entry& entry, Date today) {
  for (const ledgers::Paper* paper : ledgers::papers_of(ledgers, type, entry, today))
    std::printf("%s\t%s\n", paper->name.c_str(), paper->label.c_str());
  return done;
}

int write_document(OpenPlace& open, const DocumentOptions& options) {
  const ledgers::RecordType* type = type_named(*open.catalogue, options.type);
  if (type == nullptr || type->kept_by_units) return wrong_usage;
  ledgers::Ledgers ledgers(*open.registry, *open.catalogue);
  ledgers.use_pack_deadlines(desks::pack_deadlines(*open.registry));
  const auto found = ledgers.find(*type, options.id);
  if (!found) return refuse(found.error(), unreadable_input);
  const ledgers::Entry& entry = found->rows.front();
  const Date today = Date::parse(access::local_day(open.registry->now())).value_or(Date());
  if (options.document.empty()) return list_documents(ledgers, *type, entry, today);
  const ledgers::Making making{desks::bureau_name(*open.store->read(), open.registry->tenant()), who_of(options.place).name(), today};
  const auto made = ledgers::make_paper(ledgers, *type, entry, options.document, making);
  if (!made) return refuse(made.error(), unreadable_input);
  const std::string out = options.out.empty() ? safe_name(made->name) + ".docx" : options.out;
  const bool pdf = out.ends_with(".pdf");
  if (!pdf && !out.ends_with(".docx")) {
    std::fprintf(stderr, "文件名应以 .docx 或 .pdf 结尾：%s\n", out.c_str());
    return wrong_usage;
  }
  const auto bytes = pdf ? writing::official_pdf(made->document, {}, today.text()) : writing::official_docx(made->document, today.text());
  if (!bytes) return refuse(bytes.error(), unreadable_input);
  if (const auto written = write_file(out, *bytes); !written) return report_environment(written.error());
  std::printf("%s\n", out.c_str());
  return done;
}

}  // namespace

void add_ledger_document(CLI::App& ledger, Settings& settings) {
  auto options = std::make_shared<DocumentOptions>();
  CLI::App* document = ledger.add_subcommand("document", "按一条记录生成文件（资料交接单、检查通知书等）；不写文件名称时列出有哪些");
  add_place(*document, options->place, false);
  document->add_option("TYPE", options->type, "台账")->required();
  document->add_option("ID", options->id, "记录的编号")->required();
  document->add_option("DOCUMENT", options->document, "文件的名称");
  document->add_option("--out", options->out, "写到哪个文件，.docx 或 .pdf");
  document->callback([options, &settings] {
    settings.status = with_place(options->place, [&](OpenPlace& open) { return write_document(open, *options); });
  });
}

}  // namespace jiheng::app
