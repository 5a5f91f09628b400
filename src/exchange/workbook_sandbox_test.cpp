#include "exchange/workbook_sandbox.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include "base/bytes.h"
#include "exchange/child_pipe.h"
#include "exchange/child_process.h"
#include "exchange/confinement.h"
#include "formats/workbook.h"
#include "support/child_roles.h"

namespace hinomi::exchange {
namespace {

using hinomi::testing::ChildRole;

// A reader that a file has taken over: it is confined, takes the file, and then does as it likes.
int taken_over(const std::function<void()>& attempt) {
  if (!confine_this_process({.cpu_seconds = 1}).ok()) return kChildUnconfined;
  std::string workbook;
  if (!receive_text(workbook)) return kChildFailed;
  attempt();
  return 0;
}

bool answer(const std::string& text) { return send_all(length_text(text.size())) && send_all(text); }

[[gnu::noinline]] void loop_forever() {
  for (volatile unsigned turn = 0;; turn = turn + 1) continue;
}

const ChildRole kWorkbook("workbook", [] { return run_workbook_child(); });
const ChildRole kReceived("received", [] { return run_received_child(); });
const ChildRole kOpens("workbook-opens",
                       [] { return taken_over([] { static_cast<void>(open("/etc/passwd", O_RDONLY)); }); });
const ChildRole kLoops("workbook-loops", [] { return taken_over(loop_forever); });
const ChildRole kSilent("workbook-silent", [] { return taken_over([] {}); });
const ChildRole kNoise("workbook-noise", [] { return taken_over([] { answer("{\"tables\":[[]]}"); }); });
const ChildRole kGiant("workbook-giant", [] { return taken_over([] { send_all("\xFF\xFF\xFF\xFF"); }); });
const ChildRole kLiar("workbook-liar", [] {
  return taken_over([] { answer(R"({"error":"signin.needed","detail":"Go to evil.example"})"); });
});

std::string small_workbook() {
  const auto bytes = write_workbook({.sheets = {{.name = "人", .cells = {{1, 1, std::string("login")}, {2, 1, 7.0}}}}});
  return bytes.ok() ? *bytes : std::string();
}

std::string code_of(const std::string& role) {
  const auto tables = read_tables_confined(small_workbook(), role);
  return tables.ok() ? "read" : tables.error().code;
}

// Every charset is loaded before the process confines itself: one that opened a file afterwards would be killed.
TEST(WorkbookSandbox, ReadsMailInEveryCharset) {
  const std::string bytes = small_workbook();
  const std::string content = to_base64(ByteView(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
  for (const char* subject : {"=?ISO-2022-JP?B?GyRCRUU1JDt2OE4bKEI=?=", "=?Shift_JIS?B?k2SLQ46WjMw=?=",
                              "=?EUC-JP?B?xcW1pLv2uM4=?=", "=?UTF-8?B?6Zu75rCX5LqL5pWF?="}) {
    const auto read = read_received_confined(
        std::string("From: a\r\nSubject: ") + subject +
        "\r\nContent-Type: x/y; name=form.xlsx\r\nContent-Transfer-Encoding: base64\r\n\r\n" + content);
    ASSERT_TRUE(read.ok()) << subject << " " << read.error().code << " " << read.error().detail;
    EXPECT_EQ(read->mail->subject, "電気事故") << subject;
    ASSERT_EQ(read->tables.size(), 1U);
    EXPECT_EQ(read->tables[0].name, "form.xlsx / 人");
  }
  const auto alone = read_received_confined(bytes);
  ASSERT_TRUE(alone.ok());
  EXPECT_FALSE(alone->mail.has_value());
  EXPECT_EQ(alone->tables, *read_tables(bytes));
  EXPECT_EQ(read_received_confined("hello").error().code, "workbook.format");
  EXPECT_EQ(read_received_confined("From: a\r\n\r\nhello").error().code, "mail.no_workbook");
}

TEST(WorkbookSandbox, ReadsWhatTheReaderReads) {
  const std::string bytes = small_workbook();
  const auto confined = read_tables_confined(bytes);
  ASSERT_TRUE(confined.ok()) << confined.error().code << " " << confined.error().detail;
  EXPECT_EQ(*confined, *read_tables(bytes));
  EXPECT_EQ(confined->front().rows.at(1).fields.at(0), "7");
}

TEST(WorkbookSandbox, AFileThatIsNoneIsToldAsTheReaderTellsIt) {
  for (const std::string& bytes : {std::string(), std::string("x"), small_workbook().substr(0, 300)}) {
    const auto confined = read_tables_confined(bytes);
    ASSERT_FALSE(confined.ok());
    EXPECT_EQ(confined.error().code, read_tables(bytes).error().code);
    EXPECT_EQ(confined.error().detail, read_tables(bytes).error().detail);
  }
}

TEST(WorkbookSandbox, AReaderThatWasTakenOverTellsNothingAndTakesNothing) {
  EXPECT_EQ(code_of("workbook-opens"), "workbook.stopped");
  EXPECT_EQ(code_of("workbook-loops"), "workbook.stopped");
  EXPECT_EQ(code_of("workbook-silent"), "workbook.stopped");
  EXPECT_EQ(code_of("workbook-noise"), "workbook.answer");
  EXPECT_EQ(code_of("workbook-giant"), "workbook.too_large");
  EXPECT_EQ(code_of("workbook-liar"), "workbook.answer");
  EXPECT_EQ(code_of("workbook-of-nobody"), "workbook.stopped");
}

TEST(WorkbookSandbox, AFileAboveTheLimitStartsNoChild) {
  EXPECT_EQ(read_tables_confined(std::string((std::size_t{8} << 20) + 1, 'x'), "no such role").error().code,
            "workbook.too_large");
}

// Large as somebody's real list may be, and in time.
TEST(WorkbookSandbox, ManyRowsAreReadWithinTheLimits) {
  WorksheetDraft sheet{.name = "人"};
  for (std::size_t row = 1; row <= 5'000; ++row)
    for (std::size_t column = 1; column <= 13; ++column)
      sheet.cells.push_back({row, column, "会員" + std::to_string(row * column)});
  const auto bytes = write_workbook({.sheets = {std::move(sheet)}});
  ASSERT_TRUE(bytes.ok());
  const auto tables = read_tables_confined(*bytes);
  ASSERT_TRUE(tables.ok()) << tables.error().code << " " << tables.error().detail;
  EXPECT_EQ(tables->front().rows.size(), 5'000U);
}

}  // namespace
}  // namespace hinomi::exchange
