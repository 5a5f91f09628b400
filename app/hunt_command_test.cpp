#include "app/hunt_command.h"

#include <gmock/gmock.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/hunt_files.h"
#include "base/json.h"
#include "base/text.h"
#include "hunt/bundle.h"

// The program's own fail() draws from the api module; here the code is enough.
namespace hinomi::app {
ExitCode exit_code_of(const Error& error) {
  return error.kind == ErrorKind::Forbidden     ? ExitCode::NotAllowed
         : error.kind == ErrorKind::Unavailable ? ExitCode::Unavailable
                                                : ExitCode::Failed;
}
ExitCode fail(const Context& context, const Error& error) {
  context.err << error.code << " " << error.where << "\n";
  return exit_code_of(error);
}

namespace {

namespace fs = std::filesystem;

std::string file_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class HuntCommand : public testing::Test {
 protected:
  HuntCommand() {
    SystemRandom random;
    folder_ = fs::temp_directory_path() / ("hinomi-hunt-" + random.speakable(12));
    fs::create_directories(folder_ / "logs");
    options_.paths = {(folder_ / "logs").string()};
  }
  ~HuntCommand() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, std::string_view content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return (folder_ / name).string();
  }
  ExitCode run() {
    out_.str("");
    err_.str("");
    const Context context{{clock_, random_, log_, files_}, catalogue_, Language::English, json_, false, out_, err_};
    return run_hunt(context, options_, ports_);
  }
  std::vector<std::string> lines() const {
    std::vector<std::string> result;
    const std::string text = out_.str();
    for (const std::string_view line : split(text, '\n')) {
      if (!line.empty()) result.emplace_back(line);
    }
    return result;
  }

  fs::path folder_;
  HuntOptions options_;
  HuntPorts ports_;
  bool json_ = true;
  ManualClock clock_{parse_rfc3339("2026-11-23T00:00:00Z").value()};
  SeededRandom random_{5};
  NoLog log_;
  SystemFiles files_;
  static Catalogue texts() {
    const std::string japanese = file_text(std::string(HINOMI_SOURCE_DIR) + "/texts/hunt.ja.json");
    const std::string english = file_text(std::string(HINOMI_SOURCE_DIR) + "/texts/hunt.en.json");
    const std::vector<std::string_view> japanese_files{japanese}, english_files{english};
    return Catalogue::create(japanese_files, english_files).value();
  }
  Catalogue catalogue_ = texts();
  std::ostringstream out_, err_;
};

std::string gzipped(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

TEST_F(HuntCommand, PrintsHitsAndASummaryThatScriptsRead) {
  options_.list = write("list.txt", "evil[.]example\n# comment\n1.2.3.4\n");
  const std::string log = write("logs/a.log", "nothing\nGET www.evil.example 1.2.3.45\nlast 1.2.3.4");
  EXPECT_EQ(run(), ExitCode::Done);
  ASSERT_THAT(lines(), testing::SizeIs(3));
  EXPECT_EQ(lines()[0], R"({"schema":"hinomi.hit.v1","file":)" + json_quoted(log) +
                            R"(,"line":2,"offset":16,"indicator":"evil[.]example","type":"domain",)"
                            R"("value":"evil.example","release":"","label":""})");
  const auto summary = parse_json(lines()[2]);
  EXPECT_EQ((*summary)->root().string_at("schema"), "hinomi.hunt-summary.v1");
  EXPECT_EQ((*summary)->root().integer_at("lines"), 3);
  EXPECT_EQ((*summary)->root().integer_at("hits"), 2);
  EXPECT_EQ((*summary)->root().integer_at("indicators"), 2);
}

TEST_F(HuntCommand, FailsOnHitsOnlyWhenAsked) {
  options_.list = write("list.txt", "evil.example\n");
  write("logs/a.log", "evil.example\n");
  EXPECT_EQ(run(), ExitCode::Done);
  options_.fail_on = FailOn::Hit;
  EXPECT_EQ(run(), ExitCode::Findings);
  write("logs/a.log", "good.example\n");
  EXPECT_EQ(run(), ExitCode::Done);
}

TEST_F(HuntCommand, ReadsCompressedLogsOfSeveralMembers) {
  options_.list = write("list.txt", "evil.example\n");
  write("logs/a.log.gz", gzipped("one\ntwo evil.exa") + gzipped("mple\nthree evil.example\n"));
  EXPECT_EQ(run(), ExitCode::Done);
  ASSERT_THAT(lines(), testing::SizeIs(3));
  EXPECT_THAT(lines()[0], testing::HasSubstr(R"("line":2,"offset":8)"));
  EXPECT_THAT(lines()[1], testing::HasSubstr(R"("line":3)"));
}

TEST_F(HuntCommand, SaysWhichFilesItCouldNotExamineAndGoesOn) {
  options_.list = write("list.txt", "evil.example\n");
  write("logs/a.log.gz", gzipped("evil.example\n").substr(0, 20));
  write("logs/b.log", "evil.example\n");
  options_.paths.push_back((folder_ / "absent").string());
  EXPECT_EQ(run(), ExitCode::Failed);
  EXPECT_THAT(err_.str(), testing::AllOf(testing::HasSubstr("a.log.gz"), testing::HasSubstr("absent")));
  EXPECT_THAT(out_.str(), testing::HasSubstr("b.log"));
}

TEST_F(HuntCommand, GivesTheSameLinesForEveryNumberOfThreads) {
  options_.list = write("list.txt", "evil.example\n192.0.2.7\n");
  std::string text;
  for (int i = 0; i < 200000; ++i) text += i % 9973 == 0 ? "a evil.example b\n" : "nothing here 198.51.100.1 x.test\n";
  write("logs/a.log", text + "192.0.2.7");
  options_.threads = 1;
  EXPECT_EQ(run(), ExitCode::Done);
  const std::string one = out_.str();
  EXPECT_THAT(lines(), testing::SizeIs(21 + 1 + 1));
  EXPECT_THAT(lines()[21], testing::HasSubstr(R"("line":200001)"));
  options_.threads = 4;
  EXPECT_EQ(run(), ExitCode::Done);
  EXPECT_EQ(out_.str(), one);
}

TEST_F(HuntCommand, UsesABundleOnlyWithItsIssuersKeyAndBeforeItsExpiry) {
  const SigningKey key = SigningKey::generate(random_);
  Bundle bundle;
  bundle.issuer = "ISAC";
  bundle.created = clock_.now();
  bundle.expires = clock_.now() + std::chrono::hours(24);
  bundle.labels = {"TLP:AMBER"};
  const std::vector<PlanIndicator> indicators{
      {read_indicator("evil.example").value(), "i-1", "NS-2026-K7Q4", "TLP:AMBER"}};
  bundle.members = {{std::string(kIndicatorsMember), indicators_jsonl(indicators)}};
  options_.bundle = write("b.zip", as_text(write_bundle(bundle, key).value()));
  write("logs/a.log", "evil.example\n");
  EXPECT_EQ(run(), ExitCode::WrongUse);
  options_.trust = {write("other.key", to_hex(SigningKey::generate(random_).public_key()) + "\n")};
  EXPECT_EQ(run(), ExitCode::NotAllowed);
  options_.trust.push_back(write("issuer.key", "# ISAC\n" + to_base64(key.public_key()) + "\n"));
  options_.save_plan = (folder_ / "saved.plan").string();
  EXPECT_EQ(run(), ExitCode::Done);
  EXPECT_THAT(lines()[0], testing::HasSubstr(
                              R"("indicator":"i-1","type":"domain","value":"evil.example","release":"NS-2026-K7Q4")"));

  options_.plan = std::exchange(options_.save_plan, "");
  options_.bundle = "";
  EXPECT_EQ(run(), ExitCode::Done);
  EXPECT_THAT(lines(), testing::SizeIs(2));
  clock_.advance(std::chrono::hours(24));
  EXPECT_EQ(run(), ExitCode::Failed);
  EXPECT_THAT(err_.str(), testing::HasSubstr("hunt.plan_expired"));
}

TEST_F(HuntCommand, AsksAServerOnlyWhenOneIsNamed) {
  int asked = 0;
  ports_.fetch_indicators = [&](const std::string&) -> Result<std::vector<PlanIndicator>> {
    ++asked;
    return unavailable("server.unavailable", "The server does not answer.");
  };
  options_.list = write("list.txt", "evil.example\n");
  EXPECT_EQ(run(), ExitCode::Done);
  EXPECT_EQ(asked, 0);
  options_.list = "";
  options_.server = "https://isac.example";
  EXPECT_EQ(run(), ExitCode::Unavailable);
  EXPECT_EQ(asked, 1);
}

TEST_F(HuntCommand, RefusesUnclearUse) {
  EXPECT_EQ(run(), ExitCode::WrongUse);
  options_.list = write("list.txt", "evil.example\n");
  options_.plan = "also";
  EXPECT_EQ(run(), ExitCode::WrongUse);
  options_.plan = "";
  options_.paths.clear();
  EXPECT_EQ(run(), ExitCode::WrongUse);
}

TEST_F(HuntCommand, StopsWhenInterruptedAndStillSumsUp) {
  const std::atomic<bool> interrupted{true};
  ports_.interrupted = &interrupted;
  options_.list = write("list.txt", "evil.example\n");
  write("logs/a.log", "evil.example\n");
  EXPECT_EQ(run(), ExitCode::Interrupted);
  EXPECT_THAT(out_.str(), testing::HasSubstr("hinomi.hunt-summary.v1"));
}

TEST_F(HuntCommand, ShowsPeopleDefangedValuesAndNotEndlesslyMany) {
  json_ = false;
  options_.list = write("list.txt", "evil.example\nnot an indicator at all !\n");
  std::string text;
  for (int i = 0; i < 150; ++i) text += "evil.example\n";
  write("logs/a.log", text);
  EXPECT_EQ(run(), ExitCode::Done);
  EXPECT_THAT(lines(), testing::SizeIs(100));
  EXPECT_THAT(lines()[0], testing::HasSubstr("a.log:1: evil[.]example"));
  EXPECT_THAT(err_.str(), testing::AllOf(testing::HasSubstr("line 2"), testing::HasSubstr("50 more hits")));
}

}  // namespace
}  // namespace hinomi::app
