// Mail messages (RFC 5322; MIME: RFC 2045–2047, 2231), as far as it takes to find the workbooks in them: parts within
// parts, names in any of the encodings that mail programs of this country write. What a message says of its sender and
// its time is what anybody may have typed. For files from outside: run it in a confined process where they come over
// the network (exchange/workbook_sandbox.h). Pure; safe on any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

struct MailHead {
  std::string from;  // as it reads, at most 300 bytes; likewise below
  std::string date;
  std::string subject;
  bool operator==(const MailHead&) const = default;
};

struct MailFile {
  std::string name;
  std::string content;
};

struct Mail {
  MailHead head;
  std::vector<MailFile> workbooks;  // named .xlsx or of that media type, in their order
};

struct MailLimits {
  std::size_t max_bytes = std::size_t{12} << 20;
  std::size_t max_depth = 8;  // of parts in parts
  std::size_t max_parts = 64;
  std::size_t max_head_bytes = std::size_t{64} << 10;  // of one part
  std::size_t max_file_bytes = std::size_t{8} << 20;
};

// Invalid "mail.format" for what has no head of a mail, "mail.damaged" for a boundary or an encoding that is not what
// it says; TooLarge "mail.too_large" beyond a limit.
Result<Mail> read_mail(std::string_view bytes, const MailLimits& limits = {});

// "=?ISO-2022-JP?B?…?=" as it reads (RFC 2047); what cannot be decoded stays as it is.
std::string decoded_words(std::string_view text);

}  // namespace hinomi
