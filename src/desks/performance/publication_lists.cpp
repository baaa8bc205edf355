#include "desks/performance/publication_lists.h"

#include <boost/json.hpp>

#include "base/json_writer.h"
#include "goals/version_code.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

constexpr std::string_view remove_row = "DELETE FROM publications WHERE tenant_id = ? AND submission = ?";
constexpr std::string_view insert_row =
    "INSERT INTO publications (tenant_id, submission, record_revision, state, unit_id, year, revision, content, approved_at, at, by_whom, "
    "why, files) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view remove_marks = "DELETE FROM publication_marks WHERE tenant_id = ? AND submission = ?";
constexpr std::string_view insert_mark =
    "INSERT INTO publication_marks (tenant_id, mark, submission, record_revision) VALUES (?, ?, ?, ?) ON CONFLICT (tenant_id, mark, "
    "submission, record_revision) DO NOTHING";

[[noreturn]] void damaged(const std::string& detail) {
  throw store::Failure("db-damaged", "数据库里信息公开的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", detail);
}

std::vector<PublishedFile> files_of(const json::value& list) {
  std::vector<PublishedFile> files;
  for (const json::value& each : list.as_array())
    files.push_back({std::string(each.at("carrier").as_string()), std::string(each.at("sha256").as_string()), each.at("bytes").as_int64()});
  return files;
}

void write_files(JsonWriter& out, const std::vector<PublishedFile>& files) {
  out.begin_array();
  for (const PublishedFile& each : files)
    out.begin_object().field("carrier", each.carrier).field("sha256", each.sha256).key("bytes").integer(each.bytes).end_object();
  out.end_array();
}

}  // namespace

std::string files_json(const std::vector<PublishedFile>& files) {
  std::string text;
  JsonWriter out(text);
  write_files(out, files);
  return text;
}

std::vector<PublishedFile> files_from_json(std::string_view text) {
  try {
    return files_of(json::parse(text));
  } catch (const boost::system::system_error& broken) {
    damaged(broken.what());
  }
}

std::string publication_json(const PublicationBody& body) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("submission", body.submission).field("unit", body.unit).key("year").integer(body.year);
  out.key("revision").integer(body.revision).field("content", body.content).field("approved_at", body.approved_at).key("files");
  write_files(out, body.files);
  out.end_object();
  return text;
}

PublicationBody publication_from_json(std::string_view text) {
  try {
    const json::value value = json::parse(text);
    PublicationBody body;
    body.submission = std::string(value.at("submission").as_string());
    body.unit = std::string(value.at("unit").as_string());
    body.year = static_cast<int>(value.at("year").as_int64());
    body.revision = static_cast<int>(value.at("revision").as_int64());
    body.content = std::string(value.at("content").as_string());
    body.approved_at = std::string(value.at("approved_at").as_string());
    body.files = files_of(value.at("files"));
    return body;
  } catch (const boost::system::system_error& broken) {
    damaged(broken.what());
  }
}

void store_publication(store::Connection& connection, const std::string& tenant, const registry::Record& record) {
  const PublicationBody body = publication_from_json(record.body);
  const std::string files = files_json(body.files);
  connection.run(remove_row, {tenant, record.id});
  connection.run(insert_row, {tenant, record.id, record.revision, record.state, body.unit, body.year, body.revision, body.content,
                              body.approved_at, record.at, record.by, record.why, files});
  if (record.state == withdrawn_state) {
    connection.run(remove_marks, {tenant, record.id});
    return;
  }
  for (const PublishedFile& each : body.files) connection.run(insert_mark, {tenant, each.sha256, record.id, record.revision});
  connection.run(insert_mark, {tenant, version_code(body.content, body.revision), record.id, record.revision});
}

}  // namespace jiheng::desks
