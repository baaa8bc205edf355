#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "app/exit_status.h"
#include "app/full/commands.h"
#include "app/full/document_reader.h"
#include "app/full/place.h"
#include "desks/people/bureau_key.h"
#include "service/server.h"

namespace jiheng::app {
namespace {

struct ServeOptions {
  Place place;
  std::string key;
  std::string listen = "127.0.0.1:8420";
  std::string fonts;
  bool behind_proxy = false;
  service::SmtpServer smtp;
  std::string smtp_password_file;
};

/// HOST:PORT, [::1]:PORT, or PORT alone. false where it is none.
bool take_address(const std::string& listen, service::HttpOptions& http) {
  const std::size_t colon = listen.rfind(':');
  std::string host = colon == std::string::npos ? http.host : listen.substr(0, colon);
  const std::string port = colon == std::string::npos ? listen : listen.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (host.empty() || port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos ||
      std::stoi(port) > 65535)
    return false;
  http.host = host;
  http.port = static_cast<unsigned short>(std::stoi(port));
  return true;
}

/// Out of the file, else out of JIHENG_SMTP_PASSWORD: on the command line everybody on the machine could read it. false: said why.
bool take_mail(const ServeOptions& options, service::MailOptions& mail) {
  if (options.smtp.url.empty()) return true;
  mail.server = options.smtp;
  if (!options.smtp_password_file.empty()) {
    std::ifstream file(options.smtp_password_file);
    if (!std::getline(file, mail.server.password)) {
      std::fprintf(stderr, "读不出邮件密码文件“%s”。\n", options.smtp_password_file.c_str());
      return false;
    }
  } else if (const char* password = std::getenv("JIHENG_SMTP_PASSWORD")) {
    mail.server.password = password;
  }
  const auto good = service::check(mail.server);
  if (!good) std::fprintf(stderr, "%s\n", good.error().message.c_str());
  return good.ok();
}

int serve(const ServeOptions& options) {
  service::Options serving;
  if (!take_mail(options, serving.mail)) return wrong_usage;
  if (!take_address(options.listen, serving.http)) {
    std::fprintf(stderr, "监听地址“%s”不对，应如 127.0.0.1:8420。\n", options.listen.c_str());
    return wrong_usage;
  }
  serving.http.handle_signals = true;
  serving.http.behind_proxy = options.behind_proxy;
  serving.font_folder = options.fonts;
  return with_place(options.place, [&](OpenPlace& open) -> int {
    DocumentReader reader;
    serving.read = [&](std::string_view bytes, std::string name) { return reader.read(bytes, std::move(name)); };
    serving.layout = [&](std::string_view bytes, std::string name) { return reader.layout(bytes, name); };
    serving.catalogue = open.catalogue.get();
    auto key = desks::open_key(*open.registry, desks::key_path(*open.registry, options.key));
    if (!key) return report_environment(key.error());
    serving.key = std::move(*key);
    service::Server server(*open.registry, serving);
    if (const auto started = server.start(); !started) return report_environment(started.error());
    const std::string host = serving.http.host.find(':') == std::string::npos ? serving.http.host : "[" + serving.http.host + "]";
    std::printf("绩衡已启动：http://%s:%u/\n", host.c_str(), server.port());
    if (const auto link = server.setup_link()) {
      std::printf(
          "还没有建立账号：现在只有在这台机器上才能使用，不用登录。要让大家登录使用，请打开下面的链接建立三位管理员（七天内有效，用一次）："
          "\n"
          "http://%s:%u/setup?link=%s\n",
          host.c_str(), server.port(), link->c_str());
    }
    std::printf("按 Ctrl-C 停止。\n");
    std::fflush(stdout);
    server.run();
    return done;
  });
}

}  // namespace

void add_serve(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* command = program.add_subcommand("serve", "启动网页和接口");
  add_place(*command, options->place, false);
  add_key_option(*command, options->key);
  command->add_option("--listen", options->listen, "地址和端口")->capture_default_str();
  command->add_option("--fonts", options->fonts, "本单位的字体文件夹（仿宋_GB2312、方正小标宋等）");
  command->add_flag("--behind-proxy", options->behind_proxy, "前面有同一台机器上的反向代理：登录记录写它转来的地址（X-Forwarded-For）");
  command->add_option("--smtp", options->smtp.url, "把通知发到邮箱的邮件服务器，如 smtp://mail.example.gov.cn:587；不写就不发邮件");
  command->add_option("--smtp-from", options->smtp.from, "发件人地址");
  command->add_option("--smtp-user", options->smtp.user, "邮件服务器的登录名；密码在环境变量 JIHENG_SMTP_PASSWORD 里，或写在文件里");
  command->add_option("--smtp-password-file", options->smtp_password_file, "写着邮件密码的文件，只用第一行");
  command->add_option("--smtp-ca", options->smtp.ca_file, "邮件服务器的根证书文件");
  command->callback([options, &settings] { settings.status = serve(*options); });
}

}  // namespace jiheng::app
