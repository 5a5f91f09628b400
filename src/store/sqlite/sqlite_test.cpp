// What only the SQLite engine promises: settings, migrations, sealed bodies, plans of its statements.
#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "store/sqlite/database.h"
#include "store/sqlite/migrations.h"
#include "support/store_contract.h"

namespace hinomi::store::sqlite {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

class SqliteEngine : public StoreContract {
 protected:
  [[nodiscard]] std::string file_path() const { return scratch_.path() + "/hinomi.db"; }
  // The engine's own file, with nobody else on it.
  std::unique_ptr<Database> closed_file() {
    store_.reset();
    return must(Database::open(file_path(), Access::Write, ""));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, SqliteEngine, ::testing::ValuesIn(engines()), engine_name);

TEST_P(SqliteEngine, PinnedSettingsReadBack) {
  EXPECT_THAT(must(store().settings()),
              IsSupersetOf({"journal_mode=wal", "synchronous=2", "page_size=8192", "foreign_keys=1", "trusted_schema=0",
                            "secure_delete=1", "cell_size_check=1", "mmap_size=0", "wal_autocheckpoint=0"}));
}

TEST_P(SqliteEngine, AFileWithOtherPagesIsNotServed) {
  const ScratchDirectory elsewhere;
  {
    const auto database = must(Database::open(elsewhere.path() + "/hinomi.db", Access::Write, ""));
    ASSERT_TRUE(database->execute("PRAGMA page_size = 1024").ok());
    ASSERT_TRUE(database->execute("CREATE TABLE stranger (x INTEGER)").ok());
  }
  EXPECT_THAT(GetParam().open(elsewhere.path(), random_), FailsWith("store.settings"));
}

TEST_P(SqliteEngine, ADirectoryHasOneOwner) {
  EXPECT_THAT(GetParam().open(scratch_.path(), random_), FailsWith("store.in_use"));
  store_.reset();
  EXPECT_THAT(GetParam().open(scratch_.path(), random_), Succeeds());
}

TEST_P(SqliteEngine, TheFilesAreTheOwnersAlone) {
  ASSERT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  for (const auto& entry : std::filesystem::directory_iterator(scratch_.path())) {
    struct stat status{};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << entry.path();
  }
}

TEST_P(SqliteEngine, ANewerSchemaIsRefusedAndLeftAlone) {
  {
    const auto database = closed_file();
    ASSERT_TRUE(database->execute("INSERT INTO schema_version (number, name) VALUES (9999, 'future')").ok());
  }
  EXPECT_THAT(GetParam().open(scratch_.path(), random_), FailsWith("store.schema_newer"));
}

TEST_P(SqliteEngine, AMigrationThatFailsLeavesNothingBehind) {
  const auto database = closed_file();
  std::vector<Migration> steps(migrations().begin(), migrations().end());
  const int next = steps.back().number + 1;
  steps.push_back({next, "broken", "CREATE TABLE half (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"});
  EXPECT_FALSE(migrate(*database, steps).ok());
  steps.back() = {next, "mended", "CREATE TABLE half (x INTEGER) STRICT;"};
  EXPECT_TRUE(migrate(*database, steps).ok()) << "the table of the failed try is gone";
  EXPECT_TRUE(migrate(*database, steps).ok()) << "and a step runs once";
}

TEST_P(SqliteEngine, BodiesAreNotReadableInTheFileAndGoWithTheirKeys) {
  const ReportVersion report = a_report(random_).from(sector_.acme).summary("quicksilverlantern");
  ASSERT_THAT(file(report), Succeeds());
  const Review review =
      approved_review(shared_with({sector_.acme}), shared_with({sector_.acme}), ReviewPurpose::Release, std::nullopt);
  {
    const auto database = closed_file();
    ASSERT_TRUE(database->checkpoint(Database::Checkpoint::Truncate).ok());
    for (const auto& entry : std::filesystem::directory_iterator(scratch_.path())) {
      EXPECT_THAT(content_of(entry.path()), Not(HasSubstr("quicksilverlantern"))) << entry.path();
    }
    ASSERT_TRUE(database->execute("DELETE FROM record_key WHERE kind = 'report'").ok());
  }
  reopen();
  EXPECT_THAT(store().report(reach(sector_.acme_reporter), report.report), FailsWith("not_found"));
  EXPECT_TRUE(store().reports(reach(sector_.acme_reporter), {})->rows.empty());
  EXPECT_THAT(store().review(reach(sector_.acme_reporter), review.id), Succeeds());
}

TEST_P(SqliteEngine, ABodyMovedToAnotherRecordDoesNotOpen) {
  const ReportVersion first = a_report(random_).from(sector_.acme).summary("one");
  const ReportVersion second = a_report(random_).from(sector_.acme).summary("two");
  ASSERT_THAT(file(first), Succeeds());
  ASSERT_THAT(file(second), Succeeds());
  {
    const auto database = closed_file();
    // Key and body of the last report under the first: still not the place it was sealed for.
    ASSERT_TRUE(database
                    ->execute("UPDATE report_version SET body = (SELECT body FROM report_version ORDER BY sequence "
                              "DESC LIMIT 1); UPDATE record_key SET key = (SELECT key FROM record_key WHERE subject "
                              "= (SELECT report_id FROM report_version ORDER BY sequence DESC LIMIT 1))")
                    .ok());
  }
  reopen();
  EXPECT_FALSE(store().report(reach(sector_.acme_reporter), first.report).ok());
  EXPECT_EQ(store().report(reach(sector_.acme_reporter), second.report)->content.summary, "two");
}

TEST_P(SqliteEngine, DamageIsFound) {
  for (int i = 0; i < 20; ++i) ASSERT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  {
    const auto database = closed_file();
    ASSERT_TRUE(database->execute("PRAGMA foreign_keys = OFF; DELETE FROM label WHERE id = 1").ok());
  }
  const auto damaged = GetParam().open(scratch_.path(), random_);
  ASSERT_THAT(damaged, Succeeds());
  EXPECT_THAT(must((*damaged)->check_integrity()), HasSubstr("reference"));
}

TEST_P(SqliteEngine, TheLogIsEmptiedWhileTheStoreRuns) {
  const Collection collection = a_collection("big");
  const std::string padding(100'000, 'x');
  for (int i = 0; i < 400; ++i) {
    ASSERT_THAT(add(collection, {stix("tool--" + std::to_string(i), "", padding)}, shared_with({sector_.acme})),
                Succeeds());
  }
  EXPECT_GT(std::filesystem::file_size(file_path()), 30'000'000U) << "it went into the file itself";
  EXPECT_LT(std::filesystem::file_size(file_path() + "-wal"), 20'000'000U);
}

// --- plans

struct NamedSql {
  std::string file;
  std::string name;
  std::string sql;
};

// Every statement of the engine, read from its sources, so that none can be forgotten here.
std::vector<NamedSql> statements_in_sources() {
  const std::regex pattern(R"re(Statement\s+k\w+\{\s*"(\w+)",\s*((?:"[^"]*"\s*)+)\})re");
  const std::regex piece(R"re("([^"]*)")re");
  std::vector<NamedSql> found;
  for (const auto& entry : std::filesystem::directory_iterator(HINOMI_SOURCE_DIR "/src/store/sqlite")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string source = content_of(entry.path());
    for (auto match = std::sregex_iterator(source.begin(), source.end(), pattern); match != std::sregex_iterator();
         ++match) {
      const std::string pieces = (*match)[2];
      std::string sql;
      for (auto part = std::sregex_iterator(pieces.begin(), pieces.end(), piece); part != std::sregex_iterator();
           ++part) {
        sql += (*part)[1];
      }
      found.push_back({entry.path().filename(), (*match)[1], sql});
    }
  }
  return found;
}

std::vector<std::string> plan_of(sqlite3* database, const std::string& sql) {
  std::vector<std::string> lines;
  const auto add = [](void* into, int, char** values, char**) {
    static_cast<std::vector<std::string>*>(into)->emplace_back(values[3]);
    return 0;
  };
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(database, ("EXPLAIN QUERY PLAN " + sql).c_str(), add, &lines, &message), SQLITE_OK)
      << sql << ": " << (message == nullptr ? "" : message);
  sqlite3_free(message);
  return lines;
}

const std::vector<std::string> kLabelled{"event",       "report_version", "review",         "release_version",
                                         "indicator",   "object",         "case_file",      "case_key",
                                         "source_item", "sighting",       "release_object", "collection_label"};

// A labelled table is reached by its own key, which was found under a label, or by an index that leads with the label.
bool visits_hidden_rows(const std::string& line) {
  for (const std::string& table : kLabelled) {
    const std::regex on_table("^(SCAN|SEARCH) " + table + "( |$).*");
    if (!std::regex_match(line, on_table)) continue;
    const bool by_label = line.find("(label_id=?") != std::string::npos;
    const bool by_key = line.find("INTEGER PRIMARY KEY (rowid") != std::string::npos;
    return !by_label && !by_key;
  }
  return false;
}

TEST_P(SqliteEngine, NoStatementVisitsRowsOutsideALabel) {
  store_.reset();
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file_path().c_str(), &database), SQLITE_OK);
  const auto statements = statements_in_sources();
  EXPECT_GT(statements.size(), 100U);
  // What is read whole at start-up and the writer's queries over its own short lists are the only scans.
  for (const NamedSql& statement : statements) {
    for (const std::string& line : plan_of(database, statement.sql)) {
      const bool whole_index = statement.name == "last_event" || statement.name.starts_with("marks_of_");
      EXPECT_FALSE(!whole_index && visits_hidden_rows(line)) << statement.file << ' ' << statement.name << ": " << line;
      EXPECT_THAT(line, Not(HasSubstr("AUTOMATIC"))) << statement.name;
    }
    EXPECT_THAT(statement.sql, Not(HasSubstr("OFFSET"))) << statement.name;
    EXPECT_THAT(statement.sql, Not(HasSubstr("SELECT *"))) << statement.name;
  }
  sqlite3_close(database);
}

TEST_P(SqliteEngine, EveryIndexOfALabelledTableLeadsWithTheLabel) {
  store_.reset();
  const auto database = must(Database::open(file_path(), Access::Write, ""));
  const auto leads =
      must(database->report("SELECT m.tbl_name, i.name, c.name FROM sqlite_schema m JOIN pragma_index_list(m.name) i "
                            "JOIN pragma_index_info(i.name) c WHERE m.type = 'table' AND c.seqno = 0 AND EXISTS "
                            "(SELECT 1 FROM pragma_table_info(m.name) t WHERE t.name = 'label_id') "
                            // Of an organisation's own pointers its administrator is told how many there are.
                            "AND m.name NOT IN ('standing', 'label_overlap') AND i.name <> 'open_pointer_of_org'"));
  EXPECT_GT(leads.size(), 15U);
  for (const std::string& line : leads) EXPECT_THAT(line, ::testing::EndsWith(" label_id"));
}

TEST_P(SqliteEngine, EveryTableIsStrict) {
  store_.reset();
  const auto database = must(Database::open(file_path(), Access::Write, ""));
  EXPECT_THAT(must(database->report("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 "
                                    "AND name NOT LIKE 'sqlite_%'")),
              ::testing::IsEmpty());
}

}  // namespace
}  // namespace hinomi::store::sqlite
