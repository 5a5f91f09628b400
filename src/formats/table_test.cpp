#include "formats/table.h"

#include <gmock/gmock.h>

#include "formats/workbook.h"

namespace hinomi {
namespace {

using ::testing::SizeIs;

std::string workbook_of(std::vector<PlacedCell> cells) {
  auto bytes = write_workbook({.sheets = {{.name = "空"}, {.name = "人", .cells = std::move(cells)}}});
  return bytes.ok() ? *bytes : std::string();
}

TEST(Table, HoldsWhatSomebodyWouldHaveTyped) {
  const auto tables = read_tables(workbook_of({{1, 1, std::string(" login ")},
                                               {1, 3, 50.0},
                                               {1, 4, true},
                                               {3, 2, std::string("x")},
                                               {3, 4, std::string("  ")},
                                               {5, 1, std::string(" ")}}));
  ASSERT_TRUE(tables.ok()) << tables.error().code;
  ASSERT_THAT(*tables, SizeIs(1)) << "a sheet without anything is none";
  EXPECT_EQ(tables->front(), (Table{"人", {{1, {"login", "", "50", "yes"}}, {3, {"", "x"}}}}));
}

TEST(Table, AnEmptyWorkbookIsToldSo) {
  EXPECT_EQ(read_tables(workbook_of({})).error().code, "workbook.empty");
  EXPECT_EQ(read_tables("x").error().code, "workbook.format");
}

TEST(Table, TheAnswerOnThePipeIsWhatWasPutIn) {
  const std::vector<Table> tables{{"人 \"x\"", {{1, {"a", "", "\n"}}, {7, {"\x01"}}}}, {"会員", {{2, {"b"}}}}};
  const auto again = parse_tables(tables_text(tables));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, tables);
  const Error error = too_large("workbook.too_large", "why", "Sheet1!B2");
  const auto refused = parse_tables(tables_text(error));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(refused.error().code, error.code);
  EXPECT_EQ(refused.error().where, error.where);
}

// A reader that was taken over answers what it likes.
TEST(Table, AnAnswerThatIsNoneIsRefused) {
  for (const std::string_view text :
       {"", "x", "[]", "{}", R"({"tables":1})", R"({"tables":[1]})", R"({"tables":[{"name":"a"}]})",
        R"({"tables":[{"name":"a","rows":[{"row":0,"fields":[]}]}]})",
        R"({"tables":[{"name":"a","rows":[{"row":-1,"fields":[]}]}]})",
        R"({"tables":[{"name":"a","rows":[{"row":1,"fields":[1]}]}]})",
        R"({"tables":[{"name":"a","rows":[{"row":2,"fields":[]},{"row":2,"fields":[]}]}]})",
        R"({"error":"signin.refused","detail":"You are signed out."})",
        R"({"error":"internal","detail":"/etc/passwd"})", R"({"error":1})"}) {
    const auto parsed = parse_tables(text);
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_EQ(parsed.error().code, "workbook.answer") << text;
    EXPECT_EQ(parsed.error().detail.find("passwd"), std::string::npos);
  }
}

}  // namespace
}  // namespace hinomi
