#include "formats/received_file.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "formats/workbook.h"

namespace hinomi {
namespace {

std::string workbook(const std::string& text) {
  return write_workbook({.sheets = {{.name = "Sheet1", .cells = {{1, 1, text}}}}}).value();
}

std::string mail(const std::vector<std::string>& workbooks) {
  std::string text = "From: a@b.example\r\nDate: today\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n";
  for (const std::string& bytes : workbooks) {
    const ByteView view(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    text += "--edge\r\nContent-Type: x/y; name=form.xlsx\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
            to_base64(view) + "\r\n";
  }
  return text + "--edge--\r\n";
}

TEST(ReceivedFile, IsAWorkbookOrAMailWithAllItsWorkbooks) {
  const auto alone = read_received_file(workbook("x"));
  ASSERT_TRUE(alone.ok());
  EXPECT_FALSE(alone->mail.has_value());
  EXPECT_EQ(alone->tables.front().name, "Sheet1");
  const auto mailed = read_received_file(mail({workbook("x"), workbook("y")}));
  ASSERT_TRUE(mailed.ok()) << mailed.error().code;
  EXPECT_EQ(mailed->mail->from, "a@b.example");
  ASSERT_EQ(mailed->tables.size(), 2U);
  EXPECT_EQ(mailed->tables[0].name, "form.xlsx / Sheet1");
  EXPECT_EQ(mailed->tables[1].rows[0].fields[0], "y");
}

TEST(ReceivedFile, WhatItIsNotIsSaid) {
  EXPECT_EQ(read_received_file("hello").error().code, "workbook.format");
  EXPECT_EQ(read_received_file("").error().code, "workbook.format");
  EXPECT_EQ(read_received_file(mail({})).error().code, "mail.no_workbook");
  const auto damaged = read_received_file(mail({"PK\x03\x04 no"}));
  EXPECT_EQ(damaged.error().code, "workbook.damaged");
  EXPECT_TRUE(damaged.error().where.starts_with("form.xlsx")) << damaged.error().where;
}

TEST(ReceivedFile, TheAnswerOnThePipeIsWhatWasPutIn) {
  for (const std::string& bytes : {workbook("x"), mail({workbook("x")}), mail({}), std::string("hello")}) {
    const auto file = read_received_file(bytes);
    const auto again = parse_received_file(received_file_text(file));
    ASSERT_EQ(again.ok(), file.ok());
    if (file.ok()) {
      EXPECT_EQ(*again, *file);
    } else {
      EXPECT_EQ(again.error().code, file.error().code);
    }
  }
}

TEST(ReceivedFile, AnAnswerThatIsNoneIsNotBelieved) {
  for (const char* text : {"", "{}", "[]", R"({"answer":{"error":"signin.needed","detail":"Go to evil.example"}})",
                           R"({"mail":{"from":"a"},"answer":{"tables":[]}})", R"({"answer":{"tables":[[]]}})"})
    EXPECT_EQ(parse_received_file(text).error().code, "workbook.answer") << text;
}

}  // namespace
}  // namespace hinomi
