// The small parts: bodies and parameters, the cache of answers, the stored zip, languages, names for saving.
#include <gtest/gtest.h>

#include "desks/performance/imports.h"
#include "service/api/answer_cache.h"
#include "service/api/bodies.h"
#include "service/api/stored_zip.h"
#include "service/http/message.h"

namespace jiheng::service {
namespace {

template <class T>
std::string code_of(const Result<T>& result) {
  return result.ok() ? "" : result.error().code;
}

TEST(Bodies, TablesComeWithTheReason) {
  const auto body = tables_body(R"({"tables":[{"kind":"project","unit_name":"甲局","indicators":[]}],"why":" 按意见修改 "})");
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(body->tables.at(0).unit_name, "甲局");
  EXPECT_EQ(body->why, "按意见修改");
  EXPECT_EQ(tables_body(R"({"tables":[],"why":null})")->why, std::nullopt);
}

TEST(Bodies, WhatIsWrongIsToldApart) {
  EXPECT_EQ(code_of(tables_body("{")), "json-syntax");
  EXPECT_EQ(code_of(tables_body("")), "json-syntax");
  EXPECT_EQ(code_of(tables_body("{\"tables\":[],}")), "json-syntax");
  EXPECT_EQ(code_of(tables_body("[]")), "json-shape");
  EXPECT_EQ(code_of(tables_body("{}")), "json-shape");
  EXPECT_EQ(code_of(tables_body(R"({"tables":[],"why":7})")), "json-shape");
  EXPECT_EQ(code_of(tables_body(R"({"tables":[{"kind":"nonsense","indicators":[]}]})")), "invalid-table");
  EXPECT_EQ(code_of(tables_body(R"({"tables":[7]})")), "invalid-table");
  EXPECT_EQ(code_of(tables_body("{\"tables\":" + std::string(10'000, '[') + std::string(10'000, ']') + "}")), "json-syntax");
  EXPECT_EQ(code_of(action_body("{}")), "json-shape");
  EXPECT_EQ(code_of(action_body(R"({"action":1})")), "json-shape");
  EXPECT_EQ(action_body(R"({"action":"submit"})")->opinion, std::nullopt);
}

Request with_header(std::string name, std::string value) {
  Request request;
  request.headers = {{std::move(name), std::move(value)}};
  return request;
}

TEST(Bodies, IfMatchNamesARevision) {
  EXPECT_EQ(*if_match(with_header("if-match", "\"12\"")), 12);
  EXPECT_EQ(*if_match(with_header("If-Match", "W/\"3\"")), 3);
  EXPECT_EQ(*if_match(with_header("If-Match", "4")), 4);
  for (const char* bad : {"", "*", "\"\"", "\"x\"", "\"0\"", "\"-1\"", "\"99999999999\"", "\"1\", \"2\""}) {
    EXPECT_EQ(code_of(if_match(with_header("If-Match", bad))), "if-match-missing") << bad;
  }
}

TEST(Bodies, IfNoneMatchIsAList) {
  EXPECT_TRUE(names_etag("\"1\", W/\"2\"", "\"2\""));
  EXPECT_TRUE(names_etag("*", "\"2\""));
  EXPECT_FALSE(names_etag("\"12\"", "\"2\""));
  EXPECT_FALSE(names_etag("", "\"2\""));
}

CachedAnswer answer_of(std::string body) {
  return {std::make_shared<const std::string>(std::move(body)), ""};
}

TEST(AnswerCache, AnAnswerIsGoodForTheHeadItWasMadeUnder) {
  AnswerCache cache(10'000);
  EXPECT_FALSE(cache.find("/a", "1"));
  cache.keep("/a", "1", answer_of("one"));
  EXPECT_EQ(*cache.find("/a", "1")->body, "one");
  EXPECT_FALSE(cache.find("/a", "2"));
  cache.keep("/a", "2", answer_of("two"));
  EXPECT_EQ(*cache.find("/a", "2")->body, "two");
  EXPECT_FALSE(cache.find("/a", "1"));
}

TEST(AnswerCache, StaysWithinItsBytesAndForgetsTheLeastUsed) {
  AnswerCache cache(10'000);
  for (int i = 0; i < 10; ++i) {
    cache.keep("/" + std::to_string(i), "h", answer_of(std::string(2'000, 'x')));
    EXPECT_TRUE(cache.find("/0", "h")) << i;
    EXPECT_LE(cache.bytes(), 10'000U);
  }
  EXPECT_FALSE(cache.find("/1", "h"));
  EXPECT_TRUE(cache.find("/9", "h"));
  cache.keep("/huge", "h", answer_of(std::string(20'000, 'x')));
  EXPECT_LE(cache.bytes(), 10'000U);
}

TEST(StoredZip, OpensAgainWithNamesInChinese) {
  const auto files = reading::unpack({{"全部.zip", stored_zip({{"甲局/表.txt", "一"}, {"乙局.txt", std::string(100'000, 'x')}})}});
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].name, "全部.zip/甲局/表.txt");
  EXPECT_EQ(files[0].bytes, "一");
  EXPECT_EQ(files[1].bytes.size(), 100'000U);
}

TEST(Message, EnglishIsSpokenToThoseWhoAskForIt) {
  const auto english = [](std::string value) { return asks_for_english(with_header("Accept-Language", std::move(value))); };
  EXPECT_TRUE(english("en"));
  EXPECT_TRUE(english("en-GB,en;q=0.9,zh;q=0.8"));
  EXPECT_FALSE(english("zh-CN,zh;q=0.9,en;q=0.8"));
  EXPECT_FALSE(english("zh;q=0.5,en;q=0.4"));
  EXPECT_FALSE(english(""));
  EXPECT_FALSE(english("e,;q=,,q=1,en;q=0"));
  EXPECT_FALSE(english("zh-CN,zh;q=0.9,en;q=0.8,e"));  // the fuzzer read behind it
  // A browser names its own language whatever the page's is.
  Request browser = with_header("Accept-Language", "en-US,en;q=0.9");
  browser.headers.emplace_back("Sec-Fetch-Site", "same-origin");
  EXPECT_FALSE(asks_for_english(browser));
}

TEST(Message, NamesForSavingKeepTheirCharacters) {
  const auto response = download_response("x", "甲局 \"2026\".docx\r\nX: y", "application/pdf");
  EXPECT_EQ(response.headers.at(0).second, "attachment; filename*=UTF-8''%E7%94%B2%E5%B1%80%20%222026%22.docx%0D%0AX%3A%20y");
}

}  // namespace
}  // namespace jiheng::service
