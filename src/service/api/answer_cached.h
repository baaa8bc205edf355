// The answer that lies ready, as long as nothing was stored since.
#pragma once

#include <string>

#include "service/api/api.h"

namespace jiheng::service {

/// The journal's head as this request sees it.
inline std::string head_of(const Api& api, const Request& request) {
  return request.caller && !request.caller->head.empty() ? request.caller->head : api.head();
}

/// `whose`: Principal::mark() of who asks, or a word where everybody is told the same. `make` yields Result<std::string>, JSON.
template <class Make>
Response cached_answer(const Api& api, const Request& request, std::string whose, const Make& make) {
  const std::string head = head_of(api, request);
  whose += "\n" + request.target;
  auto found = api.cache.find(whose, head);
  if (!found) {
    Result<std::string> made = make();
    if (!made) return refused(made.error(), request);
    found = CachedAnswer{std::make_shared<const std::string>(std::move(*made)), {}};
    api.cache.keep(whose, head, *found);
  }
  Response response = json_response({});
  response.body = found->body;
  return response;
}

/// For what turns with the bureau's day (days left, overdue), which no entry of the journal marks.
template <class Make>
Response cached_answer_of_today(const Api& api, const Request& request, const Make& make) {
  return cached_answer(api, request, api.today().text() + "\n" + who_asks(request).mark(), make);
}

/// The same where all who may ask at all are told the same: the ledgers know no reach.
template <class Make>
Response shared_answer_of_today(const Api& api, const Request& request, const Make& make) {
  return cached_answer(api, request, "all\n" + api.today().text(), make);
}

}  // namespace jiheng::service
