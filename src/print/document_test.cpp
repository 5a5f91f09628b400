#include "print/document.h"

#include <gmock/gmock.h>

namespace hinomi::print {
namespace {

Document a_document() {
  Document document;
  document.marking = "TLP:AMBER+STRICT";
  document.caveat = "加盟社限り";
  document.number = "NR-2026-0142";
  document.version = "第2報";
  document.title = "変電所の監視制御端末に不審な操作";
  document.issuer = "火の見";
  document.created = parse_rfc3339("2026-11-22T02:05:00Z").value();
  document.badge = "未検証の様式";
  document.blocks = {
      Heading{"概要", 1},
      Paragraph{"一行目\n二行目"},
      Table{"項目",
            "内容",
            {{"認知時刻", "2026-11-22 02:05 (日)", Tone::Said, std::nullopt},
             {"停電戸数", "1,200 戸", Tone::Said, "800 戸"},
             {"原因", "調査中", Tone::Silent, ""}}},
      List{{"a", "b"}, Marker::Number, Tone::Code},
      Note{"様式は未検証です。"},
  };
  return document;
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

Error refusal(const Result<Document>& result) { return result.ok() ? Error{} : result.error(); }
Error refusal(const Status& status) { return status.ok() ? Error{} : status.error(); }

TEST(PrintDocument, ComesBackFromItsJsonAsItWas) {
  const auto read = parse_document(to_json(a_document()));
  ASSERT_TRUE(read.ok()) << read.error().detail << read.error().where;
  EXPECT_EQ(*read, a_document());
  EXPECT_EQ(to_json(*read), to_json(a_document()));
}

struct Broken {
  const char* from;
  const char* to;
  const char* code;
  const char* where;
};

class BrokenJson : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenJson, IsRefusedWithItsPlace) {
  const auto read = parse_document(with(to_json(a_document()), GetParam().from, GetParam().to));
  EXPECT_EQ(refusal(read).code, GetParam().code);
  EXPECT_EQ(refusal(read).where, GetParam().where);
}

INSTANTIATE_TEST_SUITE_P(
    PrintDocument, BrokenJson,
    ::testing::Values(Broken{R"("ja")", R"("fr")", "print.malformed", "/language"},
                      Broken{R"("marking":)", R"("marks":)", "print.malformed", "/marks"},
                      Broken{"TLP:AMBER+STRICT", " ", "print.malformed", "/marking"},
                      Broken{"NR-2026-0142", "", "print.malformed", "/number"},
                      Broken{"2026-11-22T02:05:00.000000Z", "yesterday", "print.malformed", "/created"},
                      Broken{R"("level":1)", R"("level":4)", "print.malformed", "/blocks/0/level"},
                      Broken{R"("level":1)", R"("level":"1")", "print.malformed", "/blocks/0/level"},
                      Broken{R"("level":1)", R"("level":4294967297)", "print.malformed", "/blocks/0/level"},
                      Broken{R"("kind":"note")", R"("kind":"script")", "print.malformed", "/blocks/4/kind"},
                      Broken{R"("tone":"silent")", R"("tone":"loud")", "print.malformed", "/blocks/2/rows/2/tone"},
                      Broken{R"("before":"800 戸")", R"("before":null)", "print.malformed", "/blocks/2/rows/1/before"},
                      Broken{R"(["a","b"])", R"(["a",7])", "print.malformed", "/blocks/3/items"},
                      Broken{R"(["a","b"])", R"({"a":1})", "print.malformed", "/blocks/3/items"},
                      Broken{R"(["a","b"])", R"([[[[[[[["a"]]]]]]]])", "json.too_deep", ""}));

TEST(PrintDocument, WhatIsNotAnObjectIsRefused) {
  for (const char* text : {"[]", "[{}]", "{}", R"({"blocks":[7]})"}) {
    EXPECT_EQ(refusal(parse_document(text)).code, "print.malformed") << text;
  }
}

TEST(PrintDocument, TenThousandRowsAreRefused) {
  Document document = a_document();
  document.blocks = {Table{"", "", std::vector<Row>(10'000, Row{"a", "b", Tone::Said, std::nullopt})}};
  EXPECT_EQ(refusal(check(document)).code, "print.too_large");
  EXPECT_EQ(refusal(check(document)).where, "/blocks/0/rows/3999");
  EXPECT_EQ(refusal(parse_document(to_json(document))).code, "print.too_large");
}

TEST(PrintDocument, ManyBlocksTogetherMeetTheSameBound) {
  Document document = a_document();
  document.blocks.assign(kMaxPieces, Paragraph{"x"});
  EXPECT_TRUE(check(document).ok());
  document.blocks.emplace_back(Paragraph{"x"});
  EXPECT_EQ(refusal(check(document)).code, "print.too_large");
}

TEST(PrintDocument, TextsAreBoundedOneByOneAndTogether) {
  Document document = a_document();
  document.blocks = {Paragraph{std::string(kMaxTextBytes + 1, 'x')}};
  EXPECT_EQ(refusal(check(document)).where, "/blocks/0/text");
  document.blocks.assign(5, Paragraph{std::string(kMaxTextBytes, 'x')});
  EXPECT_EQ(refusal(check(document)).code, "print.too_large");
  document = a_document();
  document.marking = std::string(kMaxMarkingBytes + 1, 'X');
  EXPECT_EQ(refusal(check(document)).where, "/marking");
}

TEST(PrintDocument, TextThatIsNotUnicodeIsRefused) {
  Document document = a_document();
  document.blocks = {Note{"\xFF"}};
  EXPECT_EQ(refusal(check(document)).code, "print.malformed");
  EXPECT_EQ(refusal(check(document)).where, "/blocks/0/text");
}

}  // namespace
}  // namespace hinomi::print
