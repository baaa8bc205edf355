#include "service/http/multipart.h"

#include <gtest/gtest.h>

namespace jiheng::service {
namespace {

/// Keeps what the parser finds.
struct Kept : PartSink {
  struct Part {
    PartHead head;
    std::string bytes;
    bool ended = false;
  };
  std::vector<Part> parts;

  Result<Done> part_begins(const PartHead& head) override {
    parts.push_back({head, {}, false});
    return Done{};
  }
  Result<Done> part_bytes(std::string_view bytes) override {
    parts.back().bytes += bytes;
    return Done{};
  }
  Result<Done> part_ends() override {
    parts.back().ended = true;
    return Done{};
  }
};

const std::string two_files =
    "a preamble that is to be passed over\r\n"
    "--b0undary\r\n"
    "Content-Disposition: form-data; name=\"files\"; filename=\"财政局/整体.txt\"\r\n"
    "Content-Type: text/plain\r\n\r\n"
    "first\r\n--b0undar is no boundary\r\n--\r\n"
    "\r\n--b0undary  \r\n"
    "content-disposition: FORM-DATA; filename=b.docx; name=files\r\n\r\n"
    "\r\n--b0undary--\r\nan epilogue";

/// The body in two pieces, parted at `split`; the error's code, or "" and the parts in `kept`.
std::string parse(std::string_view body, Kept& kept, std::size_t split, std::string_view boundary = "b0undary") {
  MultipartParser parser(boundary, kept);
  for (const std::string_view piece : {body.substr(0, split), body.substr(split)}) {
    if (auto fed = parser.feed(piece); !fed) return fed.error().code;
  }
  const auto finished = parser.finish();
  return finished ? "" : finished.error().code;
}

TEST(Multipart, TheSplitOfTheStreamMakesNoDifference) {
  for (std::size_t split = 0; split <= two_files.size(); ++split) {
    Kept kept;
    ASSERT_EQ(parse(two_files, kept, split), "") << "split at " << split;
    ASSERT_EQ(kept.parts.size(), 2U) << "split at " << split;
    EXPECT_EQ(kept.parts[0].bytes, "first\r\n--b0undar is no boundary\r\n--\r\n") << "split at " << split;
    EXPECT_EQ(kept.parts[0].head.file_name, "财政局/整体.txt");
    EXPECT_EQ(kept.parts[1].bytes, "") << "split at " << split;
    EXPECT_EQ(kept.parts[1].head.file_name, "b.docx");
    EXPECT_TRUE(kept.parts[0].ended && kept.parts[1].ended);
  }
}

TEST(Multipart, ByteByByteIsTheSameAsAtOnce) {
  Kept kept;
  MultipartParser parser("b0undary", kept);
  for (const char& byte : two_files) ASSERT_TRUE(parser.feed({&byte, 1}));
  ASSERT_TRUE(parser.finish());
  ASSERT_EQ(kept.parts.size(), 2U);
  EXPECT_EQ(kept.parts[0].bytes, "first\r\n--b0undar is no boundary\r\n--\r\n");
}

TEST(Multipart, ABodyWithoutItsClosingBoundaryIsIncomplete) {
  for (std::size_t cut = 0; cut + 16 < two_files.size(); cut += 7) {
    Kept kept;
    EXPECT_EQ(parse(two_files.substr(0, cut), kept, cut / 2), "multipart-syntax") << "cut at " << cut;
  }
}

TEST(Multipart, BrokenHeadsAreRefused) {
  Kept kept;
  EXPECT_EQ(parse("--b0undary\r\nContent-Type: text/plain\r\n\r\nx\r\n--b0undary--", kept, 5), "multipart-syntax");
  EXPECT_EQ(parse("--b0undaryjunk\r\n\r\nx\r\n--b0undary--", kept, 5), "multipart-syntax");
  EXPECT_EQ(parse("--b0undary\r\n" + std::string(9000, 'x') + "\r\n\r\n", kept, 5), "multipart-syntax");
}

TEST(Multipart, ALineWithoutEndAfterTheBoundaryIsRefusedBeforeItGrows) {
  Kept kept;
  MultipartParser parser("b0undary", kept);
  EXPECT_FALSE(parser.feed("--b0undary" + std::string(300, ' ')));
}

TEST(Multipart, TheSinksRefusalEndsTheParsing) {
  struct Refusing : Kept {
    Result<Done> part_bytes(std::string_view) override { return Error{"too-large", "太大。", {}}; }
  } refusing;
  EXPECT_EQ(parse(two_files, refusing, 10), "too-large");
}

TEST(Multipart, APartWithoutFileNameIsNoFile) {
  Kept kept;
  ASSERT_EQ(parse("--b0undary\r\nContent-Disposition: form-data; name=\"why\"\r\n\r\n补正\r\n--b0undary--\r\n", kept, 30), "");
  EXPECT_FALSE(kept.parts.at(0).head.is_file);
  EXPECT_EQ(kept.parts.at(0).bytes, "补正");
}

TEST(Multipart, FileNamesComeAsBrowsersAndCurlSendThem) {
  const auto name_of = [](const std::string& parameter) {
    Kept kept;
    EXPECT_EQ(parse("--b0undary\r\nContent-Disposition: form-data; name=\"files\"; " + parameter + "\r\n\r\n\r\n--b0undary--", kept, 0),
              "");
    return kept.parts.at(0).head.file_name;
  };
  EXPECT_EQ(name_of("filename=\"a \\\"b\\\".txt\""), "a \"b\".txt");
  EXPECT_EQ(name_of("filename=\"a %22b%22.txt\""), "a \"b\".txt");
  EXPECT_EQ(name_of("filename=\"C:\\fakepath\\表.docx\""), "fakepath/表.docx");
  EXPECT_EQ(name_of("filename=\"x.txt\"; filename*=UTF-8''%E8%A1%A8.docx"), "表.docx");
  EXPECT_EQ(name_of("filename=\"a;b=c.txt\""), "a;b=c.txt");
  EXPECT_EQ(name_of("filename=\"unclosed"), "unclosed");
}

TEST(Multipart, CleanNamesNeverLeadOutOfTheirFolder) {
  EXPECT_EQ(clean_file_name("../../etc/passwd"), "etc/passwd");
  EXPECT_EQ(clean_file_name("/a/./b//c.txt"), "a/b/c.txt");
  EXPECT_EQ(clean_file_name("D:\\表\\一.xlsx"), "表/一.xlsx");
  EXPECT_EQ(clean_file_name("a\r\nb\x01.txt"), "ab.txt");
  EXPECT_EQ(clean_file_name(".."), "");
  const std::string longest = clean_file_name(std::string(10000, 'x') + "表.docx");
  EXPECT_LE(longest.size(), 250U);
  EXPECT_TRUE(longest.ends_with("表.docx"));
}

TEST(Multipart, TheBoundaryComesFromTheContentType) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=----WebKitFormBoundaryX"), "----WebKitFormBoundaryX");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; boundary=\"a b\""), "a b");
  EXPECT_EQ(multipart_boundary("multipart/form-data"), "");
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary="), "");
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'x')), "");
  EXPECT_EQ(multipart_boundary("application/json; boundary=x"), "");
}

}  // namespace
}  // namespace jiheng::service
