#include "formats/multipart.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace hinomi {
namespace {

constexpr std::string_view kType = "multipart/form-data; boundary=----WebKitFormBoundary7MA4";

std::string part(std::string_view head, std::string_view content) {
  return fmt::format("------WebKitFormBoundary7MA4\r\n{}\r\n\r\n{}\r\n", head, content);
}
std::string named(std::string_view name, std::string_view content) {
  return part(fmt::format("Content-Disposition: form-data; name=\"{}\"", name), content);
}
const std::string kEnd = "------WebKitFormBoundary7MA4--\r\n";

TEST(Multipart, GivesEveryPartItsNameAndItsBytes) {
  const std::string binary("PK\x03\x04\r\n\0--\r\n------WebKit\r\n", 26);
  const std::string body =
      "preamble\r\n" + named("csrf", "abc") + named("note", "") +
      part(
          "Content-Type: application/octet-stream\r\ncontent-disposition: form-data; filename=\"a;name=x.xlsx\"; "
          "NAME=workbook",
          binary) +
      kEnd + "epilogue";
  const auto parts = read_form_parts(kType, body);
  ASSERT_TRUE(parts.ok()) << parts.error().detail;
  EXPECT_EQ(part_named(*parts, "csrf"), "abc");
  EXPECT_EQ(part_named(*parts, "note"), "");
  EXPECT_EQ(part_named(*parts, "workbook"), binary);
  EXPECT_EQ(part_named(*parts, "x.xlsx"), std::nullopt);
  EXPECT_EQ(part_named(*parts, "nothing"), std::nullopt);
}

TEST(Multipart, AFormWithoutPartsIsAForm) { EXPECT_TRUE(read_form_parts(kType, kEnd).ok()); }

TEST(Multipart, WhatIsNoneIsRefused) {
  const std::string whole = named("a", "b") + kEnd;
  ASSERT_TRUE(read_form_parts(kType, whole).ok());
  std::string many;
  for (std::size_t i = 0; i <= kMostFormParts; ++i) many += named("a", "b");
  for (const std::string& body :
       {std::string(), std::string("a=b&c=d"), named("a", "b"), std::string("------WebKitFormBoundary7MA4"),
        many + kEnd, named("", "b") + kEnd, part("Content-Type: text/plain", "b") + kEnd, part("", "b") + kEnd,
        "------WebKitFormBoundary7MA4\r\nContent-Disposition: form-data; name=\"a\"\r\n" + kEnd,
        part("X: " + std::string(5'000, 'x') + "\r\nContent-Disposition: form-data; name=\"a\"", "b") + kEnd,
        "------WebKitFormBoundary7MA4 Content-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n" + kEnd}) {
    const auto refused = read_form_parts(kType, body);
    ASSERT_FALSE(refused.ok()) << body.substr(0, 200);
    EXPECT_EQ(refused.error().code, "form.multipart");
  }
  for (std::size_t size = 0; size + 4 < whole.size(); ++size)
    EXPECT_FALSE(read_form_parts(kType, whole.substr(0, size)).ok()) << size;
  for (const std::string_view type :
       {"", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x",
        "multipart/form-data; boundary=\"x", "text/plain; multipart/form-data; boundary=x"})
    EXPECT_FALSE(read_form_parts(type, "--x--").ok()) << type;
  EXPECT_FALSE(
      read_form_parts("multipart/form-data; boundary=" + std::string(71, 'x'), "--" + std::string(71, 'x') + "--")
          .ok());
}

}  // namespace
}  // namespace hinomi
