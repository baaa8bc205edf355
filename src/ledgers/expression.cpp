#include "ledgers/expression.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace jiheng::ledgers {
namespace {

using Token = Expression::Token;

constexpr std::array words = {"and", "or", "not", "in", "is", "null", "case", "when", "then", "else", "end", "between", "coalesce", "abs"};
constexpr std::array signs = {"<=", ">=", "<>", "!=", "=", "<", ">", "+", "-", "*", "(", ")", ","};
constexpr std::size_t longest = 1000;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

Error wrong(std::string what) {
  return {"expression", std::move(what), {}};
}

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

/// Whether the tokens are one value: operands and operators by turns, brackets closed.
class Grammar {
 public:
  explicit Grammar(const std::vector<Token>& tokens) : tokens_(tokens) {}

  std::optional<std::string> fault() {
    if (value() && at_ == tokens_.size()) return std::nullopt;
    return at_ < tokens_.size() ? "“" + tokens_[at_].text + "”处读不懂" : std::string("没有写完");
  }

 private:
  bool is(std::string_view text) const {
    return at_ < tokens_.size() && tokens_[at_].text == text && tokens_[at_].kind != Token::Kind::text;
  }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    ++at_;
    return true;
  }

  bool value() {
    if (++depth_ > 30) return false;
    const bool good = operand() && rest();
    --depth_;
    return good;
  }

  bool rest() {
    for (;;) {
      if (take("is")) {
        take("not");
        if (!take("null")) return false;
      } else if (is("in") || (is("not") && at_ + 1 < tokens_.size() && tokens_[at_ + 1].text == "in")) {
        take("not");
        ++at_;
        if (!list()) return false;
      } else if (is("between") || (is("not") && at_ + 1 < tokens_.size() && tokens_[at_ + 1].text == "between")) {
        take("not");
        ++at_;
        if (!operand() || !take("and") || !operand()) return false;
      } else if (is_operator()) {
        ++at_;
        if (!operand()) return false;
      } else {
        return true;
      }
    }
  }

  bool is_operator() const {
    static constexpr std::array operators = {"and", "or", "<=", ">=", "<>", "!=", "=", "<", ">", "+", "-", "*"};
    return std::any_of(operators.begin(), operators.end(), [&](const char* each) { return is(each); });
  }

  bool list() {
    if (!take("(")) return false;
    do {
      if (!value()) return false;
    } while (take(","));
    return take(")");
  }

  bool operand() {
    if (take("not") || take("-")) return operand();
    if (take("(")) return value() && take(")");
    if (take("coalesce") || take("abs")) return list();
    if (take("case")) return cases();
    if (at_ >= tokens_.size()) return false;
    const Token::Kind kind = tokens_[at_].kind;
    if (kind == Token::Kind::sign || (kind == Token::Kind::word && tokens_[at_].text != "null")) return false;
    ++at_;
    return true;
  }

  bool cases() {
    if (!is("when")) return false;
    while (take("when")) {
      if (!value() || !take("then") || !value()) return false;
    }
    if (take("else") && !value()) return false;
    return take("end");
  }

  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<Expression> Expression::parse(std::string_view text) {
  Expression out;
  out.text_ = std::string(text);
  if (text.size() > longest) return wrong("表达式太长");
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == ' ' || c == '\n' || c == '\t') {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    if (c == '\'') {
      std::string value;
      for (;; ++end) {
        if (end >= text.size()) return wrong("引号没有配对");
        if (text[end] != '\'') {
          value.push_back(text[end]);
        } else if (end + 1 < text.size() && text[end + 1] == '\'') {
          value.push_back('\'');
          ++end;
        } else {
          break;
        }
      }
      out.tokens_.push_back({Token::Kind::text, value});
      at = end + 1;
      continue;
    }
    if (is_digit(c)) {
      while (end < text.size() && is_digit(text[end])) ++end;
      if (end - at > 15) return wrong("数太长");
      out.tokens_.push_back({Token::Kind::number, std::string(text.substr(at, end - at))});
    } else if (is_letter(c) || c == ':') {
      while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]) || text[end] == '.')) ++end;
      std::string word(text.substr(at, end - at));
      const bool known = std::find(words.begin(), words.end(), word) != words.end();
      if (c == ':' && word != ":from" && word != ":to") return wrong("“" + word + "”不是 :from 或 :to");
      const auto kind = c == ':' ? Token::Kind::parameter : known ? Token::Kind::word : Token::Kind::name;
      out.tokens_.push_back({kind, std::move(word)});
    } else {
      const auto sign = std::find_if(signs.begin(), signs.end(), [&](const char* each) { return text.substr(at).starts_with(each); });
      if (sign == signs.end()) {
        std::size_t behind = at;
        next_code_point(text, behind);
        return wrong("“" + std::string(text.substr(at, behind - at)) + "”不能用");
      }
      end = at + std::string_view(*sign).size();
      out.tokens_.push_back({Token::Kind::sign, *sign});
    }
    at = end;
  }
  if (auto fault = Grammar(out.tokens_).fault()) return wrong(std::move(*fault));
  return out;
}

std::vector<std::string> Expression::names() const {
  std::vector<std::string> out;
  for (const Token& token : tokens_) {
    if (token.kind == Token::Kind::name) out.push_back(token.text);
  }
  return out;
}

std::string Expression::sql(const std::function<std::string(std::string_view)>& column,
                            const std::function<std::string(std::string_view)>& parameter) const {
  std::string out = "(";
  for (const Token& token : tokens_) {
    if (out.size() > 1) out.push_back(' ');
    switch (token.kind) {
      case Token::Kind::name:
        out += column(token.text);
        break;
      case Token::Kind::parameter:
        out += parameter(token.text);
        break;
      case Token::Kind::text:
        out += quoted(token.text);
        break;
      default:
        out += token.text;
        break;
    }
  }
  return out + ")";
}

}  // namespace jiheng::ledgers
