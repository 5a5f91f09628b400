#include "hunt/stored_zip.h"

#include <array>
#include <cstring>
#include <set>

#include "base/text.h"

namespace hinomi::hunting {
namespace {

constexpr std::uint32_t kLocalSignature = 0x04034B50;
constexpr std::uint32_t kDirectorySignature = 0x02014B50;
constexpr std::uint32_t kEndSignature = 0x06054B50;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kDirectoryBytes = 46;
constexpr std::size_t kEndBytes = 22;
constexpr std::uint16_t kVersionNeeded = 10;
constexpr std::uint16_t kNoDate = (1 << 5) | 1;  // 1980-01-01: a bundle's bytes depend on its content only

Error damaged(std::string_view what) {
  return invalid("bundle.damaged", "The bundle is damaged or not a bundle: " + std::string(what) + ".");
}

struct CrcTable {
  std::array<std::uint32_t, 256> of{};
  constexpr CrcTable() {
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) * 0xEDB88320U);
      of[i] = value;
    }
  }
};
constexpr CrcTable kCrc;

std::uint32_t crc32(std::string_view content) {
  std::uint32_t crc = ~std::uint32_t{0};
  for (const char c : content) crc = kCrc.of[(crc ^ static_cast<std::uint8_t>(c)) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

class LittleEndianWriter {
 public:
  LittleEndianWriter& u16(std::uint32_t value) { return put(value, 2); }
  LittleEndianWriter& u32(std::uint64_t value) { return put(value, 4); }
  LittleEndianWriter& text(std::string_view text) {
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    return *this;
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] Bytes take() { return std::move(bytes_); }

 private:
  LittleEndianWriter& put(std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    return *this;
  }
  Bytes bytes_;
};

std::uint32_t u16_at(ByteView bytes, std::size_t at) {
  return static_cast<std::uint32_t>(bytes[at]) | (static_cast<std::uint32_t>(bytes[at + 1]) << 8);
}
std::uint32_t u32_at(ByteView bytes, std::size_t at) { return u16_at(bytes, at) | (u16_at(bytes, at + 2) << 16); }

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

bool is_safe_name(std::string_view name) {
  if (name.empty() || name.size() > 200) return false;
  for (const std::string_view part : split(name, '/')) {
    if (part.empty() || part == "." || part == "..") return false;
    for (const char c : part) {
      if (!is_name_char(c)) return false;
    }
  }
  return true;
}

// The fields that the local header and the directory share, from "version needed" to "extra field length".
void put_shared_fields(LittleEndianWriter& out, const ZipEntry& entry, std::uint32_t crc) {
  out.u16(kVersionNeeded).u16(0).u16(0).u16(0).u16(kNoDate).u32(crc);
  out.u32(entry.content.size()).u32(entry.content.size()).u16(static_cast<std::uint32_t>(entry.name.size())).u16(0);
}

struct End {
  std::size_t entries = 0, directory_size = 0, directory_offset = 0;
};

Result<End> read_end(ByteView bytes) {
  if (bytes.size() > kMaxZipBytes) return too_large("bundle.too_large", "A bundle has at most 512 MiB.");
  if (bytes.size() < kEndBytes) return damaged("it is too short");
  const std::size_t at = bytes.size() - kEndBytes;
  if (u32_at(bytes, at) != kEndSignature)
    return damaged("it does not end with a ZIP directory, or something follows it");
  if (u16_at(bytes, at + 4) != 0 || u16_at(bytes, at + 6) != 0) return damaged("it is split over several files");
  if (u16_at(bytes, at + 20) != 0) return damaged("it carries a comment");
  const End end{u16_at(bytes, at + 10), u32_at(bytes, at + 12), u32_at(bytes, at + 16)};
  if (u16_at(bytes, at + 8) != end.entries || end.entries > kMaxZipEntries)
    return damaged("its number of entries is wrong");
  if (end.directory_offset > at || at - end.directory_offset != end.directory_size) {
    return damaged("its directory does not stand where it should");
  }
  return end;
}

// One entry, described alike at `local` (where the entry before ended) and at `directory`.
Result<ZipEntry> read_entry(ByteView bytes, std::size_t local, std::size_t directory, const End& end) {
  const std::size_t directory_end = end.directory_offset + end.directory_size;
  if (directory_end - directory < kDirectoryBytes || u32_at(bytes, directory) != kDirectorySignature) {
    return damaged("its directory is cut short");
  }
  if (local > end.directory_offset || end.directory_offset - local < kLocalBytes)
    return damaged("an entry is cut short");
  if (u32_at(bytes, local) != kLocalSignature || u32_at(bytes, directory + 42) != local) {
    return damaged("entries overlap or leave gaps");
  }
  if (std::memcmp(bytes.data() + local + 4, bytes.data() + directory + 6, 26) != 0) {
    return damaged("an entry is described in two ways");
  }
  if (u16_at(bytes, local + 6) != 0) return damaged("an entry uses flags (encryption or a data descriptor)");
  if (u16_at(bytes, local + 8) != 0) return damaged("an entry is compressed");
  if (u32_at(bytes, local + 18) != u32_at(bytes, local + 22)) return damaged("an entry has two sizes");
  if (u16_at(bytes, local + 28) != 0 || u16_at(bytes, directory + 32) != 0) {
    return damaged("an entry has extra fields or a comment");
  }
  const bool has_our_dates = u16_at(bytes, local + 10) == 0 && u16_at(bytes, local + 12) == kNoDate;
  const bool has_attributes = u32_at(bytes, directory + 34) != 0 || u32_at(bytes, directory + 38) != 0;
  if (u16_at(bytes, local + 4) != kVersionNeeded || u16_at(bytes, directory + 4) != kVersionNeeded || !has_our_dates ||
      has_attributes) {
    return damaged("an entry carries a date, attributes or another version");
  }
  const std::size_t name_size = u16_at(bytes, local + 26), size = u32_at(bytes, local + 22);
  if (end.directory_offset - local - kLocalBytes < name_size ||
      end.directory_offset - local - kLocalBytes - name_size < size ||
      directory_end - directory - kDirectoryBytes < name_size) {
    return damaged("an entry is longer than the file");
  }
  const std::string_view name = as_text(bytes.subspan(local + kLocalBytes, name_size));
  if (name != as_text(bytes.subspan(directory + kDirectoryBytes, name_size)) || !is_safe_name(name)) {
    return damaged("an entry has a name that is not allowed");
  }
  const std::string_view content = as_text(bytes.subspan(local + kLocalBytes + name_size, size));
  if (crc32(content) != u32_at(bytes, local + 14))
    return damaged("the check sum of " + std::string(name) + " is wrong");
  return ZipEntry{std::string(name), content};
}

}  // namespace

Result<Bytes> write_stored_zip(std::span<const ZipEntry> entries) {
  LittleEndianWriter out;
  LittleEndianWriter directory;
  std::set<std::string> names;
  for (const ZipEntry& entry : entries) {
    if (!is_safe_name(entry.name) || !names.insert(lower_ascii(entry.name)).second) {
      return invalid("bundle.name", "The member name is not allowed or stands twice.", entry.name);
    }
    if (out.size() + entry.content.size() > kMaxZipBytes || names.size() > kMaxZipEntries) {
      return too_large("bundle.too_large", "A bundle has at most 512 MiB and 256 members.", entry.name);
    }
    const std::uint32_t crc = crc32(entry.content);
    directory.u32(kDirectorySignature).u16(kVersionNeeded);
    put_shared_fields(directory, entry, crc);
    directory.u16(0).u16(0).u16(0).u32(0).u32(out.size()).text(entry.name);
    out.u32(kLocalSignature);
    put_shared_fields(out, entry, crc);
    out.text(entry.name).text(entry.content);
  }
  const std::size_t offset = out.size(), size = directory.size();
  const Bytes directory_bytes = directory.take();
  const auto count = static_cast<std::uint32_t>(entries.size());
  out.text(as_text(directory_bytes)).u32(kEndSignature).u16(0).u16(0).u16(count).u16(count);
  out.u32(size).u32(offset).u16(0);
  return out.take();
}

Result<std::vector<ZipEntry>> read_stored_zip(ByteView bytes) {
  TRY(const End end, read_end(bytes));
  std::vector<ZipEntry> entries;
  std::set<std::string> names;
  std::size_t local = 0;
  std::size_t directory = end.directory_offset;
  for (std::size_t i = 0; i < end.entries; ++i) {
    TRY(ZipEntry entry, read_entry(bytes, local, directory, end));
    if (!names.insert(lower_ascii(entry.name)).second) return damaged("two entries have the same name");
    local += kLocalBytes + entry.name.size() + entry.content.size();
    directory += kDirectoryBytes + entry.name.size();
    entries.push_back(std::move(entry));
  }
  if (local != end.directory_offset || directory != end.directory_offset + end.directory_size) {
    return damaged("there are bytes that belong to no entry");
  }
  return entries;
}

}  // namespace hinomi::hunting
