// Comma-separated values, RFC 4180: quoted fields may hold commas, quotes ("") and line ends. Internal to the module.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

struct CsvRow {
  std::size_t line = 1;            // on which the row begins, counted from 1
  std::size_t begin = 0, end = 0;  // its bytes in the text, without the line end
  std::vector<std::string> fields;
};

struct CsvLimits {
  std::size_t max_rows = 500'000;
  std::size_t max_fields = 64;
};

// Rows one after another; empty lines are skipped. CR LF and LF both end a row.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text, CsvLimits limits = {});
  [[nodiscard]] bool at_end();
  // The next row. csv.quote: a quoted field that does not end or is followed by text; csv.too_large over a limit.
  // After an error the reader stands behind the line at fault, so that reading can go on.
  Result<CsvRow> next();

 private:
  Result<std::string> field();
  Result<std::string> quoted_field();
  Error failed(std::string_view code, std::string_view reason);
  std::string_view text_;
  CsvLimits limits_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t rows_ = 0;
};

}  // namespace hinomi
