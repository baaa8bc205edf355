// The little of SQL that a declaration may say of its fields: comparisons, and, or, not, in, is null, + - *, case, coalesce, abs.
//
// It is checked when it is loaded, and every name in it must be a field: what comes out is safe to put into a statement.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace jiheng::ledgers {

/// Checked for its form alone; names are looked up when it becomes SQL.
class Expression {
 public:
  struct Token {
    enum class Kind { name, text, number, parameter, sign, word };
    Kind kind = Kind::sign;
    std::string text;
  };

  /// Error: expression (what is wrong, and with which word).
  static Result<Expression> parse(std::string_view text);

  const std::string& text() const { return text_; }
  std::span<const Token> tokens() const { return tokens_; }
  /// Names of fields in the order of their standing, as written ("state", "case.state").
  std::vector<std::string> names() const;
  /// `column` gives each name its place in the statement, `parameter` each :from, :to.
  std::string sql(const std::function<std::string(std::string_view name)>& column,
                  const std::function<std::string(std::string_view parameter)>& parameter) const;

 private:
  std::string text_;
  std::vector<Token> tokens_;
};

}  // namespace jiheng::ledgers
