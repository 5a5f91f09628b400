// ZIP files without compression, in the one layout that leaves nothing to interpret: entries back to back from byte 0,
// the directory right behind them, nothing after it (APPNOTE 6.3.10 §4.3). The reader refuses everything else, so that
// two programs cannot see two different contents in one bundle. Pure; safe on any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace hinomi::hunting {

inline constexpr std::size_t kMaxZipBytes = std::size_t{512} << 20;
inline constexpr std::size_t kMaxZipEntries = 256;

struct ZipEntry {
  std::string name;
  std::string_view content;  // borrowed
};

// Names are relative paths of letters, digits, '.', '_' and '-', distinct without regard to case.
// Invalid "bundle.name" or TooLarge "bundle.too_large" otherwise.
Result<Bytes> write_stored_zip(std::span<const ZipEntry> entries);

// The entries in file order, viewing `bytes`. Invalid "bundle.damaged" says what is odd.
Result<std::vector<ZipEntry>> read_stored_zip(ByteView bytes);

}  // namespace hinomi::hunting
