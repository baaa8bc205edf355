#include "service/http/problem.h"

#include <algorithm>
#include <iterator>

namespace jiheng::service {
namespace {

// clang-format off
constexpr ProblemKind kinds[] = {
    // The request as such.
    {"bad-request", 400, "请求有误", "Bad request", "请求不符合 HTTP 格式，请刷新页面后重试。", "The request is not well-formed HTTP."},
    {"bad-address", 400, "网址有误", "Bad address", "网址中有无法识别的字符，请检查后重新输入。", "The address holds a broken escape or an empty or dot segment."},
    {"bad-parameter", 400, "参数有误", "Bad parameter", "网址中的参数不正确，请按提示修改后重试。", "A query parameter has a value that is not allowed; the context names it."},
    {"json-syntax", 400, "内容格式有误", "Malformed JSON", "提交的内容不是完整的 JSON，请刷新页面后重试。", "The body is not well-formed JSON."},
    {"multipart-syntax", 400, "上传内容不完整", "Malformed upload", "上传的内容不完整或格式有误，请重新选择文件上传。", "The multipart body is malformed or incomplete."},
    {"too-many-files", 413, "文件太多", "Too many files", "一次上传的文件太多，请分几次上传。", "Too many files in one upload."},
    {"no-files", 400, "没有文件", "No files", "没有收到文件，请选择文件后再上传。", "The upload holds no part named \"files\"."},
    {"host-not-allowed", 403, "地址不被接受", "Host not allowed", "还没有建立账号，只能在本机用 localhost 或 127.0.0.1 打开；要给别人用，请先用启动时显示的链接建立管理员。", "Until accounts exist only localhost, 127.0.0.1 and [::1] are accepted as host, and no proxy."},
    {"origin-not-allowed", 403, "来源不被接受", "Origin not allowed", "这次操作来自别的网站，已被拒绝；请在本程序的页面上操作。", "Changes asked for by another site are refused."},
    {"not-found", 404, "没有找到", "Not found", "要找的内容不存在，可能已被删除。", "There is no such thing here."},
    {"method-not-allowed", 405, "不支持的操作", "Method not allowed", "这个地址不支持该操作。", "This address does not take that method."},
    {"timeout", 408, "等待超时", "Timeout", "网络太慢或已中断，请重试。", "The request came too slowly."},
    {"too-large", 413, "内容太大", "Too large", "上传的内容太大：单个文件不超过 64 MB，一次总共不超过 512 MB，请分批上传。", "The body is too large: 64 MB a file, 512 MB an upload, 16 MB of JSON."},
    {"unsupported-media-type", 415, "内容类型不支持", "Unsupported media type", "提交的内容类型不支持，请在页面上操作或按接口文档提交。", "The body's Content-Type is not what this address takes."},
    {"header-too-large", 431, "请求头太大", "Header too large", "请求头太大，请清除浏览器中本站的 Cookie 后重试。", "The request's header is too large."},
    // People.
    {"not-logged-in", 401, "请先登录", "Not logged in", "请先登录；登录久未使用会自动退出。", "Log in first; an idle session ends by itself."},
    {"login-failed", 401, "登录失败", "Login failed", "登录名或密码不对。", "The login or the password is wrong."},
    {"login-locked", 429, "登录已锁定", "Login locked", "密码输错次数太多，请稍后再试。", "Too many wrong passwords; wait or ask the security administrator."},
    {"second-factor-needed", 401, "需要动态码", "Second factor needed", "请输入手机验证器上的六位动态码。", "The code of the second factor is needed."},
    {"second-factor-wrong", 401, "动态码不对", "Second factor wrong", "动态码不对或已用过。", "The code is wrong or was used before."},
    {"second-factor-unset", 403, "请先绑定动态码", "Second factor not set", "管理员要先绑定手机验证器才能使用。", "Administrators must set up their second factor first."},
    {"second-factor-unproven", 422, "动态码不对", "Second factor unproven", "动态码不对，没有绑定。", "The code does not prove that the telephone has the secret."},
    {"forbidden", 403, "没有权限", "Forbidden", "您的岗位不能做这件事。", "Your post does not allow this."},
    {"four-eyes", 403, "须由另一人办理", "Four eyes", "这件事要由另一个人来办。", "This must be done by a second person."},
    {"not-your-unit", 403, "不是您的单位", "Not your unit", "您只能填报自己单位的绩效目标。", "You may only file for your own unit."},
    {"own-posts", 403, "不能改自己的岗位", "Own posts", "不能改自己的岗位。", "Nobody changes his own posts."},
    {"own-account", 403, "不能停用自己", "Own account", "不能停用自己的账号。", "Nobody disables his own account."},
    {"administrator-account", 403, "管理员的账号", "Administrator's account", "管理员的密码和动态码只能在服务器上重置。", "An administrator's password and second factor are reset at the machine only."},
    {"password-wrong", 403, "原密码不对", "Wrong password", "原密码不对。", "The old password is wrong."},
    {"secret-key-wrong", 503, "密钥不一致", "Wrong secret key", "服务器用的密钥与数据库里的不一致，暂时不能登录。", "What is stored was sealed with another key than the server's; start the server anew and read what it says."},
    {"link-void", 410, "链接已失效", "Link void", "这个链接已经用过或过期了，请向系统管理员要一个新的。", "The link was used or is too old."},
    {"weak-password", 422, "密码不够强", "Weak password", "密码不够强。", "The password is too weak; the context says what is wanting."},
    {"invalid-account", 422, "人员信息有误", "Invalid account", "人员信息有误。", "An account's data are not valid; the context names the field."},
    {"invalid-unit", 422, "单位信息有误", "Invalid unit", "单位信息有误。", "A unit's data are not valid; the context names the field."},
    {"invalid-unit-line", 422, "单位清单有误", "Invalid line", "单位清单有误，一个也没有导入。", "A line of the list is not valid; nothing was taken. The context gives its number and the field."},
    {"invalid-account-line", 422, "人员清单有误", "Invalid line", "人员清单有误，一个也没有导入。", "A line of the list of people is not valid; nothing was taken. The context gives its number and the field."},
    {"invalid-post-line", 422, "岗位清单有误", "Invalid line", "岗位清单有误，一个也没有导入。", "A line of the list of posts is not valid; nothing was taken. The context gives its number and the field."},
    {"invalid-extension-line", 422, "延期清单有误", "Invalid line", "延期清单有误，一个也没有导入。", "A line of the list of extensions is not valid; nothing was taken. The context gives its number and the field."},
    {"invalid-delegation", 422, "委托有误", "Invalid delegation", "委托有误。", "The delegation is not valid."},
    {"visit-void", 401, "链接不能用", "Link void", "这个链接不对、已到期或已收回，请向给您链接的人要一个新的。", "The link is wrong, ended or was called back; ask whoever gave it."},
    {"visit-no-download", 403, "不能下载", "No download", "给您的链接只能看，不能下载。", "This link is for looking only."},
    {"invalid-outsider", 422, "链接信息有误", "Invalid link", "外部人员的链接有误。", "What was said of the outsider's link is not valid; the context names the field."},
    {"invalid-mail", 422, "邮箱地址不对", "Invalid address", "邮箱地址不对。", "That is no plain mail address."},
    {"invalid-token", 422, "令牌有误", "Invalid token", "令牌有误。", "The token's name or days are not valid."},
    {"roles-clash", 409, "岗位冲突", "Posts clash", "管理员岗位要由不同的人担任。", "An administrator holds no other post."},
    {"last-administrator", 409, "最后一位管理员", "Last administrator", "这是最后一位这样的管理员。", "The last administrator of a kind stays."},
    {"year-closed", 409, "这一年已结束", "Year closed", "这一年的申报已经结束，内容不再改动。", "The year of filing is closed; what lies in it stays as it is."},
    {"year-exists", 409, "已经开启", "Year exists", "这一年的申报已经开启，请直接修改。", "The year is open already; change it with If-Match."},
    {"invalid-year", 422, "申报年度有误", "Invalid year", "申报年度的内容有误。", "A year's data are not valid; the context names the field."},
    {"calendar-range", 400, "起止日期不对", "Wrong range", "起止日期不对：止日应在起日之后，一次最多看400天。", "`to` must not lie before `from`, and at most 400 days are given at once."},
    {"invalid-entry", 422, "指标内容有误", "Invalid entry", "指标库的内容有误。", "What was written to the library's entry is not valid; the context names the field."},
    // Ledgers.
    {"invalid-record", 422, "填写有误", "Invalid record", "记录的填写有误。", "A record's fields are not valid; the context gives each field with the reason."},
    {"record-exists", 409, "编号已有", "Record exists", "这个编号已经有了。", "A record with the number exists already."},
    {"record-void", 409, "已作废", "Record void", "这条记录已经作废或撤回，不能再改。", "A record that is void or withdrawn is not changed."},
    {"bad-columns", 400, "栏目对应有误", "Bad columns", "栏目的对应关系不正确。", "The columns parameter is no JSON object of headings and fields."},
    {"no-header", 422, "没有表头", "No header", "文件里没有字段名。", "No row of the file names the ledger's fields."},
    {"too-many-rows", 422, "行数太多", "Too many rows", "超过10万行，请先按日期或条件筛选，或用命令 jiheng ledger export 导出。", "More than 100 000 rows; narrow the list, or export on the command line."},
    {"no-rows", 422, "没有表格", "No rows", "文件里没有表格。", "The file holds no table."},
    {"unknown-project", 422, "没有这个项目", "Unknown project", "没有这个项目。", "No register knows the project that was named."},
    {"no-project", 422, "不能按项目", "No project", "这个指标不能按项目计算。", "The measure cannot be narrowed to a project."},
    {"bad-period", 422, "期间有误", "Bad period", "起止日期有误。", "The period is not one."},
    {"unknown-measure", 422, "没有这个指标", "Unknown measure", "没有这个指标。", "No ledger declares the measure."},
    {"unit-differs", 422, "计量单位不同", "Unit differs", "计量单位不同，不能对上。", "The indicator and the measure have different units."},
    {"lease-incomplete", 422, "合同不完整", "Lease incomplete", "合同缺少起止日期或月租金。", "The lease lacks its days or its rent."},
    {"bad-receipt", 422, "收据不完整", "Bad receipt", "这不是一份完整的收据。", "The receipt is incomplete."},
    {"why-missing", 422, "请写明理由", "Reason missing", "请写明理由。", "A reason is needed."},
    {"submission-exists", 409, "已经有了", "Submission exists", "这个单位这一年的绩效目标已经在填报，请直接打开。", "The unit has a submission of the year already; the context gives its id."},
    {"nothing-last-year", 409, "上年没有可用的表", "Nothing last year", "这个单位上一年没有绩效目标表，请从空白表开始。", "The unit has no tables of the year before."},
    {"proposal-open", 409, "等待单位答复", "Proposal open", "审核人提出的修改还没有得到单位答复。", "The unit has not answered the auditor's proposal yet."},
    {"too-many-sealed", 409, "盖章件太多", "Too many sealed forms", "这份绩效目标的盖章件太多，不能再传了。", "A submission holds fifty sealed forms at most; the context tells how many."},
    {"errors-open", 409, "还有错误", "Errors open", "还有错误既没有改正也没有豁免。", "Errors are neither mended nor waived; the context tells how many."},
    {"grade-stops", 409, "评定等级不够", "Grade stops", "有表的综合评定不够，不能进入下一环节。", "A table is graded too low to go on; the context gives it and its grade."},
    {"grade-not-editable", 409, "应退回修改", "Grade not editable", "评定等级不够，应退回单位修改。", "A table is graded too low for the auditor to mend it himself."},
    {"nothing-proposed", 409, "没有修改", "Nothing proposed", "没有要请单位同意的修改。", "There is no proposal, or it changes nothing."},
    {"invalid-points", 422, "分数不对", "Invalid points", "分数不对。", "The points are no decimal within the aspect's; the context names the field."},
    {"no-such-finding", 422, "没有这条发现", "No such finding", "没有这条审核发现，表的内容可能已经变了。", "There is no such error now; the tables may have changed."},
    {"unknown-pack", 422, "没有这个政策口径", "Unknown pack", "没有这个政策口径。", "There is no such rule pack."},
    {"unknown-version", 422, "没有这个版本的政策口径", "Unknown version", "没有这个版本的政策口径。", "That version of the rule pack was not kept."},
    // Monitoring and self-evaluation.
    {"invalid-round", 422, "批次有误", "Invalid round", "监控或自评批次的内容有误。", "A round's data are not valid; the context names the field."},
    {"round-exists", 409, "已经布置", "Round exists", "这一批已经布置，请直接修改。", "The round is open already; change it with If-Match."},
    {"round-closed", 409, "这一批已结束", "Round closed", "这一批已经结束，不再改动。", "The round is closed; what lies in it stays as it is."},
    {"remarks-open", 409, "还没有填好", "Remarks open", "还有没有填好的地方，请按提示补齐。", "Something is still missing; the context tells how many places."},
    {"invalid-draw", 422, "抽取有误", "Invalid draw", "抽取的填写有误。", "What was said of the draw is not valid; the context names the field."},
    // Revisions.
    {"stale-revision", 412, "内容已被他人修改", "Stale revision", "您打开之后，这份申报已被修改，请刷新后再改。", "The submission was changed since it was opened."},
    {"if-match-missing", 428, "缺少版本号", "If-Match missing", "没有说明是在哪一版上修改的，请刷新页面后重试。", "The change must name the revision it was made from in If-Match."},
    {"action-not-allowed", 409, "现在不能这样操作", "Action not allowed", "这份申报现在的状态不允许该操作。", "The submission's state does not allow this action."},
    // Problems and evaluations.
    {"invalid-problem", 422, "问题填写有误", "Invalid problem", "问题整改的填写有误。", "What was said of the problem is not valid; the context names the field."},
    {"problem-exists", 409, "已经提出过", "Problem exists", "已经从这里提出过问题，还没有销号。", "A problem was raised from this place before and is not closed; the context gives its id and number."},
    {"source-unknown", 404, "没有找到来源", "Source not found", "没有找到问题的来源，它可能已被撤销或者不在您的范围内。", "There is no such place to raise a problem from, or it is out of reach."},
    {"source-settled", 409, "不能从这里提出", "Nothing to raise", "现在不能从这里提出问题。", "No problem is raised from this place now; the context says why: not-filed, void, closed, no-difference, no-unit."},
    {"results-used", 409, "结果已经应用", "Results were used", "自评结果已经用于下一年的预算安排，不能退回重报。", "Next year's money was decided on this grade; the form is not reopened. The context gives the project."},
    {"closing-refused", 422, "不能据此销号", "Closing refused", "所写的依据不能证明已经整改。", "What it is to be closed on proves no change; the context says why: record-unknown, record-older, record-new, record-unchanged, record-void, record-payment, record-unfiled, no-unit, other-unit, other-year, other-matter, payment-older, payment-short, payment-unasked, payment-used, document-kind, document-older."},
    {"invalid-evaluation", 422, "评价填写有误", "Invalid evaluation", "评价的填写有误。", "What was said of the evaluation is not valid; the context names the field."},
    {"avoidance", 409, "应当回避", "Conflict of interest", "与被评价单位或项目有利害关系，应当回避。", "The evaluator has to do with the unit or the project."},
    {"scores-missing", 409, "评分不齐", "Scores missing", "评分还不齐，不能定稿。", "Scores are missing; the context tells how many."},
    {"spread-unexplained", 409, "分歧未说明", "Spread unexplained", "评分相差太大，请说明原因。", "The scorers' totals lie too far apart without an explanation."},
    {"invalid-decision", 422, "决定有误", "Invalid decision", "结果应用的决定有误。", "The decision is not valid; the context names the field."},
    // Content.
    {"invalid-table", 422, "绩效目标表有误", "Invalid table", "绩效目标表的内容不符合要求，请按提示修改。", "A goal table is not valid; the context names the field."},
    {"json-shape", 422, "内容不符合要求", "Wrong shape", "提交的内容缺少必要的项目或类型不对，请按提示修改。", "The JSON lacks a required field or has one of the wrong type; the context names it."},
    {"nothing-to-export", 422, "没有可导出的内容", "Nothing to export", "这份申报里没有绩效目标表，不能导出。", "The submission holds no table to export."},
    // Publication and official documents.
    {"not-publishable", 422, "不能公开", "Not publishable", "这份绩效目标不能公开。", "Not approved, of a classified or an unknown unit, or without tables; the context says which."},
    {"already-published", 409, "已经公开", "Already published", "这一版已经公开了。", "This version is out already."},
    {"no-publication-rule", 422, "没有公开期限", "No rule", "现行政策口径没有规定公开期限。", "The rule pack in use sets no deadline for publication."},
    {"nothing-to-write", 422, "没有可写的内容", "Nothing to write", "没有可写的内容。", "There is nothing that the document could tell of."},
    {"official-text", 422, "公文文字有误", "Faulty text", "公文的文字里有错误，请改正后再试。", "The county's own text of the document is faulty; the context names the line."},
    // The machine.
    {"busy", 503, "系统正忙", "Busy", "系统正忙，请稍候几秒再试。", "Too much work at once; try again in a few seconds."},
    {"insufficient-storage", 507, "磁盘空间不足", "Insufficient storage", "磁盘空间不足，文件没有保存，请联系管理员清理磁盘。", "There is not enough disk space for the upload."},
    {"internal", 500, "程序出错", "Internal error", "程序内部出错，内容没有保存；请重试，若仍出错请把时间告诉管理员。", "Something broke inside; nothing was stored."},
    {"attachment-missing", 500, "原始文件丢失", "Attachment missing", "数据文件夹中缺少这份原始文件，请联系管理员从备份恢复。", "The original is missing from the data folder."},
    {"attachment-altered", 500, "原始文件被改动", "Attachment altered", "这份原始文件与登记时不一致，请联系管理员从备份恢复。", "The original is not what was stored."},
    {"db-busy", 503, "数据库正忙", "Database busy", "数据库正忙，内容没有保存，请稍候再试。", "The database is busy; nothing was stored."},
    {"db-conflict", 503, "数据库正忙", "Database busy", "别人正在同时修改，内容没有保存，请重试。", "Somebody changed the same at the same time; nothing was stored."},
    {"db-lost", 503, "数据库连接中断", "Database lost", "与数据库的连接中断，请刷新后查看内容是否已保存。", "The connection to the database was lost."},
    {"db-full", 507, "磁盘空间不足", "Disk full", "磁盘空间不足，内容没有保存，请联系管理员清理磁盘。", "The disk is full; nothing was stored."},
    {"db-read-only", 500, "数据库只读", "Database read-only", "数据库不能写入，内容没有保存，请联系管理员检查数据文件夹的权限。", "The database cannot be written."},
    {"db-damaged", 500, "数据库损坏", "Database damaged", "数据库文件已损坏，请联系管理员从备份恢复。", "The database is damaged; restore it from a backup."},
    {"db-constraint", 500, "程序出错", "Internal error", "程序内部出错，内容没有保存。", "The database refused what was to be stored."},
    {"db-failed", 500, "数据库出错", "Database failed", "数据库出错，内容没有保存，请联系管理员。", "The database failed; nothing was stored."},
    // Starting.
    {"port-in-use", 500, "端口被占用", "Port in use", "端口已被占用：可能本程序已经在运行，或请换一个端口。", "The port is in use: is the program running already?"},
    {"listen-failed", 500, "无法监听", "Cannot listen", "无法在该地址上监听，请检查地址和端口。", "The address cannot be listened on."},
    // Everything a desk or a reader calls by a code of its own.
    {"", 422, "没有办成", "Not done", "请求没有办成。", "The request could not be carried out."},
};
// clang-format on

}  // namespace

const ProblemKind& problem_kind(std::string_view code) {
  const auto* found = std::ranges::find(kinds, code, &ProblemKind::code);
  return found == std::end(kinds) ? *std::prev(std::end(kinds)) : *found;
}

Error problem(std::string_view code) {
  return {std::string(code), std::string(problem_kind(code).detail), {}};
}

}  // namespace jiheng::service
