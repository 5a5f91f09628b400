// hinomi backup and restore.
#include <filesystem>
#include <ostream>

#include "app/backup_archive.h"
#include "app/operation.h"
#include "base/json.h"
#include "store/sqlite_store.h"

namespace hinomi::app {
namespace {

namespace fs = std::filesystem;

// Gone again whatever happens: the copy holds everything the database does.
class PassingFile {
 public:
  explicit PassingFile(std::string path) : path_(std::move(path)) {}
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;
  ~PassingFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Result<ArchiveSummary> back_up(const Context& context, const std::string& data, const std::string& to) {
  if (context.machine.files.exists(to)) return conflict("backup.exists", "There is a file named " + to + " already.");
  const PassingFile database(to + ".database");
  const PassingFile part(to + ".part");
  TRY_OK(store::copy_sqlite_database(data, database.path()));
  std::vector<ArchivedFile> files{{"hinomi.db", database.path()}};
  for (const std::string& name : archive_names()) {
    const std::string path = data + "/" + name;
    if (name.starts_with("keys/") && context.machine.files.exists(path)) files.push_back({name, path});
  }
  TRY_OK(write_archive(part.path(), files, context.machine.clock.now()));
  TRY(const ArchiveSummary summary, verify_archive(part.path()));
  std::error_code error;
  fs::rename(part.path(), to, error);
  if (error) return unavailable("backup.cannot_write", error.message());
  return summary;
}

// What a restored directory must withstand before anyone relies on it: opening compares the ledger with its newest
// signed tree head.
Status check_restored(const Context& context, const std::string& data) {
  TRY(const auto installation, Installation::open(context.machine, data, HashCost::Interactive));
  TRY(const std::string found, installation->store().check_integrity());
  if (found != "ok") return invalid("backup.damaged", "The restored database is damaged: " + found, data);
  return {};
}

Result<ArchiveSummary> restore(const Context& context, const std::string& from, const std::string& data) {
  if (data.empty()) return verify_archive(from);
  std::error_code error;
  if (fs::exists(data, error) && !fs::is_empty(data, error)) {
    return conflict("backup.not_empty", "A backup is restored into an empty directory only: " + data);
  }
  TRY([[maybe_unused]] const ArchiveSummary whole, verify_archive(from));
  fs::create_directories(data, error);
  fs::permissions(data, fs::perms::owner_all, error);
  TRY(const ArchiveSummary summary, unpack_archive(from, data));
  TRY_OK(check_restored(context, data));
  return summary;
}

ExitCode tell(const Context& context, std::string_view key, const Result<ArchiveSummary>& summary) {
  if (!summary.ok()) return fail(context, summary.error());
  if (context.json) {
    JsonWriter line;
    line.begin_object()
        .member("schema", "hinomi." + std::string(key) + ".v1")
        .member("created", to_rfc3339(summary->created));
    line.member("bytes", static_cast<std::int64_t>(summary->bytes))
        .member("files", static_cast<std::int64_t>(summary->files));
    context.out << line.end_object().text() << "\n";
  } else if (!context.quiet) {
    const std::string created = tokyo_text(summary->created, context.language == Language::English);
    context.out << context.text("cli." + std::string(key) + ".done",
                                {{"created", created}, {"bytes", std::to_string(summary->bytes)}})
                << "\n";
  }
  return ExitCode::Done;
}

}  // namespace

ExitCode run_backup(const Context& context, const std::string& data, const std::string& to) {
  return tell(context, "backup", back_up(context, data, to));
}

ExitCode run_restore(const Context& context, const std::string& from, const std::string& data) {
  return tell(context, data.empty() ? "backup-verified" : "restore", restore(context, from, data));
}

}  // namespace hinomi::app
