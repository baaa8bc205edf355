#include "reading/formats/ofd/path.h"

#include <array>
#include <cmath>
#include <optional>
#include <span>

namespace jiheng::reading::ofd {
namespace {

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// The next number, where the next operator may follow it at once ("M0 0L10 0").
std::optional<float> take_coordinate(std::string_view& data) {
  std::string_view rest = data;
  if (const auto value = take_number(rest)) {
    data = rest;
    return value;
  }
  const std::size_t from = std::min(data.find_first_not_of(" ,\t\r\n"), data.size());
  const std::size_t end = std::min(data.find_first_not_of("+-.0123456789eE", from), data.size());
  const auto value = number_of(data.substr(from, end - from));
  data.remove_prefix(end);
  return value;
}

std::optional<Point> take_point(std::string_view& data, const Matrix& matrix) {
  const auto x = take_coordinate(data);
  const auto y = take_coordinate(data);
  if (!x || !y) return std::nullopt;
  return matrix.apply(*x, *y);
}

/// Whether a curve's controls stand on the line between its ends: some converters write every line as a curve.
bool is_straight(Point from, Point to, std::span<const Point> controls) {
  constexpr float near = 0.2F;  // points
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  for (const Point& point : controls) {
    const float away = std::abs((to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x));
    if (!(away <= near * length)) return false;
  }
  return true;
}

class Pen {
 public:
  Pen(bool filled, Path& path) : filled_(filled), path_(path) {}

  void move(Point to) {
    start_ = at_ = to;
    path_.move(to);
  }
  void line(Point to) {
    if (path_.empty()) return move(to);
    at_ = to;
    path_.line(to);
  }
  void curve(Point to, std::span<const Point> controls) {
    if (path_.empty()) return move(to);
    if (!controls.empty() && is_straight(at_, to, controls)) return line(to);
    at_ = to;
    if (filled_)
      path_.curve(to);
    else
      path_.move(to);
  }
  void close() {
    if (path_.empty()) return;
    at_ = start_;
    path_.close();
  }

 private:
  const bool filled_;
  Path& path_;
  Point start_;
  Point at_;
};

}  // namespace

void add_path(std::string_view data, const Matrix& matrix, bool filled, Path& path) {
  Pen pen(filled, path);
  while (!data.empty()) {
    const char letter = data.front();
    data.remove_prefix(1);
    if (!is_letter(letter)) continue;
    std::array<Point, 2> controls;
    std::size_t count = 0;
    switch (letter) {
      case 'S':
      case 'M':
        if (const auto to = take_point(data, matrix)) pen.move(*to);
        break;
      case 'L':
        if (const auto to = take_point(data, matrix)) pen.line(*to);
        break;
      case 'Q':
      case 'B': {
        bool sound = true;
        for (; count < (letter == 'Q' ? 1U : 2U); ++count) {
          const auto control = take_point(data, matrix);
          sound = sound && control;
          controls[count] = control.value_or(Point{});
        }
        if (const auto to = take_point(data, matrix); to && sound) pen.curve(*to, std::span(controls).first(count));
        break;
      }
      case 'A':
        for (int i = 0; i < 5; ++i) take_coordinate(data);
        if (const auto to = take_point(data, matrix)) pen.curve(*to, {});
        break;
      case 'C':
        pen.close();
        break;
      default:
        break;
    }
  }
}

}  // namespace jiheng::reading::ofd
