#include "exchange/collector.h"

#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>

#include "net/http_server.h"
#include "support/platform.h"
#include "support/read_file.h"

namespace hinomi::exchange {
namespace {

using hinomi::testing::must;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kFeeds = std::string(HINOMI_SOURCE_DIR) + "/packs/demo/feeds";

class Collecting : public hinomi::testing::PlatformTest {
 protected:
  void SetUp() override {
    must(flow::make_collected_collection(platform().store, policy::MachineRoom::local_operator()));
    ServerCallbacks callbacks;
    callbacks.handle = [this](const HttpRequest& request) { return serve(request); };
    server_ = std::move(HttpServer::create({}, std::move(callbacks), log(), clock())).value();
    server_->start();
    ClientOptions options;
    options.addresses.also_allowed = {{IpAddress::from_v4({127, 0, 0, 1}), server_->port()}};
    client_ = std::move(HttpClient::create(options)).value();
    web_ = std::make_unique<HttpFetcher>(*client_);
    collector_ = std::make_unique<Collector>(platform(), Roads{*web_, folders_}, sector().platform_operator);
  }
  void TearDown() override { server_.reset(); }

  // A feed server: the demo's files with an ETag each, a broken one, and nothing else.
  HttpResponse serve(const HttpRequest& request) {
    ++requests_;
    HttpResponse response;
    const std::string etag = "\"" + request.path + "\"";
    if (request.headers.find("If-None-Match") == etag) return response.status = 304, response;
    response.headers.add("ETag", etag);
    if (request.path == "/broken.json") return response.body = R"({"vulnerabilities":[{"cveID":)", response;
    if (!std::filesystem::is_regular_file(kFeeds + request.path)) return response.status = 404, response;
    response.body = hinomi::testing::read_file(kFeeds + request.path);
    return response;
  }

  [[nodiscard]] Source source(const std::string& name, const std::string& path) const {
    return {.name = name, .url = "http://127.0.0.1:" + std::to_string(server_->port()) + path};
  }
  Result<flow::Collected> collect(const Source& from) { return collector_->collect_now(from); }
  store::SourceHealth health_of(const std::string& name) {
    const auto all = must(platform().store.source_health());
    const auto found = std::ranges::find(all, name, &store::SourceHealth::source);
    return found == all.end() ? store::SourceHealth{} : *found;
  }

  std::atomic<int> requests_ = 0;
  SystemFiles disk_;
  FolderFetcher folders_{disk_};
  std::unique_ptr<HttpServer> server_;
  std::unique_ptr<HttpClient> client_;
  std::unique_ptr<HttpFetcher> web_;
  std::unique_ptr<Collector> collector_;
};

TEST_F(Collecting, TheDemoFeedsOverHttpBecomeCasesThatMembersRead) {
  for (const char* path : {"/jvn.rdf", "/jpcert.rdf", "/myjvn-detail.xml", "/ministry.atom", "/kev.json",
                           "/csaf/es-2099-0042.json", "/csaf/ke-sa-2099-001.json", "/csaf/sn-2099-07.json"}) {
    const auto collected = collect(source(path, path));
    ASSERT_TRUE(collected.ok()) << path << ": " << collected.error().detail;
    EXPECT_THAT(collected->problems, IsEmpty()) << path;
    EXPECT_GT(collected->added, 0U) << path;
    EXPECT_EQ(health_of(path).items, collected->items);
  }
  const auto reader = caller(sector().acme_reporter);
  EXPECT_EQ(*platform().store.item_count(reader.reach), 16U);
  const auto cases = must(platform().store.cases(reader.reach, {})).rows;
  EXPECT_THAT(cases, SizeIs(7));
  EXPECT_EQ(std::ranges::max(cases, {}, &store::CaseSummary::sources).sources, 6U);
}

TEST_F(Collecting, ThreatObjectsReachTheCollection) {
  const auto collected = must(collect(source("objects", "/threat-objects.json")));
  EXPECT_GT(collected.objects, 0U);
  EXPECT_EQ(collected.added, collected.objects);
  const auto reader = caller(sector().acme_reporter);
  const auto page = must(platform().store.objects(reader.reach, flow::collected_collection(), {}, 0, 1000));
  EXPECT_EQ(page.objects.size(), collected.objects);
}

TEST_F(Collecting, AnUnchangedFileIsNotReadAgain) {
  const Source kev = source("kev", "/kev.json");
  const auto first = must(collect(kev));
  const auto second = must(collect(kev));
  EXPECT_EQ(requests_, 2);
  EXPECT_EQ(second.items, 0U);
  EXPECT_EQ(health_of("kev").items, first.items) << "the page of sources tells what is here, not what was sent last";
}

TEST_F(Collecting, AServerThatRefusesIsNotedAndTheLastSuccessStays) {
  must(collect(source("kev", "/kev.json")));
  const Instant success = clock().now();
  clock().advance(std::chrono::hours(1));
  const auto failed = collect(source("kev", "/gone.json"));
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().code, "fetch.status");
  EXPECT_EQ(health_of("kev").last_success, success);
  EXPECT_THAT(health_of("kev").last_problem, HasSubstr("404"));
}

TEST_F(Collecting, ABrokenFileIsToldWithItsAddressAndAskedForAgain) {
  const Source broken = source("broken", "/broken.json");
  const auto collected = must(collect(broken));
  ASSERT_THAT(collected.problems, SizeIs(1));
  EXPECT_EQ(collected.problems[0].file, broken.url);
  EXPECT_FALSE(collected.problems[0].reason.empty());
  EXPECT_EQ(health_of("broken").last_success, std::nullopt);
  EXPECT_THAT(must(collect(broken)).problems, SizeIs(1));
}

TEST_F(Collecting, ASourceIsFetchedWhenItIsDue) {
  const std::vector<Source> sources{source("kev", "/kev.json"), source("gone", "/gone.json")};
  collector_->collect_due(sources);
  EXPECT_EQ(requests_, 2);
  clock().advance(std::chrono::minutes(5));
  collector_->collect_due(sources);
  EXPECT_EQ(requests_, 3) << "only the one that failed";
  clock().advance(std::chrono::minutes(55));
  collector_->collect_due(sources);
  EXPECT_EQ(requests_, 5);
}

TEST_F(Collecting, AFolderIsReadFileByFileAndOneBadFileHarmsNoOther) {
  const auto collected = must(collect({.name = "demo", .url = "file:" + kFeeds}));
  EXPECT_GT(collected.added, 16U);
  ASSERT_THAT(collected.problems, SizeIs(1));
  EXPECT_EQ(collected.problems[0].file, "README.md");
  EXPECT_EQ(collected.problems[0].code, "source.unknown_format");
}

TEST_F(Collecting, AFolderThatIsNotThereIsAFailure) {
  EXPECT_FALSE(collect({.name = "demo", .url = "file:" + kFeeds + "/none"}).ok());
  EXPECT_EQ(health_of("demo").problems, 1U);
}

TEST_F(Collecting, ASourceMarkedAmberStaysWithTheSecretariat) {
  Source amber = source("kev", "/kev.json");
  amber.tlp = Tlp::Amber;
  must(collect(amber));
  EXPECT_EQ(*platform().store.item_count(caller(sector().acme_reporter).reach), 0U);
  EXPECT_GT(*platform().store.item_count(caller(sector().analyst).reach), 0U);
}

class CollectingRealData : public Collecting {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(shared_ + "/csaf-cisa-ot")) GTEST_SKIP() << "shared/data is not here";
    Collecting::SetUp();
  }
  std::string shared_ = HINOMI_SHARED_DATA;
};

TEST_F(CollectingRealData, TheAdvisoriesComeInWholeAndOnlyOnce) {
  const Source advisories{
      .name = "cisa-csaf", .url = "file:" + shared_ + "/csaf-cisa-ot", .format = SourceFormat::Csaf};
  const auto first = must(collect(advisories));
  EXPECT_EQ(first.items, 724U);
  EXPECT_EQ(first.added, 724U);
  EXPECT_THAT(first.problems, IsEmpty());
  const auto again = must(collect(advisories));
  EXPECT_EQ(again.added, 0U);
  EXPECT_EQ(again.duplicates, 724U);
  EXPECT_EQ(*platform().store.item_count(caller(sector().acme_reporter).reach), 724U);
}

TEST_F(CollectingRealData, TheCatalogueJoinsTheAdvisories) {
  must(collect({.name = "cisa-csaf", .url = "file:" + shared_ + "/csaf-cisa-ot"}));
  const auto before = must(platform().store.item_count(caller(sector().analyst).reach));
  const auto kev =
      must(collect({.name = "kev", .url = "file:" + shared_ + "/kev/known_exploited_vulnerabilities.json"}));
  EXPECT_THAT(kev.problems, IsEmpty());
  EXPECT_EQ(kev.added, kev.items);
  EXPECT_EQ(*platform().store.item_count(caller(sector().analyst).reach), before + kev.items);
  const auto cases = must(platform().store.cases(caller(sector().analyst).reach, {{}, 5000})).rows;
  EXPECT_GE(std::ranges::count_if(cases, [](const auto& one) { return one.sources == 2; }), 8);
}

TEST_F(CollectingRealData, AttackForControlSystemsComesIn) {
  const auto attack = must(collect({.name = "attack", .url = "file:" + shared_ + "/attack"}));
  EXPECT_GT(attack.objects, 500U);
  EXPECT_EQ(attack.added, attack.objects);
  EXPECT_THAT(attack.problems, IsEmpty());
}

}  // namespace
}  // namespace hinomi::exchange
