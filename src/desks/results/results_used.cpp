#include "desks/results/results_used.h"

#include <boost/json.hpp>

#include "desks/results/use_of_results.h"
#include "store/failure.h"

namespace jiheng::desks {

std::optional<UsedResult> result_used(registry::Registry& registry, store::Connection& connection, std::string_view record) {
  std::optional<UsedResult> found;
  registry.each_latest(connection, decision_kind, [&](const registry::Record& decision) {
    try {
      const boost::json::value body = boost::json::parse(decision.body);
      if (found || std::string_view(body.at("record").as_string()) != record) return;
      found = {std::string(body.at("project").as_string()), std::string(body.at("at").as_string()),
               std::string(body.at("by").at("name").as_string())};
    } catch (const boost::system::system_error& broken) {
      throw store::Failure("db-damaged", "数据库里结果应用的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
    }
  });
  return found;
}

}  // namespace jiheng::desks
