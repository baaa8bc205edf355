#include "service/mail/words.h"

#include <fmt/core.h>

#include <cstdlib>

namespace jiheng::service {
namespace {

std::string subject_of(const desks::Notice& notice) {
  using Kind = desks::Notice::Kind;
  const std::string what = fmt::format("{}{}年绩效目标", notice.unit_name, notice.year);
  switch (notice.kind) {
    case Kind::returned:
      return what + "已退回修改";
    case Kind::approved:
      return what + "已批复";
    case Kind::extended:
      return what + fmt::format("报送延期到{}", notice.due.value_or(""));
    case Kind::due_soon:
      return what + fmt::format("{}报送截止，还剩{}个工作日", notice.due.value_or(""), notice.work_days);
    case Kind::overdue:
      return what + fmt::format("报送已逾期（{}截止）", notice.due.value_or(""));
    case Kind::password:
      return "您的登录密码已修改";
    case Kind::second_factor:
      return "您的动态码（手机验证器）已重新绑定";
    case Kind::link:
      return "您的密码和动态码已作废，重发了登录链接";
    case Kind::posts:
      return "您的岗位有变动";
    case Kind::mail:
      return "您接收通知的邮箱已修改";
  }
  return what;
}

std::string letter(const std::string& name, const std::string& middle, const std::string& bureau) {
  return name + "：\n\n" + middle + "\n\n" + bureau + "绩效管理系统自动发送，请勿回复。不想再收邮件，请在“我的账号”里删去邮箱。\n";
}

constexpr const char* not_you = "如果不是您本人或您不知情，请马上联系本单位的安全管理员。";

}  // namespace

MailWords mail_words(const desks::Notice& notice, const std::string& name, const std::string& bureau) {
  const std::string subject = subject_of(notice);
  std::string middle = subject + "。";
  if (desks::is_of_account(notice.kind)) {
    if (notice.by) middle += "经办：" + *notice.by + "。";
    middle += std::string("\n") + not_you;
  } else {
    middle += "请登录绩衡查看。";
  }
  return {"【绩衡】" + subject, letter(name, middle, bureau)};
}

MailWords address_changed_words(const std::string& name, const std::string& bureau) {
  const std::string subject = "您接收通知的邮箱已修改";
  return {"【绩衡】" + subject, letter(name, subject + "，以后的通知不再发到这个邮箱。\n" + not_you, bureau)};
}

}  // namespace jiheng::service
