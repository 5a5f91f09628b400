#include "formats/mail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/bytes.h"

namespace hinomi {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

std::string base64(std::string_view bytes) {
  return to_base64(ByteView(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

const std::string kHead =
    "From: =?UTF-8?B?5L2Q6Jek?= <sato@member.example>\r\nDate: Sun, 22 Nov 2026 02:05:00 +0900\r\n"
    "Subject: =?ISO-2022-JP?B?GyRCRUU1JDt2OE4bKEI=?=\r\nMIME-Version: 1.0\r\n";
const std::string kWorkbook = "PK\x03\x04 the workbook";

std::string attachment(const std::string& head, const std::string& content = base64(kWorkbook)) {
  return "--edge\r\n" + head + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + content + "\r\n";
}
std::string mail(const std::string& parts) {
  return kHead + "Content-Type: multipart/mixed; boundary=\"edge\"\r\n\r\nThis is a multi-part message.\r\n" +
         "--edge\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\nhello\r\n" + parts + "--edge--\r\n";
}
const std::string kPlainHead = "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=";

TEST(Mail, SaysWhoItSaysItIsFromAndGivesTheWorkbook) {
  const auto read = read_mail(mail(attachment(kPlainHead + "form.xlsx")));
  ASSERT_TRUE(read.ok()) << read.error().code << read.error().detail;
  EXPECT_EQ(read->head.from, "佐藤 <sato@member.example>");
  EXPECT_EQ(read->head.date, "Sun, 22 Nov 2026 02:05:00 +0900");
  EXPECT_EQ(read->head.subject, "電気事故");
  ASSERT_THAT(read->workbooks, SizeIs(1));
  EXPECT_EQ(read->workbooks[0].name, "form.xlsx");
  EXPECT_EQ(read->workbooks[0].content, kWorkbook);
}

TEST(Mail, NamesAreReadInEveryWayTheyAreWritten) {
  const std::vector<std::pair<std::string, std::string>> names{
      {"form.xlsx", "form.xlsx"},
      {"\"a;b \\\"c\\\".XLSX\"", "a;b \"c\".XLSX"},
      {"\"=?UTF-8?B?6YCf5aCxLnhsc3g=?=\"", "速報.xlsx"},
      {"\"=?ISO-2022-JP?B?GyRCQi5KcxsoQi54bHN4?=\"", "速報.xlsx"},
      {"\"=?shift_jis?B?kayV8S54bHN4?=\"", "速報.xlsx"},
      {"\"=?utf-8?Q?=E9=80=9F_=E5=A0=B1.xlsx?=\"", "速 報.xlsx"},
      {"\"=?UTF-8?B?6YCf?=\r\n =?UTF-8?B?5aCxLnhsc3g=?=\"", "速報.xlsx"}};
  for (const auto& [written, meant] : names) {
    const auto read = read_mail(mail(attachment(kPlainHead + written)));
    ASSERT_TRUE(read.ok()) << written;
    ASSERT_THAT(read->workbooks, SizeIs(1)) << written;
    EXPECT_EQ(read->workbooks[0].name, meant) << written;
  }
  const auto with = [](const std::string& parameters) {
    const auto read =
        read_mail(mail(attachment("Content-Type: x/y\r\nContent-Disposition: attachment;\r\n " + parameters)));
    return read.ok() && read->workbooks.size() == 1 ? read->workbooks[0].name : "none";
  };
  EXPECT_EQ(with("filename*=UTF-8''%E9%80%9F%E5%A0%B1.xlsx"), "速報.xlsx");
  EXPECT_EQ(with("filename*=iso-2022-jp'ja'%1B%24B%42%2E%4A%73%1B%28B.xlsx"), "速報.xlsx");
  EXPECT_EQ(with("filename*0*=UTF-8''%E9%80%9F; filename*1*=%E5%A0%B1; filename*2=.xlsx"), "速報.xlsx");
  EXPECT_EQ(with("filename*0=\"long na\"; filename*1=\"me.xlsx\""), "long name.xlsx");
}

TEST(Mail, AWorkbookIsKnownByItsTypeToo) {
  const std::string head =
      "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; name=\"no ending\"";
  EXPECT_THAT(read_mail(mail(attachment(head)))->workbooks, SizeIs(1));
  EXPECT_THAT(read_mail(mail(attachment("Content-Type: image/png; name=logo.png")))->workbooks, SizeIs(0));
}

TEST(Mail, PartsInPartsAndForwardedMailsAreLookedInto) {
  const std::string inner = mail(attachment(kPlainHead + "form.xlsx"));
  const std::string forwarded =
      "From: b@c.example\nContent-Type: multipart/mixed; boundary=outer\n\n--outer\nContent-Type: message/rfc822\n\n" +
      inner + "\n--outer--\n";
  const auto read = read_mail(forwarded);
  ASSERT_TRUE(read.ok()) << read.error().detail;
  EXPECT_THAT(read->workbooks, SizeIs(1));
  EXPECT_EQ(read->head.from, "b@c.example");  // who forwarded it, not who is quoted
}

TEST(Mail, AnAttachmentAloneIsAMailToo) {
  EXPECT_THAT(read_mail(kHead + kPlainHead + "f.xlsx\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64(kWorkbook))
                  ->workbooks,
              SizeIs(1));
  const auto quoted =
      read_mail(kHead + kPlainHead + "f.xlsx\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nPK=03=04 a=\r\nb");
  ASSERT_TRUE(quoted.ok());
  EXPECT_EQ(quoted->workbooks[0].content, "PK\x03\x04 ab");
}

TEST(Mail, WhatItShowsIsOneLineWithoutControlCharacters) {
  const auto read = read_mail("From: =?UTF-8?B?" + base64("a\x1B[31m\nb\x7F") +
                              "?= \xFF\r\nSubject: " + std::string(2000, 'x') + "\r\n\r\n");
  ASSERT_TRUE(read.ok());
  EXPECT_THAT(read->head.from, testing::StartsWith("a[31mb"));
  EXPECT_LT(read->head.subject.size(), 310U);
}

// Without its last boundary.
std::string cut_off() {
  std::string text = mail(attachment(kPlainHead + "f.xlsx"));
  text.resize(text.size() - std::string_view("--edge--\r\n").size());
  return text;
}

TEST(Mail, WhatIsNoMailOrIsDamagedIsRefused) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"mail.format", ""},
      {"mail.format", "PK\x03\x04"},
      {"mail.format", "hello world\r\n"},
      {"mail.format", "Subject: x\r\n\r\nno sender"},
      {"mail.damaged", mail(attachment(kPlainHead + "f.xlsx", "not base64!"))},
      {"mail.damaged", cut_off()},
      {"mail.damaged", kHead + "Content-Type: multipart/mixed\r\n\r\nx"},
      {"mail.damaged", kHead + kPlainHead + "f.xlsx\r\nContent-Transfer-Encoding: uuencode\r\n\r\nx"},
      {"mail.damaged", kHead + kPlainHead + "f.xlsx\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ"},
      {"mail.too_large", "From: a\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n"}};
  for (const auto& [code, text] : wrong) {
    const auto read = read_mail(text);
    ASSERT_FALSE(read.ok()) << code << text.substr(0, 80);
    EXPECT_EQ(read.error().code, code) << text.substr(0, 80);
  }
}

TEST(Mail, DepthPartsAndSizesAreBounded) {
  std::string deep = "Content-Type: text/plain\r\n\r\nx\r\n";
  for (int i = 0; i < 12; ++i) {
    const std::string edge = "e" + std::to_string(i);
    deep = "Content-Type: multipart/mixed; boundary=" + edge + "\r\n\r\n--" + edge + "\r\n" + deep + "\r\n--" + edge +
           "--\r\n";
  }
  EXPECT_EQ(read_mail("From: a\r\n" + deep).error().code, "mail.too_large");
  std::string many;
  for (int i = 0; i < 80; ++i) many += "--edge\r\n\r\nx\r\n";
  EXPECT_EQ(read_mail(mail(many)).error().code, "mail.too_large");
  EXPECT_EQ(read_mail(mail(attachment(kPlainHead + "f.xlsx")), {.max_bytes = 100}).error().code, "mail.too_large");
  EXPECT_EQ(read_mail(mail(attachment(kPlainHead + "f.xlsx")), {.max_file_bytes = 10}).error().code, "mail.too_large");
}

TEST(Mail, WhatCannotBeDecodedStaysAsItIs) {
  for (const char* text : {"=?x-unknown?B?YQ==?=", "=?utf-8?B?*?=", "=?utf-8?X?a?=", "=?utf-8?Q?=ZZ?=",
                           "=?utf-8?B?/w==?=", "=?utf-8?B?", "=?", "a =?b c", "="})
    EXPECT_EQ(decoded_words(text), text);
  EXPECT_EQ(decoded_words("Re: =?utf-8?Q?a?= b =?utf-8?Q?c?= =?utf-8?Q?d?="), "Re: a b cd");
}

}  // namespace
}  // namespace hinomi
