// The program as a web service: API and pages on one address, over one registry.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "desks/performance/imports.h"
#include "registry/registry.h"
#include "service/api/api.h"
#include "service/api/import_jobs.h"
#include "service/http/http_server.h"
#include "service/mail/postman.h"

namespace jiheng::service {

struct Options {
  HttpOptions http;
  ImportJobOptions imports;
  desks::Reader read;                             ///< bytes → Document; a worker process in the program. Empty: read in this process
  LayoutReader layout;                            ///< bytes → reading/layout_json.h; empty: in this process
  std::string font_folder;                        ///< fonts that the county filled in, for exports
  const ledgers::Catalogue* catalogue = nullptr;  ///< the ledgers; null: the program's own. Outlives the server
  access::SessionRules sessions;
  std::shared_ptr<const access::SecretKey> key;  ///< seals passwords and second factors; null: they stay unsealed
  MailOptions mail;                              ///< without a server no mail is sent
};

/// start(), run() and the destructor are one thread's; stop() may be called from any. The registry must outlive it.
class Server {
 public:
  Server(registry::Registry& registry, Options options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Errors: port-in-use, listen-failed.
  Result<Done> start();
  unsigned short port() const;
  /// Serves until stopped; answers under way go out, files being imported are finished.
  void run();
  void stop();
  const Router& router() const;
  /// Until there are accounts: the secret of a link by which the administrators are made. The one before stops working.
  std::optional<std::string> setup_link();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace jiheng::service
