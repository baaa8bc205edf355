#include "ledgers/row_expression.h"

#include <charconv>

#include "ledgers/schema.h"

namespace jiheng::ledgers {

using Cell = RowExpression::Cell;

namespace {

Cell truth(bool is) {
  return {Cell::Kind::truth, is ? 1 : 0, {}};
}
Cell number_cell(std::int64_t number) {
  return {Cell::Kind::number, number, {}};
}
Cell given_up() {
  return {Cell::Kind::given_up, 0, {}};
}

}  // namespace

/// Reads tokens by SQL's order of operators; what the engines read differently is not read.
class RowExpression::Reader {
 public:
  Reader(std::span<const Expression::Token> tokens, const RecordType& type, std::vector<Node>& nodes)
      : tokens_(tokens), type_(type), nodes_(nodes) {}

  std::optional<int> read() {
    const int root = either();
    return good_ && at_ == tokens_.size() ? std::optional(root) : std::nullopt;
  }

 private:
  bool take(std::string_view text) {
    if (at_ >= tokens_.size() || tokens_[at_].text != text || tokens_[at_].kind == Expression::Token::Kind::text) return false;
    ++at_;
    return true;
  }
  int add(Step step, std::vector<int> parts) {
    nodes_.push_back({step, 0, {}, std::move(parts)});
    return static_cast<int>(nodes_.size()) - 1;
  }
  int fail() {
    good_ = false;
    at_ = tokens_.size();
    return 0;
  }

  int either() {
    int left = both();
    while (take("or")) left = add(Step::logical_or, {left, both()});
    return left;
  }
  int both() {
    int left = negated();
    while (take("and")) left = add(Step::logical_and, {left, negated()});
    return left;
  }
  int negated() { return take("not") ? add(Step::logical_not, {negated()}) : comparison(); }

  int comparison() {
    const int left = sum();
    const int out = compared(left);
    // a < b < c means other things on each engine.
    return out != left && compared(out) != out ? fail() : out;
  }

  int compared(int left) {
    if (take("is")) {
      const bool given = take("not");
      if (!take("null")) return fail();
      const int missing = add(Step::is_missing, {left});
      return given ? add(Step::logical_not, {missing}) : missing;
    }
    if (take("=")) return add(Step::equal, {left, sum()});
    if (take("<>") || take("!=")) return add(Step::unequal, {left, sum()});
    if (take("<=")) return add(Step::at_most, {left, sum()});
    if (take(">=")) return turned(Step::at_most, left);
    if (take("<")) return add(Step::less, {left, sum()});
    if (take(">")) return turned(Step::less, left);
    const bool without = take("not");
    if (take("in")) return among(left, without);
    if (take("between")) return between(left, without);
    return without ? fail() : left;
  }
  int turned(Step step, int left) {
    const int right = sum();
    return add(step, {right, left});
  }
  int between(int left, bool without) {
    const int low = sum();
    if (!take("and")) return fail();
    const int from = add(Step::at_most, {low, left});
    const int in = add(Step::logical_and, {from, add(Step::at_most, {left, sum()})});
    return without ? add(Step::logical_not, {in}) : in;
  }
  int among(int left, bool without) {
    if (!take("(")) return fail();
    int in = -1;
    do {
      const int same = add(Step::equal, {left, either()});
      in = in < 0 ? same : add(Step::logical_or, {in, same});
    } while (good_ && take(","));
    if (!take(")")) return fail();
    return without ? add(Step::logical_not, {in}) : in;
  }

  int sum() {
    int left = product();
    for (;;) {
      if (take("+")) {
        left = add(Step::plus, {left, product()});
      } else if (take("-")) {
        left = add(Step::minus, {left, product()});
      } else {
        return left;
      }
    }
  }
  int product() {
    int left = operand();
    while (take("*")) left = add(Step::times, {left, operand()});
    return left;
  }

  int operand() {
    if (take("-")) return add(Step::negative, {operand()});
    if (take("(")) {
      const int inner = either();
      return take(")") ? inner : fail();
    }
    if (take("null")) return add(Step::missing, {});
    if (take("coalesce")) return add(Step::first_given, list());
    if (take("abs")) {
      std::vector<int> parts = list();
      return parts.size() == 1 ? add(Step::absolute, std::move(parts)) : fail();
    }
    if (take("case")) return cases();
    return at_ < tokens_.size() ? leaf(tokens_[at_++]) : fail();
  }
  std::vector<int> list() {
    std::vector<int> parts;
    if (!take("(")) fail();
    do {
      parts.push_back(either());
    } while (good_ && take(","));
    if (!take(")")) fail();
    return parts;
  }
  int cases() {
    std::vector<int> parts;
    while (good_ && take("when")) {
      parts.push_back(either());
      if (!take("then")) return fail();
      parts.push_back(either());
    }
    parts.push_back(take("else") ? either() : add(Step::missing, {}));
    return take("end") ? add(Step::cases, std::move(parts)) : fail();
  }
  int leaf(const Expression::Token& token) {
    Node node{Step::text, 0, token.text, {}};
    if (token.kind == Expression::Token::Kind::number) {
      node.step = Step::number;
      std::from_chars(token.text.data(), token.text.data() + token.text.size(), node.number);
    } else if (token.kind == Expression::Token::Kind::name) {
      node.step = Step::field;
      node.number = type_.index_of(token.text);
      if (node.number < 0 || !is_stored(type_.fields[static_cast<std::size_t>(node.number)])) return fail();
    } else if (token.kind != Expression::Token::Kind::text) {
      return fail();
    }
    nodes_.push_back(std::move(node));
    return static_cast<int>(nodes_.size()) - 1;
  }

  std::span<const Expression::Token> tokens_;
  const RecordType& type_;
  std::vector<Node>& nodes_;
  std::size_t at_ = 0;
  bool good_ = true;
};

std::optional<RowExpression> RowExpression::of(const Expression& expression, const RecordType& type) {
  RowExpression out;
  const auto root = Reader(expression.tokens(), type, out.nodes_).read();
  if (!root) return std::nullopt;
  out.root_ = *root;
  return out;
}

Cell RowExpression::value(int at, std::span<const Value> row) const {
  const Node& node = nodes_[static_cast<std::size_t>(at)];
  switch (node.step) {
    case Step::field: {
      const Value& value = row[static_cast<std::size_t>(node.number)];
      if (const auto* number = value.integer()) return number_cell(*number);
      if (const auto* text = value.text()) return {Cell::Kind::text, 0, *text};
      return {};
    }
    case Step::number:
      return number_cell(node.number);
    case Step::text:
      return {Cell::Kind::text, 0, node.text};
    case Step::missing:
      return {};
    case Step::is_missing: {
      const Cell cell = value(node.parts[0], row);
      return cell.kind == Cell::Kind::given_up ? cell : truth(cell.kind == Cell::Kind::missing);
    }
    case Step::equal:
    case Step::unequal:
    case Step::less:
    case Step::at_most:
      return compared(node, row);
    case Step::logical_not:
    case Step::logical_and:
    case Step::logical_or:
      return joined(node, row);
    case Step::first_given:
    case Step::cases:
      return chosen(node, row);
    default:
      return reckoned(node, row);
  }
}

Cell RowExpression::compared(const Node& node, std::span<const Value> row) const {
  const Cell a = value(node.parts[0], row);
  const Cell b = value(node.parts[1], row);
  if (a.kind == Cell::Kind::given_up || b.kind == Cell::Kind::given_up) return given_up();
  if (a.kind == Cell::Kind::missing || b.kind == Cell::Kind::missing) return {};
  if (a.kind != b.kind || a.kind == Cell::Kind::truth) return given_up();
  const int order = a.kind == Cell::Kind::text ? a.text.compare(b.text) : a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
  switch (node.step) {
    case Step::equal:
      return truth(order == 0);
    case Step::unequal:
      return truth(order != 0);
    case Step::less:
      return truth(order < 0);
    default:
      return truth(order <= 0);
  }
}

Cell RowExpression::reckoned(const Node& node, std::span<const Value> row) const {
  const Cell a = value(node.parts[0], row);
  const Cell b = node.parts.size() > 1 ? value(node.parts[1], row) : number_cell(0);
  if (a.kind == Cell::Kind::given_up || b.kind == Cell::Kind::given_up) return given_up();
  if (a.kind == Cell::Kind::missing || b.kind == Cell::Kind::missing) return {};
  if (a.kind != Cell::Kind::number || b.kind != Cell::Kind::number) return given_up();
  std::int64_t out = 0;
  bool over = false;
  switch (node.step) {
    case Step::plus:
      over = __builtin_add_overflow(a.number, b.number, &out);
      break;
    case Step::minus:
      over = __builtin_sub_overflow(a.number, b.number, &out);
      break;
    case Step::times:
      over = __builtin_mul_overflow(a.number, b.number, &out);
      break;
    case Step::negative:
      over = __builtin_sub_overflow(std::int64_t{0}, a.number, &out);
      break;
    default:
      over = a.number < 0 && __builtin_sub_overflow(std::int64_t{0}, a.number, &out);
      if (a.number >= 0) out = a.number;
      break;
  }
  return over ? given_up() : number_cell(out);
}

/// Three values: what is neither true nor false stays so unless the other side settles it.
Cell RowExpression::joined(const Node& node, std::span<const Value> row) const {
  const auto side = [&](int part) {
    const Cell cell = value(part, row);
    const bool fits = cell.kind == Cell::Kind::truth || cell.kind == Cell::Kind::missing;
    return fits ? cell : given_up();
  };
  const Cell a = side(node.parts[0]);
  if (a.kind == Cell::Kind::given_up) return a;
  if (node.step == Step::logical_not) return a.kind == Cell::Kind::missing ? a : truth(a.number == 0);
  const std::int64_t settles = node.step == Step::logical_or ? 1 : 0;
  if (a.kind == Cell::Kind::truth && a.number == settles) return a;
  const Cell b = side(node.parts[1]);
  if (b.kind == Cell::Kind::given_up || (b.kind == Cell::Kind::truth && b.number == settles)) return b;
  return a.kind == Cell::Kind::missing ? a : b;
}

Cell RowExpression::chosen(const Node& node, std::span<const Value> row) const {
  if (node.step == Step::first_given) {
    for (const int part : node.parts) {
      const Cell cell = value(part, row);
      if (cell.kind != Cell::Kind::missing) return cell;
    }
    return {};
  }
  std::size_t at = 0;
  for (; at + 1 < node.parts.size(); at += 2) {
    const Cell condition = value(node.parts[at], row);
    if (condition.kind == Cell::Kind::truth && condition.number == 1) return value(node.parts[at + 1], row);
    if (condition.kind != Cell::Kind::truth && condition.kind != Cell::Kind::missing) return given_up();
  }
  return value(node.parts[at], row);
}

}  // namespace jiheng::ledgers
