#include "service/api/fields.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;

/// Shallow enough for the stack of whoever walks the tree.
constexpr std::size_t max_depth = 32;
constexpr std::int64_t greatest = 1'000'000'000;

std::string trimmed(const json::value& value) {
  const std::string_view text(value.get_string().data(), value.get_string().size());
  return std::string(trim(text));
}

}  // namespace

struct Fields::Whole {
  json::value value;
  std::optional<Error> fault;
};

Result<Fields> Fields::of(std::string_view text) {
  json::parse_options options;
  options.max_depth = max_depth;
  boost::system::error_code failed;
  auto whole = std::make_shared<Whole>();
  whole->value = json::parse({text.data(), text.size()}, failed, {}, options);
  if (failed) return problem("json-syntax").in(failed.message());
  if (!whole->value.is_object()) return problem("json-shape").in("$");
  const json::object& object = whole->value.get_object();
  return Fields(std::move(whole), object);
}

const json::value* Fields::find(std::string_view name) const {
  const json::value* value = object_->if_contains({name.data(), name.size()});
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<Error> Fields::fault() const {
  return whole_->fault;
}

void Fields::complain(std::string_view name) const {
  if (!whole_->fault) whole_->fault = problem("json-shape").in(std::string(name));
}

bool Fields::has(std::string_view name) const {
  return find(name) != nullptr;
}

std::string Fields::text(std::string_view name) const {
  const json::value* value = find(name);
  if (value == nullptr) return {};
  if (value->is_string()) return trimmed(*value);
  complain(name);
  return {};
}

Text Fields::maybe(std::string_view name) const {
  std::string found = text(name);
  return found.empty() ? Text() : Text(std::move(found));
}

std::optional<int> Fields::number(std::string_view name) const {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64() && value->get_int64() >= -greatest && value->get_int64() <= greatest) return static_cast<int>(value->get_int64());
  complain(name);
  return std::nullopt;
}

bool Fields::flag(std::string_view name, bool fallback) const {
  const json::value* value = find(name);
  if (value == nullptr) return fallback;
  if (value->is_bool()) return value->get_bool();
  complain(name);
  return fallback;
}

std::vector<std::string> Fields::texts(std::string_view name) const {
  std::vector<std::string> found;
  const json::value* value = find(name);
  if (value == nullptr) return found;
  if (!value->is_array()) complain(name);
  if (!value->is_array()) return found;
  for (const json::value& each : value->get_array()) {
    if (each.is_string()) {
      found.push_back(trimmed(each));
    } else {
      complain(name);
    }
  }
  return found;
}

std::vector<int> Fields::numbers(std::string_view name) const {
  std::vector<int> found;
  const json::value* value = find(name);
  if (value == nullptr) return found;
  if (!value->is_array()) complain(name);
  if (!value->is_array()) return found;
  for (const json::value& each : value->get_array()) {
    if (each.is_int64() && each.get_int64() >= -greatest && each.get_int64() <= greatest) {
      found.push_back(static_cast<int>(each.get_int64()));
    } else {
      complain(name);
    }
  }
  return found;
}

std::vector<Fields> Fields::parts(std::string_view name) const {
  std::vector<Fields> found;
  const json::value* value = find(name);
  if (value == nullptr) return found;
  if (!value->is_array()) complain(name);
  if (!value->is_array()) return found;
  for (const json::value& each : value->get_array()) {
    if (each.is_object()) {
      found.push_back(Fields(whole_, each.get_object()));
    } else {
      complain(name);
    }
  }
  return found;
}

std::optional<Fields> Fields::part(std::string_view name) const {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_object()) return Fields(whole_, value->get_object());
  complain(name);
  return std::nullopt;
}

}  // namespace jiheng::service
