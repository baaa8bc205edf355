#include "service/api/list_file.h"

#include "service/api/exports.h"
#include "service/http/problem.h"

namespace jiheng::service {

Response list_file(const Api& api, const Request& request, const writing::List& list) {
  const std::string_view as = request.query_value("as").value_or("");
  if (as == "csv") return download_response(writing::list_csv(list), list.title + ".csv", "text/csv; charset=utf-8");
  if (as != "xlsx") return refused(problem("bad-parameter").in("as"), request);
  auto bytes = writing::write_list(list, writing::Carrier::xlsx, {api.font_folder, "zh"});
  if (!bytes) return refused(bytes.error(), request);
  return download_response(std::move(*bytes), list.title + ".xlsx", content_type(writing::Carrier::xlsx));
}

}  // namespace jiheng::service
