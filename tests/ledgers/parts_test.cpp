// The parts of a ledger: expressions, values, rent, the tree of hashes, declarations with their faults.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/text.h"
#include "ledgers/catalogue.h"
#include "ledgers/expression.h"
#include "ledgers/numbering.h"
#include "ledgers/rent.h"
#include "ledgers/rows.h"
#include "ledgers/value.h"

namespace jiheng::ledgers {
namespace {

std::string sql_of(std::string_view text) {
  const auto parsed = Expression::parse(text);
  if (!parsed) return "! " + parsed.error().message;
  return parsed->sql([](std::string_view name) { return "<" + std::string(name) + ">"; },
                     [](std::string_view parameter) { return "[" + std::string(parameter) + "]"; });
}

TEST(Expressions, KeepToTheirFormAndQuoteWhatTheySay) {
  EXPECT_EQ(sql_of("state in ('a', 'it''s')"), "(<state> in ( 'a' , 'it''s' ))");
  EXPECT_EQ(sql_of("due_on <= :to and case.amount is not null"), "(<due_on> <= [:to] and <case.amount> is not null)");
  EXPECT_EQ(sql_of("a -- b"), "(<a> - - <b>)") << "never a comment";
  EXPECT_EQ(sql_of("coalesce(a, b) - abs(c)"), "(coalesce ( <a> , <b> ) - abs ( <c> ))");
}

TEST(Expressions, RefuseWhateverIsNoExpressionOfFields) {
  for (const char* text :
       {"", "a b", "a =", "(a", "a) ", "a; drop", "a = \"b\"", "select a", "a in", "a = 'b", "f(a)", ":when < a", "a = b = 'c' d"}) {
    EXPECT_TRUE(sql_of(text).starts_with("!")) << text;
  }
}

Field field_of(Kind kind) {
  Field field;
  field.name = "f";
  field.kind = kind;
  field.choices = {{"void", "作废"}};
  return field;
}

std::string read(Kind kind, std::string_view text) {
  TextPool pool;
  const Field field = field_of(kind);
  const auto value = parse_value(field, text, pool);
  return value ? written(field, *value) : "! " + value.error().message;
}

TEST(Values, AreReadAsPeopleWriteThem) {
  for (const char* day :
       {"2026-03-05", "2026.3.5", "2026/03/05", "2026年3月5日", "20260305", "46086", "２０２６年３月５日", "2026-03-05 00:00:00"}) {
    EXPECT_EQ(read(Kind::date, day), "2026-03-05") << day;
  }
  for (const char* time :
       {"2026-03-05T14:30:00+08:00", "2026-03-05T06:30:00Z", "2026-03-05 14:30", "2026年3月5日14时30分", "2026-03-05T01:30:00-05:00"}) {
    EXPECT_EQ(read(Kind::time, time), "2026-03-05T14:30:00+08:00") << time;
  }
  EXPECT_EQ(read(Kind::time, "46086.5"), "2026-03-05T12:00:00+08:00");
  for (const char* month : {"2026-03", "2026年3月", "202603", "2026-03-01", "46082"})
    EXPECT_EQ(read(Kind::month, month), "2026-03") << month;
  EXPECT_EQ(read(Kind::amount, "¥1,234,567.8元"), "1234567.80");
  EXPECT_EQ(read(Kind::amount, "-0.05"), "-0.05");
  EXPECT_EQ(read(Kind::decimal, "2.50%"), "2.5");
  EXPECT_EQ(read(Kind::yes_no, "是"), "yes");
  EXPECT_EQ(read(Kind::choice, "作废"), "void");
}

TEST(Values, ThatAreNoneAreRefusedWithAReason) {
  for (const auto& [kind, text] : std::initializer_list<std::pair<Kind, const char*>>{{Kind::date, "2026-02-30"},
                                                                                      {Kind::date, "2026-03-05 10:00"},
                                                                                      {Kind::date, "3月5日"},
                                                                                      {Kind::date, "12"},
                                                                                      {Kind::time, "2026-03-05 25:00"},
                                                                                      {Kind::time, "2026-03-05T10:00:00+99:00"},
                                                                                      {Kind::month, "2026-13"},
                                                                                      {Kind::amount, "1.005"},
                                                                                      {Kind::amount, "12,34"},
                                                                                      {Kind::amount, "1e5"},
                                                                                      {Kind::amount, "99999999999999999999"},
                                                                                      {Kind::integer, "1.5"},
                                                                                      {Kind::year, "26"},
                                                                                      {Kind::yes_no, "也许"},
                                                                                      {Kind::choice, "无效"},
                                                                                      {Kind::text, "a\x01"}}) {
    EXPECT_TRUE(read(kind, text).starts_with("!")) << text;
  }
}

TEST(Rent, RunsByTheLeasesOwnMonthsAndStepsByWholeYears) {
  const Date start = *Date::parse("2024-01-31");
  EXPECT_EQ(first_day(start, 2).text(), "2024-02-29");
  EXPECT_EQ(first_day(start, 14).text(), "2025-02-28");
  EXPECT_EQ(stepped_rent(100'000, 3'000'000, 1), 103'000);
  EXPECT_EQ(stepped_rent(100'050, 5'000'000, 1), 105'053) << "105 052.5 rounds up";
  EXPECT_EQ(stepped_rent(100'000, 2'500'000, 20), 163'862) << "exact over sixty digits";
  LeaseTerms terms{start, *Date::parse("2026-01-15"), std::nullopt, 100'000, 2, 3'000'000};
  const auto months = months_due(terms, *Date::parse("2030-01-01"));
  ASSERT_EQ(months.size(), 24U) << "a month that begins after the end is not due, the last part month is whole";
  EXPECT_EQ(months[1].fen, 0);
  EXPECT_EQ(months[2].fen, 100'000);
  EXPECT_EQ(months[12].fen, 103'000);
  terms.terminated_on = *Date::parse("2024-03-31");
  EXPECT_EQ(months_due(terms, *Date::parse("2030-01-01")).size(), 3U) << "the month that begins on the last day is due";
}

TEST(MerkleTrees, AreThoseOfRfc6962) {
  MerkleTree tree;
  EXPECT_EQ(tree.root(), sha256_hex(""));
  tree.add("");
  EXPECT_EQ(tree.root(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  for (const std::string_view leaf : {std::string_view("\x00", 1), std::string_view("\x10"), std::string_view(" !"), std::string_view("01"),
                                      std::string_view("@ABC"), std::string_view("PQRSTUVW"), std::string_view("`abcdefghijklmno")}) {
    tree.add(leaf);
  }
  EXPECT_EQ(tree.root(), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

std::string fault_of(const std::string& yaml) {
  const embedded::File file{"desk/test.yaml", yaml};
  const auto catalogue = Catalogue::of_files({&file, 1});
  return catalogue ? "" : catalogue.error().message;
}

TEST(Declarations, TellFileLineAndReason) {
  const std::string head = "desk: d\nlabel: 岗位\ntypes:\n  - type: t\n    label: 台账\n    fields:\n";
  EXPECT_EQ(fault_of(head + "      - {name: a, label: 甲}\n"), "");
  EXPECT_EQ(fault_of(head + "      - {name: a, label: 甲, type: money}\n"), "台账声明 desk/test.yaml 第7行：字段类型“money”不认识。");
  EXPECT_EQ(fault_of(head + "      - {name: a, label: 甲, mandatory: true}\n"), "台账声明 desk/test.yaml 第7行：“mandatory”不认识。");
  EXPECT_EQ(fault_of(head + "      - {name: until, label: 甲}\n"), "台账声明 desk/test.yaml 第7行：“until”是程序自己用的名称。");
  EXPECT_EQ(fault_of(head + "      - {name: a, label: 甲, type: reference, to: nowhere}\n"), "台账声明里“台账”的“甲”：没有台账“nowhere”。");
  EXPECT_EQ(fault_of(head + "      - [a\n").substr(0, 36), std::string("台账声明 desk/test.yaml 第8行：YAML").substr(0, 36));
  const std::string measure =
      head + "      - {name: a, label: 甲, type: date}\nmeasures:\n  - {id: m, label: 数, unit: 个, of: t, period: a, value: {count: true}";
  EXPECT_EQ(fault_of(measure + "}\n"), "");
  EXPECT_EQ(fault_of(measure + ", scope: b = 1}\n"), "台账声明里指标“m”：没有字段“b”。");
  EXPECT_EQ(fault_of(measure + ", scope: a = }\n"), "台账声明 desk/test.yaml 第9行：“scope”没有写完。");
}

TEST(Declarations, AndValuesAreToldInWholeCharacters) {
  EXPECT_EQ(fault_of("desk: \xB5\xC0\n"), "台账声明 desk/test.yaml：不是 UTF-8 编码，请另存为 UTF-8。") << "GBK";
  EXPECT_EQ(sql_of("a 且 b"), "! “且”不能用");
  std::string longer;
  for (int i = 0; i < 30; ++i) longer += "项x";
  EXPECT_TRUE(is_valid_utf8(read(Kind::date, longer)));
}

TEST(Declarations, OfLimitsNumbersAndPagesAreChecked) {
  const std::string head =
      "desk: d\nlabel: 岗位\ntypes:\n  - type: t\n    label: 台账\n    key: no\n    fields:\n      - {name: no, label: 号, required: "
      "true}\n"
      "      - {name: a, label: 甲, type: date}\n      - {name: b, label: 乙, type: time}\n";
  const auto limit = [&](const std::string& more) {
    return fault_of(head + "    limits:\n      - {name: l, label: 期限, from: a, until: b, " + more + "}\n");
  };
  EXPECT_EQ(limit("days: 3"), "");
  EXPECT_NE(limit("days: 3, hours: 2").find("第12行"), std::string::npos);
  EXPECT_NE(limit("hours: 2").find("起止都应是时间"), std::string::npos);
  EXPECT_EQ(limit("days: 3, steps: [{when: \"no = 'x'\", days: 5}]"), "");
  EXPECT_NE(limit("days: 3, steps: [{when: \"colour = 'x'\", days: 5}]").find("colour"), std::string::npos);
  EXPECT_NE(limit("days: 3, steps: [{when: \"no = 'x'\"}]").find("deadline"), std::string::npos);
  EXPECT_NE(fault_of(head + "      - {name: c, label: 丙, number: \"A{m}\"}\n").find("编号规则"), std::string::npos);
  const std::string page = head + "page:\n  charts:\n    - {chart: groups, label: 图, of: t, by: ";
  EXPECT_NE(fault_of(page + "a}\n").find("“a”不是选项字段"), std::string::npos);
  EXPECT_NE(fault_of(head + "page:\n  work: [t]\n").find("不是有状态的台账"), std::string::npos);
}

TEST(Numbers, FollowTheirRule) {
  const auto rule = NumberRule::parse("评审〔{year}〕{n}号");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->number(2026, 12), "评审〔2026〕12号");
  EXPECT_EQ(rule->serial(2026, "评审〔2026〕12号"), 12);
  EXPECT_EQ(rule->serial(2026, "评审〔2025〕12号"), std::nullopt);
  EXPECT_EQ(rule->serial(2026, "评审〔2026〕一二号"), std::nullopt);
  EXPECT_EQ(NumberRule::parse("PS{year}-{n:3}")->number(2026, 7), "PS2026-007");
  EXPECT_EQ(NumberRule::parse("PS{year}-{n:3}")->number(2026, 1234), "PS2026-1234");
  for (const char* bad : {"PS", "{n}{n}", "{n:x}", "{yr}{n}", "{n"}) EXPECT_FALSE(NumberRule::parse(bad)) << bad;
}

TEST(Declarations, OfTheProgramHold) {
  const Catalogue& catalogue = Catalogue::shipped();
  EXPECT_EQ(catalogue.types().size(), 37U);
  EXPECT_EQ(catalogue.papers().size(), 13U);
  EXPECT_EQ(catalogue.measures().size(), 36U);
}

}  // namespace
}  // namespace jiheng::ledgers
