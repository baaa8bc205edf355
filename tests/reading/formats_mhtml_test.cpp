#include <gtest/gtest.h>

#include <string>

#include "layout_picture.h"
#include "reading/formats/mime.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

constexpr std::string_view head = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"--=_B\"\r\n\r\nfor people\r\n\r\n";

std::string part(std::string_view fields, std::string_view content) {
  return "----=_B\r\n" + std::string(fields) + "\r\n\r\n" + std::string(content) + "\r\n";
}

std::string read(const std::string& bytes) {
  EXPECT_EQ(detect_format(bytes), Format::mhtml);
  EXPECT_EQ(format_code(Format::mhtml), "html");
  return picture(read_layout(bytes, Format::mhtml));
}

TEST(MhtmlFormat, ThePageIsReadWhateverItsEncoding) {
  EXPECT_EQ(read(std::string(head) + part("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", "AAAA") +
                 part("Content-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable",
                      "<table><tr><td cla=\r\nss=3Dx>=B3=C9=B1=BE</td><td>1=</td></tr></table>") +
                 "----=_B--\r\n"),
            "▦\n| 成本 | 1= |\n");
  EXPECT_EQ(read(std::string(head) + part("Content-Transfer-Encoding: base64\r\nContent-Type: text/html",
                                          "PHRhYmxlPjx0cj48dGQ+5oiQ\r\n5pysPC90ZD48dGQ+MTwvdGQ+PC90cj48L3RhYmxlPg==")),
            "▦\n| 成本 | 1 |\n");
}

TEST(MhtmlFormat, EachSheetOfExcelIsAPage) {
  const auto page = [](std::string_view name, std::string_view html) {
    return part("Content-Location: file:///C:/" + std::string(name) + "\r\nContent-Type: text/html", html);
  };
  EXPECT_EQ(
      read(std::string(head) + page("book.htm", "<html><frameset><frame src=sheet001.htm></frameset></html>") +
           page("tabstrip.htm", "<table><tr><td>甲<td>乙</table>") + page("sheet001.htm", "<html><table><tr><td>一<td>二</table></html>") +
           page("sheet002.htm", "<html><table><tr><td>三<td>四</table></html>")),
      "▦\n| 一 | 二 |\n▦\n| 三 | 四 |\n");
}

TEST(MhtmlFormat, FramesInAPageStandWhereItShowsThem) {
  // As Chrome saves them; each once, whatever goes round in a circle.
  EXPECT_EQ(
      read(
          std::string(head) +
          part(
              "Content-ID: <frame-1@mhtml.blink>\r\nContent-Location: http://a/\r\nContent-Type: text/html",
              "<p>上</p><IFRAME class=x src=\"cid:Frame-2@mhtml.blink\"></IFRAME><p>下</p><iframe src='http://a/b?x=1&amp;y=2'></iframe>") +
          part("Content-ID: <frame-2@mhtml.blink>\r\nContent-Type: text/html",
               "<table><tr><td>甲<td>乙</table><iframe src=\"cid:frame-1@mhtml.blink\"></iframe>") +
          part("Content-Location: http://a/b?x=1&y=2\r\nContent-Type: text/html", "<p>末</p>")),
      "¶ 上\n▦\n| 甲 | 乙 |\n¶ 下\n¶ 末\n");
}

TEST(MhtmlFormat, WithoutAPageItIsDamaged) {
  const std::string bytes = std::string(head) + part("Content-Type: image/png", "x");
  EXPECT_EQ(error_code(read_layout(bytes, detect_format(bytes))), "damaged");
}

TEST(Mime, DamagedEncodingsGiveWhatThereIs) {
  EXPECT_EQ(decode_quoted_printable("a=3Db=\r\nc=\nd=zz="), "a=bcd=zz=");
  EXPECT_EQ(decode_base64("QU*JD\nRA="), "ABCD");
}

}  // namespace
}  // namespace jiheng::reading
