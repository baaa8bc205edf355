#include "base/json_writer.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace jiheng {
namespace {

TEST(JsonWriter, EscapesWhereverTheCharacterStands) {
  for (std::size_t before = 0; before < 40; ++before) {
    for (const std::size_t behind : {std::size_t{0}, std::size_t{1}, std::size_t{15}, std::size_t{2000}}) {
      const std::string front(before, 'a');
      const std::string back(behind, 'b');
      std::string text;
      JsonWriter(text).begin_object().field("k", front + "\"\\\n\x01绩" + back).end_object();
      EXPECT_EQ(text, "{\"k\":\"" + front + "\\\"\\\\\\n\\u0001绩" + back + "\"}");
    }
  }
}

TEST(JsonWriter, PartsWhatStandsSideBySide) {
  std::string text = "before ";
  JsonWriter out(text);
  out.begin_object().field("a", std::optional<std::string>()).field("b", std::optional<std::string>("x")).key("c").begin_array();
  out.integer(-12).boolean(true).null().string("").raw("[]").end_array();
  out.field(std::string_view("d\"e"), "f").key("g").begin_object().end_object().end_object();
  EXPECT_EQ(text, R"(before {"a":null,"b":"x","c":[-12,true,null,"",[]],"d\"e":"f","g":{}})");
}

TEST(JsonWriter, WritesMoreThanItsRoomHolds) {
  std::string text;
  JsonWriter out(text);
  std::string expected = "[";
  out.begin_array();
  for (int i = 0; i < 3000; ++i) {
    const std::string value(static_cast<std::size_t>(i), 'x');
    out.string(value);
    expected += (i == 0 ? "\"" : ",\"") + value + "\"";
  }
  out.end_array();
  EXPECT_EQ(text, expected + "]");
}

/// Whoever reads the string once nothing is open finds all of it, the writer alive or not.
TEST(JsonWriter, IsWholeWhenNothingIsOpen) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("a", "b").end_object();
  EXPECT_EQ(text, R"({"a":"b"})");
}

}  // namespace
}  // namespace jiheng
