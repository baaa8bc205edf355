#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <new>

#include "app/commands.h"
#include "app/exit_status.h"

namespace jiheng::app {

void describe(CLI::App& program, Settings& settings) {
  program.name("jiheng");
  program.description("绩衡：读绩效目标表，审核，出审核表和正式表。给机器用加 --json。");
  program.add_option("--lang", settings.language, "文字用中文（zh）还是英文（en）")->check(CLI::IsMember({"zh", "en"}))->default_str("zh");
  program.set_version_flag("--version", std::string("jiheng ") + JIHENG_VERSION, "版本");
  program.set_help_flag("-h,--help", "帮助");
  program.require_subcommand(1);
  program.fallthrough();
  program.footer(
      "退出状态：0 完成；1 审核有错误；2 用法不对；3 有文件读不出；4 数据库或磁盘出错。\n"
      "FILE 可以是文件夹（取其下全部文档），“-” 是标准输入。结果在标准输出，进度和消息在标准错误。\n"
      "例：jiheng read --json 报送/*.docx\n"
      "    jiheng audit --form 审核表.docx 财政局.docx");
}

int run(CLI::App& program, Settings& settings, int argc, char** argv) {
  try {
    program.parse(argc, argv);
    return settings.status;
  } catch (const CLI::CallForHelp&) {
    std::fputs(program.help().c_str(), stdout);
    return done;
  } catch (const CLI::CallForVersion&) {
    std::puts(program.version().c_str());
    return done;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);
    std::fprintf(stderr, "用法不对：%s\n看用法：jiheng --help，或 jiheng 命令 --help。\n", error.what());
    return wrong_usage;
  } catch (const std::bad_alloc&) {
    std::fputs("内存不够，没有做完。请关掉别的程序，或一次少给几个文件。\n", stderr);
    return environment_failed;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "运行环境出错，没有做完：%s\n", error.what());
    return environment_failed;
  }
}

}  // namespace jiheng::app
