#include "exchange/child_printer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <thread>

#include "exchange/child_pipe.h"
#include "exchange/child_process.h"
#include "exchange/confinement.h"
#include "print/typeset.h"
#include "support/child_roles.h"
#include "support/pdf_tools.h"

namespace hinomi::exchange {
namespace {

using hinomi::testing::ChildRole;
using hinomi::testing::PdfFile;
using ::testing::HasSubstr;

// A typesetter that a text has taken over: it is confined with its fonts, takes the document, and does as it likes.
int taken_over(const std::function<void()>& attempt) {
  const auto typesetter = print::Typesetter::create();
  if (!confine_this_process({.cpu_seconds = 1}).ok()) return kChildUnconfined;
  std::string document;
  if (!receive_text(document)) return kChildFailed;
  attempt();
  return 0;
}

bool answer(const std::string& text) { return send_all(length_text(text.size())) && send_all(text); }

[[gnu::noinline]] void loop_forever() {
  for (volatile unsigned turn = 0;; turn = turn + 1) continue;
}

void wait_forever() {
  std::string never;
  static_cast<void>(receive_text(never));
}

// Pango has a thread of its own, which is there before the confinement.
int other_thread_opens() {
  std::binary_semaphore confined(0);
  std::thread other([&] {
    confined.acquire();
    static_cast<void>(open("/etc/passwd", O_RDONLY));
    answer("Fthe thread could open a file");
  });
  return taken_over([&] {
    confined.release();
    other.join();
  });
}

const ChildRole kPrint("print", [] { return run_print_child(); });
const ChildRole kOpens("print-opens", [] {
  return taken_over([] {
    static_cast<void>(open("/etc/passwd", O_RDONLY));
    answer("E");
  });
});
const ChildRole kThread("print-thread", other_thread_opens);
const ChildRole kConnects("print-connects",
                          [] { return taken_over([] { static_cast<void>(socket(AF_INET, SOCK_STREAM, 0)); }); });
const ChildRole kForks("print-forks", [] { return taken_over([] { static_cast<void>(fork()); }); });
const ChildRole kLoops("print-loops", [] { return taken_over(loop_forever); });
const ChildRole kWaits("print-waits", [] { return taken_over(wait_forever); });
const ChildRole kEats("print-eats", [] {
  return taken_over([] {
    std::vector<std::string> eaten;
    try {
      for (int i = 0; i < 20; ++i) eaten.emplace_back(std::size_t{64} << 20, 'x');
    } catch (const std::bad_alloc&) {
      std::_Exit(kChildOutOfMemory);
    }
  });
});
const ChildRole kSilent("print-silent", [] { return taken_over([] {}); });
const ChildRole kNoise("print-noise", [] { return taken_over([] { answer("F<html><script>"); }); });
const ChildRole kGiant("print-giant", [] { return taken_over([] { send_all("\xFF\xFF\xFF\xFF"); }); });
const ChildRole kLiar("print-liar", [] { return taken_over([] { answer("Esignin.needed"); }); });
const ChildRole kFontless("print-fontless", [] { return taken_over([] { answer("Eprint.fonts"); }); });

print::Document a_document(std::string text = "送電系統の監視制御端末に不審な操作") {
  print::Document document;
  document.marking = "TLP:AMBER";
  document.number = "NR-2026-0142";
  document.version = "第2報";
  document.title = "電気事故 速報";
  document.created = parse_rfc3339("2026-11-22T02:05:00Z").value();
  document.blocks = {print::Heading{"概要"}, print::Paragraph{std::move(text)},
                     print::List{{"d41d8cd98f00b204"}, print::Marker::Number, print::Tone::Code}};
  return document;
}

std::string code_of(const std::string& role, PrinterLimits limits = {}) {
  const auto file = ChildPrinter(limits, role).print(a_document());
  return file.ok() ? "printed" : file.error().code;
}

TEST(ChildPrinter, PrintsByteForByteWhatTheTypesetterSets) {
  const auto file = ChildPrinter().print(a_document());
  ASSERT_TRUE(file.ok()) << file.error().code << " " << file.error().detail;
  EXPECT_EQ(*file, print::typeset(a_document()).value());
  EXPECT_THAT(PdfFile(*file).text(), HasSubstr("不審な操作"));
}

std::string utf8(char32_t code) {
  std::string text;
  const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) return put(code), text;
  if (code < 0x800) return put(0xC0 | code >> 6), put(0x80 | (code & 0x3F)), text;
  if (code < 0x10000) return put(0xE0 | code >> 12), put(0x80 | (code >> 6 & 0x3F)), put(0x80 | (code & 0x3F)), text;
  return put(0xF0 | code >> 18), put(0x80 | (code >> 12 & 0x3F)), put(0x80 | (code >> 6 & 0x3F)),
         put(0x80 | (code & 0x3F)), text;
}

struct Script {
  char32_t first;
  char32_t last;
};

// Whatever a text holds, setting it opens nothing: otherwise the child would be ended. Each character stands alone,
// asks for its form as an emoji, and in the three faces.
TEST(ChildPrinter, NoCharacterMakesTheTypesetterOpenAnything) {
  for (const Script& script : {Script{0x20, 0x11FF}, Script{0x1E00, 0x33FF}, Script{0x4E00, 0x4EFF},
                               Script{0xA000, 0xABFF}, Script{0xE000, 0xE0FF}, Script{0xF900, 0xFFFF},
                               Script{0x1F000, 0x1FAFF}, Script{0x20000, 0x200FF}, Script{0xE0000, 0xE01EF}}) {
    print::Document document = a_document("");
    std::string text;
    for (char32_t code = script.first; code <= script.last; ++code)
      text += utf8(code) + " " + utf8(code) + "\uFE0F " + (code % 64 == 0 ? "\n" : "");
    document.blocks = {print::Paragraph{text}, print::Heading{text.substr(0, text.find('\n', 200))},
                       print::List{{text}, print::Marker::Bullet, print::Tone::Code}};
    if (std::get<print::Heading>(document.blocks[1]).text.size() > print::kMaxLineBytes)
      std::get<print::Heading>(document.blocks[1]).text = "\u2600\uFE0F";
    const auto file = ChildPrinter().print(document);
    EXPECT_TRUE(file.ok()) << fmt::format("U+{:04X}: ", static_cast<unsigned>(script.first)) << file.error().code
                           << file.error().detail;
  }
}

TEST(ChildPrinter, ATypesetterThatWasTakenOverReachesNothing) {
  for (const char* role : {"print-opens", "print-thread", "print-connects", "print-forks", "print-silent",
                           "print-noise", "print-giant", "print-liar", "print-of-nobody"})
    EXPECT_EQ(code_of(role), "print.failed") << role;
  EXPECT_EQ(code_of("print-fontless"), "print.fonts");
}

TEST(ChildPrinter, TimeAndMemoryAreBounded) {
  EXPECT_EQ(code_of("print-loops"), "print.timeout");
  EXPECT_EQ(code_of("print-waits", {.per_document = std::chrono::milliseconds(300)}), "print.timeout");
#if __has_feature(address_sanitizer)
  EXPECT_NE(code_of("print-eats"), "printed");  // its runtime needs terabytes of address space, so there is no limit
#else
  EXPECT_EQ(code_of("print-eats"), "print.memory");
#endif
}

TEST(ChildPrinter, WhoFindsNoPlaceIsAskedToComeAgain) {
  EXPECT_EQ(code_of("print", {.at_once = 0, .patience = std::chrono::milliseconds(0)}), "print.busy");
}

TEST(ChildPrinter, APlaceIsGivenBackAfterAFailure) {
  ChildPrinter printer({.at_once = 1, .patience = std::chrono::milliseconds(0)}, "print-silent");
  for (int turn = 0; turn < 3; ++turn) EXPECT_EQ(printer.print(a_document()).error().code, "print.failed");
}

TEST(ChildPrinter, ADocumentOutsideItsBoundsStartsNoChild) {
  ChildPrinter printer({}, "no such role");
  print::Document document = a_document();
  document.marking = "";
  EXPECT_EQ(printer.print(document).error().code, "print.malformed");
  document = a_document(std::string(print::kMaxTextBytes + 1, 'x'));
  EXPECT_EQ(printer.print(document).error().code, "print.too_large");
}

TEST(ChildPrinter, TooManyPagesAreToldAsThat) {
  EXPECT_EQ(ChildPrinter().print(a_document(std::string(30'000, '\n'))).error().code, "print.too_large");
}

// The worst that the bounds of a document let through, within the limits of a child.
TEST(ChildPrinter, TheLongestTextsArePrinted) {
  for (const std::string piece : {"x", "я", "aあ1α", "\u202E"}) {
    std::string text;
    while (text.size() + piece.size() <= print::kMaxTextBytes) text += piece;
    const auto file = ChildPrinter().print(a_document(text));
    EXPECT_TRUE(file.ok()) << piece << file.error().code << file.error().detail;
  }
}

}  // namespace
}  // namespace hinomi::exchange
