// /public/…: what is published, for everybody who comes, without a login.
#pragma once

#include "desks/performance/public_site.h"
#include "service/http/message.h"

namespace jiheng::service {

bool is_public_page(const Request& request);
/// With a tag by which a browser asks whether it changed. Unknown pages are not-found, whatever lies unpublished behind them.
Response public_page(desks::PublicSite& site, const Request& request);

}  // namespace jiheng::service
