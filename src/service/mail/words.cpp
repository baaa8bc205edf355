#include "service/mail/words.h"

#include <fmt/core.h>

#include <cstdlib>

namespace jiheng::service {
namespace {

std::string subject_of(const desks::Notice& notice) {
  using Kind = desks::Notice::Kind;
  const std::string what = fmt::format("{}{}年绩效目标", notice.unit_name, notice.year);
  const std::string form = notice.form == "self_evaluation"
                               ? fmt::format("{}{}年度绩效自评", notice.unit_name, notice.year)
                               : fmt::format("{}{}年1-{}月绩效运行监控", notice.unit_name, notice.year, notice.month);
  const std::string red = fmt::format("{}{}年绩效运行监控", notice.unit_name, notice.year);
  const std::string problem = fmt::format("{}的问题“{}”", notice.unit_name, notice.kind >= Kind::password ? "" : notice.about.value_or(""));
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
    case Kind::form_returned:
      return form + "已退回修改";
    case Kind::form_due_soon:
      return form + fmt::format("{}报送截止，还剩{}个工作日", notice.due.value_or(""), notice.work_days);
    case Kind::form_overdue:
      return form + fmt::format("报送已逾期（{}截止）", notice.due.value_or(""));
    case Kind::alarm_raised:
      return red + fmt::format("红灯预警，请在{}前答复", notice.due.value_or(""));
    case Kind::alarm_refused:
      return red + fmt::format("红灯预警的答复未获同意，请在{}前重新答复", notice.due.value_or(""));
    case Kind::alarm_due_soon:
      return red + fmt::format("红灯预警{}答复截止，还剩{}个工作日", notice.due.value_or(""), notice.work_days);
    case Kind::alarm_overdue:
      return red + fmt::format("红灯预警答复已逾期（{}截止）", notice.due.value_or(""));
    case Kind::problem_raised:
      return problem + fmt::format("请在{}前整改并回复", notice.due.value_or(""));
    case Kind::problem_returned:
      return problem + fmt::format("需要继续整改，请在{}前回复", notice.due.value_or(""));
    case Kind::problem_extended:
      return problem + fmt::format("整改期限延至{}", notice.due.value_or(""));
    case Kind::problem_kept:
      return problem + fmt::format("整改期限不延长，仍是{}", notice.due.value_or(""));
    case Kind::problem_due_soon:
      return problem + fmt::format("{}整改到期，还剩{}个工作日", notice.due.value_or(""), notice.work_days);
    case Kind::problem_overdue:
      return problem + fmt::format("整改已逾期（{}到期）", notice.due.value_or(""));
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
