// A file layer for SQLite that passes everything to the system's and can fail on demand: writes as on a full disk,
// syncs as on a dying one, or syncs that do not come back as long as the disk stands still. It also remembers what each
// file held at its last sync, which is what a power cut leaves. Registered for the life of the object under a name of
// its own; safe on any thread.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <string>

namespace hinomi::testing {

class FaultVfs {
 public:
  // As Default it is also what is opened without naming a file layer.
  enum class Use { ByName, Default };
  explicit FaultVfs(std::string name, Use use = Use::ByName)
      : name_(std::move(name)), real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
    vfs_.zName = name_.c_str();
    vfs_.pNext = nullptr;
    vfs_.pAppData = this;
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    vfs_.xOpen = open;
    sqlite3_vfs_register(&vfs_, use == Use::Default ? 1 : 0);
  }
  ~FaultVfs() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(real_, 1);
  }
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  void fill_disk(bool full) { disk_full_ = full; }
  void fail_syncs(bool failing) { sync_failing_ = failing; }
  // Syncs wait until it is false again.
  void stall_syncs(bool stalled) {
    {
      const std::lock_guard lock(stall_);
      stalled_ = stalled;
    }
    moving_.notify_all();
  }
  [[nodiscard]] int syncs_failed() const { return syncs_failed_; }
  void remember_synced(bool remember) { remembering_ = remember; }

  // The files as a power cut at this moment would leave them: what was written and not synced is gone.
  [[nodiscard]] std::map<std::string, std::string> after_power_cut() const {
    const std::lock_guard lock(mutex_);
    return synced_;
  }

 private:
  struct File {
    sqlite3_file base;
    sqlite3_file* real;
    FaultVfs* vfs;
    const char* path;
    int flags;
  };
  static File* cast(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
  static sqlite3_file* real(sqlite3_file* file) { return cast(file)->real; }

  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    auto* self = static_cast<FaultVfs*>(vfs->pAppData);
    auto* opened = cast(file);
    opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
    opened->vfs = self;
    opened->path = path;
    opened->flags = flags;
    const int code = self->real_->xOpen(self->real_, path, opened->real, flags, out_flags);
    opened->base.pMethods = opened->real->pMethods == nullptr ? nullptr : &kMethods;
    // What is there when a file is opened counts as synced by whoever wrote it.
    if (code == SQLITE_OK && self->remembering_) self->note_synced(file);
    return code;
  }
  static int close(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }
  static int read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), into, size, offset);
  }
  static int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    if (cast(file)->vfs->disk_full_) return SQLITE_FULL;
    return real(file)->pMethods->xWrite(real(file), from, size, offset);
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    return real(file)->pMethods->xTruncate(real(file), size);
  }
  static int sync(sqlite3_file* file, int flags) {
    FaultVfs* self = cast(file)->vfs;
    {
      std::unique_lock lock(self->stall_);
      self->moving_.wait(lock, [self] { return !self->stalled_; });
    }
    if (self->sync_failing_) {
      ++self->syncs_failed_;
      return SQLITE_IOERR_FSYNC;
    }
    const int code = real(file)->pMethods->xSync(real(file), flags);
    if (code == SQLITE_OK && self->remembering_) self->note_synced(file);
    return code;
  }
  static int size(sqlite3_file* file, sqlite3_int64* bytes) {
    return real(file)->pMethods->xFileSize(real(file), bytes);
  }
  static int lock(sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); }
  static int unlock(sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
  static int check_lock(sqlite3_file* file, int* held) {
    return real(file)->pMethods->xCheckReservedLock(real(file), held);
  }
  static int control(sqlite3_file* file, int operation, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
  }
  static int sector(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
  static int traits(sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }
  static int map_shared(sqlite3_file* file, int region, int bytes, int extend, volatile void** memory) {
    return real(file)->pMethods->xShmMap(real(file), region, bytes, extend, memory);
  }
  static int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
  }
  static void barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
  static int unmap_shared(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
  }

  void note_synced(sqlite3_file* file) {
    sqlite3_int64 bytes = 0;
    if (size(file, &bytes) != SQLITE_OK || cast(file)->path == nullptr) return;
    std::string content(static_cast<std::size_t>(bytes), '\0');
    if (bytes > 0 && read(file, content.data(), static_cast<int>(bytes), 0) != SQLITE_OK) return;
    const std::lock_guard guard(mutex_);
    synced_[std::filesystem::path(cast(file)->path).filename().string()] = std::move(content);
  }

  static constexpr sqlite3_io_methods kMethods{
      2,       close,  read,   write,      truncate,    sync,    size,         lock,    unlock, check_lock,
      control, sector, traits, map_shared, lock_shared, barrier, unmap_shared, nullptr, nullptr};

  std::string name_;
  sqlite3_vfs* real_;
  sqlite3_vfs vfs_;
  std::atomic<bool> disk_full_{false};
  std::atomic<bool> sync_failing_{false};
  std::atomic<bool> remembering_{false};
  std::atomic<int> syncs_failed_{0};
  std::mutex stall_;
  std::condition_variable moving_;
  bool stalled_ = false;
  mutable std::mutex mutex_;
  std::map<std::string, std::string> synced_;
};

}  // namespace hinomi::testing
