#include "desks/performance/function_class.h"

#include <algorithm>
#include <array>

namespace jiheng::desks {
namespace {

// 《政府收支分类科目》 一般公共预算支出功能分类的类级科目. Transfers, reserves and debt service file no goal tables and are left out.
constexpr std::array classes{
    FunctionClass{"201", "一般公共服务支出"},
    FunctionClass{"202", "外交支出"},
    FunctionClass{"203", "国防支出"},
    FunctionClass{"204", "公共安全支出"},
    FunctionClass{"205", "教育支出"},
    FunctionClass{"206", "科学技术支出"},
    FunctionClass{"207", "文化旅游体育与传媒支出"},
    FunctionClass{"208", "社会保障和就业支出"},
    FunctionClass{"210", "卫生健康支出"},
    FunctionClass{"211", "节能环保支出"},
    FunctionClass{"212", "城乡社区支出"},
    FunctionClass{"213", "农林水支出"},
    FunctionClass{"214", "交通运输支出"},
    FunctionClass{"215", "资源勘探工业信息等支出"},
    FunctionClass{"216", "商业服务业等支出"},
    FunctionClass{"217", "金融支出"},
    FunctionClass{"219", "援助其他地区支出"},
    FunctionClass{"220", "自然资源海洋气象等支出"},
    FunctionClass{"221", "住房保障支出"},
    FunctionClass{"222", "粮油物资储备支出"},
    FunctionClass{"224", "灾害防治及应急管理支出"},
    FunctionClass{"229", "其他支出"},
};

}  // namespace

std::span<const FunctionClass> function_classes() {
  return classes;
}

std::string_view function_class_name(std::string_view code) {
  const auto* found = std::find_if(classes.begin(), classes.end(), [&](const FunctionClass& each) { return each.code == code; });
  return found == classes.end() ? std::string_view() : found->name;
}

}  // namespace jiheng::desks
