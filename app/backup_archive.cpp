#include "app/backup_archive.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>
#include <utility>

#include "base/json.h"

namespace hinomi::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "hinomi-backup 1\n";
constexpr std::size_t kDigits = 16;  // of a length, in hexadecimal
constexpr std::uint64_t kMaxManifest = 1 << 16;
constexpr std::size_t kPiece = 1 << 20;

Error damaged(const std::string& what, const std::string& path) { return invalid("backup.damaged", what, path); }
Error cannot_write(const std::string& path) {
  return unavailable("backup.cannot_write", path + ": " + std::strerror(errno) + ".");
}

class OpenFile {
 public:
  static Result<OpenFile> read(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return invalid("backup.unreadable", std::strerror(errno), path);
    return OpenFile(file, path);
  }
  static Result<OpenFile> create(const std::string& path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) return OpenFile(file, path);
    if (errno == EEXIST) return conflict("backup.exists", "There is a file named " + path + " already.");
    return cannot_write(path);
  }
  OpenFile(OpenFile&& other) noexcept : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_)) {}
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }

  // Fewer bytes only at the end.
  Result<std::size_t> fill(std::span<char> buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size()) {
      const ssize_t count = ::read(file_, buffer.data() + filled, buffer.size() - filled);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return invalid("backup.unreadable", std::strerror(errno), path_);
      if (count == 0) break;
      filled += static_cast<std::size_t>(count);
    }
    return filled;
  }
  Status append(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(file_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return cannot_write(path_);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
  }
  Status sync() { return ::fsync(file_) == 0 ? Status() : Status(cannot_write(path_)); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  OpenFile(int file, std::string path) : file_(file), path_(std::move(path)) {}
  int file_;
  std::string path_;
};

struct Entry {
  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256;
};

struct Manifest {
  Instant created;
  std::vector<Entry> files;
};

using Take = std::function<Status(std::string_view)>;

// Reads to the end of the file, or `limit` bytes; returns what came, with its hash.
Result<Entry> stream(OpenFile& file, std::uint64_t limit, const Take& take) {
  std::string buffer(kPiece, '\0');
  Sha256Stream hash;
  Entry entry;
  while (entry.bytes < limit) {
    const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(limit - entry.bytes, kPiece));
    TRY(const std::size_t count, file.fill({buffer.data(), wanted}));
    if (count == 0) break;
    const std::string_view piece(buffer.data(), count);
    hash.update(as_bytes(piece));
    TRY_OK(take(piece));
    entry.bytes += count;
  }
  entry.sha256 = to_hex(hash.finish());
  return entry;
}

std::string manifest_text(const Manifest& manifest) {
  JsonWriter out;
  out.begin_object()
      .member("schema", "hinomi.backup.v1")
      .member("created", to_rfc3339(manifest.created))
      .key("files")
      .begin_array();
  for (const Entry& file : manifest.files) {
    out.begin_object()
        .member("name", file.name)
        .member("bytes", static_cast<std::int64_t>(file.bytes))
        .member("sha256", file.sha256)
        .end_object();
  }
  return out.end_array().end_object().take();
}

std::string length_text(std::uint64_t length) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(length >> (8 * (7 - i)));
  return to_hex(bytes);
}

Result<std::uint64_t> read_length(std::string_view digits, const std::string& path) {
  const auto bytes = from_hex(digits);
  if (!bytes.ok() || bytes->size() != 8) return damaged("The length of the manifest cannot be read.", path);
  std::uint64_t length = 0;
  for (const std::uint8_t byte : *bytes) length = length << 8 | byte;
  if (length > kMaxManifest) return damaged("The manifest is too long.", path);
  return length;
}

Result<std::string> read_exactly(OpenFile& file, std::uint64_t length) {
  std::string text(static_cast<std::size_t>(length), '\0');
  TRY(const std::size_t count, file.fill({text.data(), text.size()}));
  if (count != text.size()) return damaged("The file ends too early.", file.path());
  return text;
}

Result<Entry> read_entry(JsonView value, const std::string& path) {
  Entry entry{std::string(value.string_at("name").value_or("")), 0,
              std::string(value.string_at("sha256").value_or(""))};
  const auto bytes = value.integer_at("bytes");
  const bool known = std::ranges::find(archive_names(), entry.name) != archive_names().end();
  if (!known || !bytes || *bytes < 0) return damaged("The manifest names a file that no backup holds.", path);
  entry.bytes = static_cast<std::uint64_t>(*bytes);
  return entry;
}

Result<Manifest> read_manifest(OpenFile& file) {
  const std::string& path = file.path();
  TRY(const std::string head, read_exactly(file, kMagic.size() + 64 + kDigits + 1));
  if (!head.starts_with(kMagic) || !head.ends_with('\n')) return damaged("This is no backup of Hinomi.", path);
  TRY(const std::uint64_t length, read_length(std::string_view(head).substr(kMagic.size() + 64, kDigits), path));
  TRY(const std::string text, read_exactly(file, length));
  if (to_hex(sha256(text)) != head.substr(kMagic.size(), 64)) return damaged("The manifest was altered.", path);
  TRY(const auto document, parse_json(text));
  Manifest manifest;
  TRY(manifest.created, parse_rfc3339(document->root().string_at("created").value_or("")));
  if (const auto files = document->root().find("files")) {
    for (const JsonView value : *files) {
      TRY(Entry entry, read_entry(value, path));
      manifest.files.push_back(std::move(entry));
    }
  }
  return manifest;
}

// Every file of the archive goes through `take_for`, which gives each its destination.
Result<ArchiveSummary> read_archive(const std::string& path,
                                    const std::function<Status(OpenFile&, const Entry&)>& read_one) {
  TRY(OpenFile file, OpenFile::read(path));
  TRY(const Manifest manifest, read_manifest(file));
  ArchiveSummary summary{manifest.created, 0, manifest.files.size()};
  for (const Entry& entry : manifest.files) {
    TRY_OK(read_one(file, entry));
    summary.bytes += entry.bytes;
  }
  char more = 0;
  TRY(const std::size_t left, file.fill({&more, 1}));
  if (left != 0) return damaged("There is something behind the last file.", path);
  return summary;
}

Status check_read(const Entry& found, const Entry& promised, const std::string& path) {
  if (found.bytes == promised.bytes && found.sha256 == promised.sha256) return {};
  return damaged(promised.name + " is not what was backed up.", path);
}

Status unpack_one(OpenFile& archive, const Entry& entry, const std::string& directory) {
  const fs::path target = fs::path(directory) / entry.name;
  std::error_code error;
  fs::create_directories(target.parent_path(), error);
  if (error) return unavailable("backup.cannot_write", error.message());
  TRY(OpenFile out, OpenFile::create(target.string()));
  TRY(const Entry found, stream(archive, entry.bytes, [&](std::string_view piece) { return out.append(piece); }));
  TRY_OK(check_read(found, entry, archive.path()));
  return out.sync();
}

Status append_file(OpenFile& archive, const ArchivedFile& file, const Entry& promised) {
  TRY(OpenFile in, OpenFile::read(file.path));
  TRY(const Entry found, stream(in, UINT64_MAX, [&](std::string_view piece) { return archive.append(piece); }));
  if (found.bytes == promised.bytes && found.sha256 == promised.sha256) return {};
  return unavailable("backup.changed", file.name + " changed while it was copied. Run the backup again.");
}

}  // namespace

const std::vector<std::string>& archive_names() {
  static const std::vector<std::string> names{"hinomi.db", "keys/signing.key", "keys/cookie.key", "keys/receipt.key"};
  return names;
}

Status write_archive(const std::string& path, const std::vector<ArchivedFile>& files, Instant created) {
  Manifest manifest{created, {}};
  for (const ArchivedFile& file : files) {
    TRY(OpenFile in, OpenFile::read(file.path));
    TRY(Entry entry, stream(in, UINT64_MAX, [](std::string_view) { return Status(); }));
    entry.name = file.name;
    manifest.files.push_back(std::move(entry));
  }
  const std::string text = manifest_text(manifest);
  TRY(OpenFile archive, OpenFile::create(path));
  TRY_OK(archive.append(std::string(kMagic) + to_hex(sha256(text)) + length_text(text.size()) + "\n" + text));
  for (std::size_t i = 0; i < files.size(); ++i) TRY_OK(append_file(archive, files[i], manifest.files[i]));
  return archive.sync();
}

Result<ArchiveSummary> verify_archive(const std::string& path) {
  return read_archive(path, [&](OpenFile& archive, const Entry& entry) -> Status {
    TRY(const Entry found, stream(archive, entry.bytes, [](std::string_view) { return Status(); }));
    return check_read(found, entry, path);
  });
}

Result<ArchiveSummary> unpack_archive(const std::string& path, const std::string& directory) {
  return read_archive(path,
                      [&](OpenFile& archive, const Entry& entry) { return unpack_one(archive, entry, directory); });
}

}  // namespace hinomi::app
