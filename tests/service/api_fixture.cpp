#include "service/api_fixture.h"

#include <spdlog/spdlog.h>
#include <stdlib.h>

#include <cstdlib>
#include <ctime>

#include "support/postgresql_cluster.h"
#include "writing/writer.h"

namespace jiheng::service::tests {

GoalTable goal_table(const std::string& unit, int year, bool faulty) {
  const auto indicator = [](std::string level1, std::string level2, std::string name, Comparator comparator, std::string value,
                            std::string unit_of_measure) {
    Indicator made;
    made.level1 = std::move(level1);
    made.level2 = std::move(level2);
    made.level3 = std::move(name);
    made.comparator = comparator;
    made.value = std::move(value);
    made.unit = std::move(unit_of_measure);
    made.explanation = "反映年度工作完成情况，以验收资料为准";
    return made;
  };
  GoalTable table;
  table.kind = TableKind::project;
  table.year = year;
  table.unit_name = unit;
  table.money_unit = "万元";
  table.project_name = unit + "信息系统运维项目";
  table.amount = "120.50";
  table.annual_goal = "保障信息系统全年稳定运行，完成12次巡检。";
  table.indicators.push_back(indicator("产出指标", "数量指标", "系统巡检次数", Comparator::at_least, "12", "次"));
  table.indicators.push_back(indicator("产出指标", "质量指标", "故障处理合格率", Comparator::at_least, faulty ? "110" : "98", "%"));
  table.indicators.push_back(indicator("效益指标", "社会效益指标", "业务办理提速比例", Comparator::at_least, "10", "%"));
  table.indicators.push_back(indicator("满意度指标", "服务对象满意度指标", "使用人员满意度", Comparator::at_least, "95", "%"));
  return table;
}

std::string document_of(const GoalTable& table) {
  auto bytes = writing::write_forms({&table, 1}, writing::Carrier::docx);
  EXPECT_TRUE(bytes.ok());
  return bytes ? *bytes : std::string();
}

namespace {

/// JIHENG_TEST_ENGINE=postgresql holds the whole service to the other engine, too; CMake adds that run where PostgreSQL is installed.
std::string new_database(const std::filesystem::path& folder) {
  const char* engine = std::getenv("JIHENG_TEST_ENGINE");
  if (engine == nullptr || std::string_view(engine) != "postgresql") return "sqlite:" + (folder / "jiheng.db").string();
  test::PostgresqlCluster* cluster = test::PostgresqlCluster::get();
  if (cluster == nullptr) throw std::runtime_error("PostgreSQL is not installed");
  return cluster->new_database();
}

}  // namespace

ApiTest::ApiTest(const std::string& database) {
  // What the tests provoke is not worth reading.
  spdlog::set_level(spdlog::level::err);
  std::string name = (std::filesystem::temp_directory_path() / "jiheng-service-XXXXXX").string();
  folder_ = ::mkdtemp(name.data());
  auto opened = store::open(database.empty() ? new_database(folder_) : database);
  if (!opened) throw std::runtime_error("cannot open the test's database: " + opened.error().message);
  store_ = std::move(*opened);
  registry_ = std::make_unique<registry::Registry>(*store_, (folder_ / "data").string(), "local", [clock = clock_] {
    const std::int64_t set = *clock;
    return set == 0 ? static_cast<std::int64_t>(std::time(nullptr)) : set;
  });
  Options usual;
  run(std::move(usual));
}

ApiTest::~ApiTest() {
  stop();
  registry_.reset();
  store_.reset();
  std::filesystem::remove_all(folder_);
}

void ApiTest::run(Options options) {
  options.http.port = 0;
  server_ = std::make_unique<Server>(*registry_, std::move(options));
  const auto started = server_->start();
  if (!started) throw std::runtime_error("cannot start the test's server: " + started.error().message);
  thread_ = std::thread([this] { server_->run(); });
}

void ApiTest::stop() {
  server_->stop();
  thread_.join();
  server_.reset();
}

void ApiTest::restart(Options options) {
  stop();
  run(std::move(options));
}

Answer ApiTest::ask(std::string_view method, std::string_view target, std::string_view body, Headers headers) const {
  return tests::ask(port(), method, target, body, std::move(headers));
}

Answer ApiTest::send(std::string_view method, std::string_view target, const boost::json::value& body, Headers headers) const {
  headers.emplace_back("Content-Type", "application/json");
  return ask(method, target, boost::json::serialize(body), std::move(headers));
}

Answer ApiTest::upload(const std::vector<std::pair<std::string, std::string>>& files, Headers headers) const {
  return upload_to("/api/v1/imports", files, std::move(headers));
}

Answer ApiTest::upload_to(const std::string& target, const std::vector<std::pair<std::string, std::string>>& files, Headers headers,
                          const std::string& method) const {
  headers.emplace_back("Content-Type", multipart_type);
  return ask(method, target, multipart_body(files), std::move(headers));
}

boost::json::object ApiTest::import_files(const std::vector<std::pair<std::string, std::string>>& files) const {
  const auto started = expect_documented(upload(files), "startImport");
  if (!started.is_object() || !started.as_object().contains("id")) {
    ADD_FAILURE() << "the import did not start";
    return {};
  }
  const std::string job = "/api/v1/imports/" + std::string(started.at("id").as_string());
  // The stream of events ends with the job.
  Client client(port());
  client.write("GET " + job + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  client.read_to_end();
  return expect_documented(get(job), "importState").as_object();
}

std::string ApiTest::import_table(const GoalTable& table, const std::string& name) const {
  const auto job = import_files({{name, document_of(table)}});
  const auto& file = job.at("files").at(0).as_object();
  EXPECT_EQ(file.at("state").as_string(), "imported") << boost::json::serialize(file);
  return file.at("submission").is_string() ? std::string(file.at("submission").as_string()) : std::string();
}

std::string code_of(const Answer& answer) {
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json; charset=utf-8") << answer.status << answer.body;
  if (answer.header("Content-Type") != "application/problem+json; charset=utf-8") return "no problem";
  const auto problem = boost::json::parse(answer.body);
  EXPECT_EQ(schema_fault(openapi().at("components").at("schemas").at("Problem"), problem), "");
  EXPECT_EQ(problem.at("status").as_int64(), answer.status);
  return std::string(problem.at("code").as_string());
}

}  // namespace jiheng::service::tests
