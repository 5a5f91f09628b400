// The beginning of an installation: an empty directory, two people at least, once; and that they can go on from there.
#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>
#include <sstream>

#include "app/operation.h"
#include "flow/directory.h"
#include "flow/founding.h"
#include "flow/session.h"
#include "policy/authority.h"

namespace hinomi::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kPassword = "four unrelated words here";

class Founding : public ::testing::Test {
 protected:
  Founding() : catalogue_(must(app::embedded_catalogue())) {
    std::string pattern = (std::filesystem::temp_directory_path() / "hinomi-founding-XXXXXX").string();
    request_ = {::mkdtemp(pattern.data()),
                "ともしび電力ISAC",
                "Tomoshibi Power ISAC",
                {"hanako=佐藤 花子", "Taro=鈴木 太郎"},
                {"ot"}};
  }
  ~Founding() override { std::filesystem::remove_all(request_.data); }

  template <class T>
  static T must(Result<T> result) {
    if (!result.ok()) throw std::runtime_error(result.error().code + " " + result.error().detail);
    return std::move(*result);
  }
  // The exit code; what was printed stands in out_ and err_.
  app::ExitCode init() {
    return app::run_init({{clock_, random_, log_, files_}, catalogue_, Language::English, true, false, out_, err_},
                         request_);
  }
  [[nodiscard]] std::unique_ptr<app::Installation> open() {
    return must(app::Installation::open({clock_, random_, log_, files_}, request_.data, HashCost::Test));
  }
  static std::string code_of(const std::string& printed, std::string_view login) {
    const auto line = must(parse_json(printed));
    const JsonView invitations = *line->root().find("invitations");
    for (const JsonView one : invitations) {
      if (one.string_at("login") == login) return std::string(one.string_at("code").value_or(""));
    }
    return "";
  }
  static flow::Caller caller(const flow::Platform& platform, std::string_view login) {
    for (const auto& [id, person] : platform.store.directory()->persons) {
      if (person.login == login) return must(flow::caller_for(platform, id));
    }
    throw std::runtime_error("nobody signs in like this");
  }

  ManualClock clock_{*parse_rfc3339("2026-11-22T02:10:00+09:00")};
  SeededRandom random_{5};
  NoLog log_;
  SystemFiles files_;
  Catalogue catalogue_;
  app::InitRequest request_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(Founding, MakesTheSecretariatItsPeopleAndTheGroupsThatLabelsName) {
  ASSERT_EQ(init(), app::ExitCode::Done) << err_.str();
  const auto installation = open();
  const auto directory = installation->store().directory();
  ASSERT_THAT(directory->orgs, SizeIs(1));
  EXPECT_EQ(directory->orgs.begin()->second.kind, OrgKind::Secretariat);
  EXPECT_EQ(directory->orgs.begin()->second.name_en, "Tomoshibi Power ISAC");
  ASSERT_THAT(directory->persons, SizeIs(2));
  for (const char* login : {"hanako", "taro"}) {
    const flow::Caller founder = caller(installation->platform(), login);
    EXPECT_EQ(policy::standing_of(founder.principal), policy::Standing::PlatformOperator) << login;
    EXPECT_TRUE(founder.principal.has(Role::Analyst));
    EXPECT_EQ(founder.principal.compartments, std::set<std::string>{"ot"});
  }
  std::set<std::string> groups;
  for (const auto& [id, group] : directory->groups) groups.insert(group.name);
  EXPECT_EQ(groups, (std::set<std::string>{"members", "technical_members", "partners"}));
}

TEST_F(Founding, CodesArePrintedOnceAndWorkOnce) {
  ASSERT_EQ(init(), app::ExitCode::Done) << err_.str();
  const auto installation = open();
  const auto accept = [&](const std::string& code) {
    return flow::accept_invitation(installation->platform(), {code, SecretText(kPassword), "192.0.2.1"});
  };
  const std::string code = code_of(out_.str(), "hanako");
  EXPECT_THAT(code, SizeIs(23));
  EXPECT_NE(code, code_of(out_.str(), "taro"));
  EXPECT_TRUE(accept(code).ok());
  EXPECT_EQ(accept(code).error().code, "invitation.unknown");
  EXPECT_TRUE(accept(code_of(out_.str(), "taro")).ok());
}

TEST_F(Founding, IsTheFirstEntryOfTheLedger) {
  ASSERT_EQ(init(), app::ExitCode::Done) << err_.str();
  const auto installation = open();
  EXPECT_THAT(must(installation->store().unsealed_entries()), IsEmpty());
  EXPECT_THAT(must(installation->store().sealed_leaves(0)), SizeIs(flow::kLeafBatch));
  const flow::Caller founder = caller(installation->platform(), "hanako");
  const auto sealed =
      must(installation->store().sealed_entry(founder.reach, "installation.founded", founder.principal.org.text(), 1));
  EXPECT_EQ(sealed.entry.at, clock_.now());
}

TEST_F(Founding, HappensOnce) {
  ASSERT_EQ(init(), app::ExitCode::Done) << err_.str();
  request_.people = {"one=一", "two=二"};
  EXPECT_EQ(init(), app::ExitCode::Failed);
  EXPECT_THAT(err_.str(), HasSubstr("founding.not_empty"));
  EXPECT_THAT(open()->store().directory()->persons, SizeIs(2));
}

TEST_F(Founding, RefusesWhatCouldNotGoOnAndWritesNothing) {
  using Request = app::InitRequest;
  const std::vector<std::pair<std::string, std::function<void(Request&)>>> wrong{
      {"founding.too_few", [](Request& request) { request.people.resize(1); }},
      {"founding.too_few", [](Request& request) { request.people.clear(); }},
      {"person.login_taken", [](Request& request) { request.people = {"taro=一", "TARO=二"}; }},
      {"founding.name", [](Request& request) { request.people = {"taro", "hanako=二"}; }},
      {"founding.name", [](Request& request) { request.people = {"taro= ", "hanako=二"}; }},
      {"directory.login", [](Request& request) { request.people = {"ta ro=一", "hanako=二"}; }},
      {"founding.organisation", [](Request& request) { request.organisation = " "; }},
      {"founding.compartment", [](Request& request) { request.compartments = {"O T"}; }},
  };
  for (const auto& [code, spoil] : wrong) {
    const Request before = request_;
    spoil(request_);
    err_.str("");
    EXPECT_NE(init(), app::ExitCode::Done) << code;
    EXPECT_THAT(err_.str(), HasSubstr(code));
    EXPECT_THAT(out_.str(), IsEmpty());
    request_ = before;
  }
  EXPECT_THAT(open()->store().directory()->orgs, IsEmpty());
  EXPECT_EQ(init(), app::ExitCode::Done) << "a wrong try leaves the way free";
}

TEST_F(Founding, AFounderWhoseCodeExpiredIsInvitedAgainOnTheMachine) {
  ASSERT_EQ(init(), app::ExitCode::Done) << err_.str();
  clock_.advance(flow::kInvitationStands);
  const auto installation = open();
  const auto accept = [&](const std::string& code) {
    return flow::accept_invitation(installation->platform(), {code, SecretText(kPassword), "192.0.2.1"});
  };
  EXPECT_FALSE(accept(code_of(out_.str(), "hanako")).ok());
  const auto again = flow::invite_locally(installation->platform(), "Hanako");
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(accept(again->code.expose()).ok());
  EXPECT_EQ(flow::invite_locally(installation->platform(), "hanako").error().code, "invitation.not_new");
  EXPECT_EQ(flow::invite_locally(installation->platform(), "nobody").error().code, "not_found");
}

}  // namespace
}  // namespace hinomi::tests
