// Opens the embedded engine: everything in DIR/hinomi.db (SQLite, WAL). One process at a time owns a directory.
// What the options point to must outlive the store.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/log.h"
#include "base/random.h"
#include "store/store.h"

namespace hinomi::store {

struct SqliteOptions {
  Random& random;        // record keys and nonces
  Log* log = nullptr;    // failures of the disk, which no caller may be there to hear of
  unsigned readers = 4;  // connections that read at the same time; further readers wait
  std::string vfs{};     // SQLite's file layer by name; empty for the system's (tests inject faults here)
  // How long reading waits for its record, and a write for its turn, before they are refused.
  std::chrono::milliseconds read_patience{2'000};
  std::chrono::milliseconds write_patience{10'000};
};

// Creates the file when there is none and brings its schema up to date. Unavailable when the file cannot be opened,
// another process owns it (store.in_use), a newer program wrote it (store.schema_newer), or a pinned setting does not
// hold (store.settings). Destroying the store finishes what was handed in.
Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& directory, const SqliteOptions& options);

// A consistent, checked copy of a directory's database into the new file `path`, also while another process owns the
// directory and writes. Errors as Store::backup_to, and Unavailable when there is no database.
Status copy_sqlite_database(const std::string& directory, const std::string& path);

}  // namespace hinomi::store
