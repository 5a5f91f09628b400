// formats/mail: whatever is read keeps to the limits, what is shown is one line of UTF-8, and the answer on the pipe is
// what was put in.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "formats/mail.h"
#include "formats/received_file.h"

namespace {

using namespace hinomi;

constexpr MailLimits kLimits{
    .max_bytes = 65'536, .max_depth = 4, .max_parts = 16, .max_head_bytes = 8'192, .max_file_bytes = 32'768};
constexpr std::size_t kLongestShown = 310;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_shown(const std::string& text) {
  require(is_utf8(text) && text.size() <= kLongestShown);
  require(std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto mail = read_mail(input, kLimits);
  if (mail.ok()) {
    require(input.size() <= kLimits.max_bytes && mail->workbooks.size() <= kLimits.max_parts);
    for (const std::string& text : {mail->head.from, mail->head.date, mail->head.subject}) check_shown(text);
    for (const MailFile& workbook : mail->workbooks) {
      check_shown(workbook.name);
      require(workbook.content.size() <= kLimits.max_file_bytes);
    }
  }
  static_cast<void>(decoded_words(input.substr(0, 4'096)));
  if (input.size() > kLimits.max_bytes) return 0;
  const auto file = read_received_file(input);
  const auto again = parse_received_file(received_file_text(file));
  require(file.ok() ? again.ok() && *again == *file : again.error().code == file.error().code);
  return 0;
}
