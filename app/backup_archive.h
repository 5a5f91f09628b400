// One file that holds several: "hinomi-backup 1", the SHA-256 and length of a manifest, the manifest (JSON: name, size
// and SHA-256 of every file), then the files one after another. Streams; nothing is held in memory whole.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"

namespace hinomi::app {

struct ArchivedFile {
  std::string name;  // in the archive, relative to the data directory
  std::string path;  // on this machine
};

// The only names an archive may hold.
const std::vector<std::string>& archive_names();

// Writes the new file `path`, mode 0600, synced. Conflict "backup.exists"; Unavailable "backup.cannot_write".
Status write_archive(const std::string& path, const std::vector<ArchivedFile>& files, Instant created);

struct ArchiveSummary {
  Instant created;
  std::uint64_t bytes = 0;
  std::size_t files = 0;
};

// Reads every byte and compares every hash. Invalid "backup.damaged".
Result<ArchiveSummary> verify_archive(const std::string& path);
// The same, and writes the files below `directory`, which must be there.
Result<ArchiveSummary> unpack_archive(const std::string& path, const std::string& directory);

}  // namespace hinomi::app
