#include "formats/archive.h"

#include <zip.h>

#include <map>

#include "base/text.h"

namespace hinomi {
namespace {

Error damaged(std::string reason, std::string_view name = {}) {
  return invalid("archive.damaged", std::move(reason), std::string(name));
}
Error larger(std::string reason, std::string_view name = {}) {
  return too_large("archive.too_large", std::move(reason), std::string(name));
}

struct ArchiveDiscard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct FileClose {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
struct SourceFree {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, ArchiveDiscard>;
using File = std::unique_ptr<zip_file_t, FileClose>;
using Source = std::unique_ptr<zip_source_t, SourceFree>;

struct Entry {
  zip_uint64_t index = 0;
  std::size_t size = 0;
};

Result<Archive> open_archive(Source source, int flags) {
  zip_error_t error;
  zip_error_init(&error);
  Archive archive(zip_open_from_source(source.get(), flags, &error));
  zip_error_fini(&error);
  if (!archive) return damaged("This is no ZIP file, or a broken one.");
  static_cast<void>(source.release());  // the archive owns it now
  return archive;
}

Status check_entry(const zip_stat_t& entry, const ArchiveLimits& limits) {
  constexpr zip_uint64_t kWanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
  if ((entry.valid & kWanted) != kWanted) return damaged("An entry does not say how large it is.");
  if ((entry.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && entry.encryption_method != ZIP_EM_NONE)
    return invalid("archive.encrypted", "The file is encrypted. Save it without a password.", entry.name);
  if (entry.comp_method != ZIP_CM_STORE && entry.comp_method != ZIP_CM_DEFLATE)
    return damaged("An entry is packed in a way that office programs do not use.", entry.name);
  const bool bomb = entry.size > (1U << 20) && entry.size / limits.max_ratio > entry.comp_size;
  if (bomb || entry.size > limits.max_entry_bytes) return larger("An entry is too large unpacked.", entry.name);
  return {};
}

}  // namespace

struct ArchiveReader::Opened {
  Archive archive;
  ArchiveLimits limits;
  std::map<std::string, Entry, std::less<>> entries;
  std::size_t read = 0;  // bytes unpacked so far

  Status list() {
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    if (count < 0) return damaged("This is no ZIP file, or a broken one.");
    if (static_cast<std::size_t>(count) > limits.max_entries) return larger("The file has too many entries.");
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
      zip_stat_t entry;
      if (zip_stat_index(archive.get(), i, 0, &entry) != 0) return damaged("An entry cannot be read.");
      TRY_OK(check_entry(entry, limits));
      // Names of office documents are compared without regard to case (ECMA-376-2 §6.2.2.3), so two that differ only
      // in it are one part twice.
      if (!entries.emplace(lower_ascii(entry.name), Entry{i, entry.size}).second)
        return damaged("Two entries have one name.", entry.name);
    }
    return {};
  }
};

ArchiveReader::ArchiveReader(std::unique_ptr<Opened> opened) : opened_(std::move(opened)) {}
ArchiveReader::~ArchiveReader() = default;

Result<std::unique_ptr<ArchiveReader>> ArchiveReader::open(std::string_view bytes, const ArchiveLimits& limits) {
  Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr));
  if (!source) return internal("libzip takes no memory.");
  TRY(Archive archive, open_archive(std::move(source), ZIP_RDONLY | ZIP_CHECKCONS));
  auto opened = std::make_unique<Opened>(Opened{std::move(archive), limits, {}});
  TRY_OK(opened->list());
  return std::unique_ptr<ArchiveReader>(new ArchiveReader(std::move(opened)));
}

bool ArchiveReader::has(std::string_view name) const { return opened_->entries.contains(lower_ascii(name)); }

Result<std::string> ArchiveReader::read(std::string_view name) {
  const auto entry = opened_->entries.find(lower_ascii(name));
  if (entry == opened_->entries.end()) return not_found();
  const std::size_t size = entry->second.size;
  if (size > opened_->limits.max_total_bytes - opened_->read) return larger("The file is too large unpacked.", name);
  opened_->read += size;
  const File file(zip_fopen_index(opened_->archive.get(), entry->second.index, 0));
  if (!file) return damaged("An entry cannot be unpacked.", name);
  std::string content(size + 1, '\0');  // one more: what unpacks to more than it says is broken
  std::size_t have = 0;
  while (have < content.size()) {
    const zip_int64_t got = zip_fread(file.get(), content.data() + have, content.size() - have);
    if (got < 0) return damaged("An entry cannot be unpacked, or its checksum is wrong.", name);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  if (have != size) return damaged("An entry has another size than it says.", name);
  content.resize(have);
  return content;
}

namespace {

constexpr zip_uint16_t kNoTime = 0;
constexpr zip_uint16_t kFirstDay = (1U << 5) | 1;  // 1980-01-01, where the format's days begin

Status add(const Archive& archive, const ArchiveEntry& entry) {
  Source content(zip_source_buffer(archive.get(), entry.content.data(), entry.content.size(), 0));
  if (!content) return internal("libzip takes no memory.");
  const zip_int64_t index = zip_file_add(archive.get(), entry.name.c_str(), content.get(), ZIP_FL_ENC_UTF_8);
  if (index < 0) return internal("libzip does not take an entry: " + entry.name);
  static_cast<void>(content.release());
  const auto at = static_cast<zip_uint64_t>(index);
  if (zip_file_set_dostime(archive.get(), at, kNoTime, kFirstDay, 0) != 0) return internal("libzip takes no time.");
  return {};
}

Result<std::string> bytes_of(const Source& written) {
  zip_stat_t about;
  if (zip_source_stat(written.get(), &about) != 0 || zip_source_open(written.get()) != 0)
    return internal("libzip does not give back what it wrote.");
  std::string bytes(about.size, '\0');
  const zip_int64_t got = zip_source_read(written.get(), bytes.data(), bytes.size());
  zip_source_close(written.get());
  if (got != static_cast<zip_int64_t>(bytes.size())) return internal("libzip does not give back what it wrote.");
  return bytes;
}

}  // namespace

Result<std::string> write_archive(std::span<const ArchiveEntry> entries) {
  Source written(zip_source_buffer_create(nullptr, 0, 0, nullptr));
  if (!written) return internal("libzip takes no memory.");
  zip_source_keep(written.get());  // once for the archive, once for reading it afterwards
  auto archive = open_archive(Source(written.get()), ZIP_CREATE | ZIP_TRUNCATE);
  if (!archive.ok()) return archive.error();
  for (const ArchiveEntry& entry : entries) TRY_OK(add(*archive, entry));
  if (zip_close(archive->get()) != 0) return internal("libzip cannot finish the file.");
  static_cast<void>(archive->release());
  return bytes_of(written);
}

}  // namespace hinomi
