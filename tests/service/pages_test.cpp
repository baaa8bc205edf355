#include "service/api/pages.h"

#include <gtest/gtest.h>

namespace jiheng::service {
namespace {

const embedded::File files[] = {
    {"index.html", "<p>index</p>"}, {"assets/app-1a2b.js", "script"}, {"assets/app-1a2b.js.gz", "compressed"}, {"favicon.svg", "<svg/>"}};

Request request_for(std::vector<std::string> path, Pairs headers = {}) {
  Request request;
  request.method = "GET";
  request.path = std::move(path);
  request.headers = std::move(headers);
  return request;
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

TEST(Pages, PathsOfTheApplicationGiveItsIndex) {
  const Pages pages(files);
  EXPECT_EQ(view(pages.answer(request_for({})).body), "<p>index</p>");
  const auto deep = pages.answer(request_for({"submissions", "0193", "history"}));
  EXPECT_EQ(view(deep.body), "<p>index</p>");
  EXPECT_EQ(deep.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(header(deep, "Cache-Control"), "no-cache");
}

TEST(Pages, AMissingFileIsNotFoundRatherThanTheIndex) {
  const Pages pages(files);
  EXPECT_EQ(pages.answer(request_for({"assets", "old-9f.js"})).status, 404);
}

TEST(Pages, HashedAssetsAreKeptForEverAndSentCompressedToThoseWhoTakeIt) {
  const Pages pages(files);
  const auto plain = pages.answer(request_for({"assets", "app-1a2b.js"}));
  EXPECT_EQ(view(plain.body), "script");
  EXPECT_NE(header(plain, "Cache-Control").find("immutable"), std::string::npos);
  const auto compressed = pages.answer(request_for({"assets", "app-1a2b.js"}, {{"Accept-Encoding", "gzip, br"}}));
  EXPECT_EQ(view(compressed.body), "compressed");
  EXPECT_EQ(header(compressed, "Content-Encoding"), "gzip");
  EXPECT_EQ(compressed.content_type, "text/javascript; charset=utf-8");
}

TEST(Pages, AnUnchangedPageIsNotSentAgain) {
  const Pages pages(files);
  const auto first = pages.answer(request_for({"favicon.svg"}));
  const auto again = pages.answer(request_for({"favicon.svg"}, {{"If-None-Match", header(first, "ETag")}}));
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(view(again.body), "");
}

TEST(Pages, WithoutPagesThereIsOneThatSaysSo) {
  const Pages pages({});
  const auto answer = pages.answer(request_for({}));
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(view(answer.body).find("tools/build_web"), std::string_view::npos);
}

}  // namespace
}  // namespace jiheng::service
