// Who saw what, through the api: recorded before the answer leaves, shown to the owner and nobody else.
#include "contract/house.h"

namespace hinomi::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

class SeenBy : public House {
 protected:
  Answer readers(std::string_view who, const std::string& subject) {
    return call(who, Method::Get, "/api/v1/" + subject + "/readers");
  }
};

TEST_F(SeenBy, TheOwnerSeesWhoReadItsReport) {
  const std::string report = "reports/" + file_report().text("id");
  EXPECT_THAT(readers("member_a_lead", report).body, Not(HasSubstr("鈴木")));
  EXPECT_EQ(call("analyst1", Method::Get, "/api/v1/" + report).status, 200);
  const Answer seen = readers("member_a_lead", report);
  ASSERT_EQ(seen.status, 200);
  EXPECT_THAT(seen.body, HasSubstr("鈴木 あかり"));
  EXPECT_THAT(seen.body, HasSubstr("\"versions\":[1]"));
}

TEST_F(SeenBy, AReviewOfTheReportCountsToo) {
  const std::string id = file_report().text("id");
  const Answer review = call("analyst1", Method::Post, "/api/v1/reports/" + id + "/reviews", "{}");
  EXPECT_EQ(call("analyst2", Method::Get, "/api/v1/reviews/" + review.text("id")).status, 200);
  EXPECT_THAT(readers("member_a_soc", "reports/" + id).body, HasSubstr("高橋 まこと"));
}

TEST_F(SeenBy, OthersLearnNothing) {
  const std::string report = "reports/" + file_report().text("id");
  EXPECT_EQ(readers("analyst1", report).status, 403);
  EXPECT_EQ(readers("member_b_soc", report).status, 404);
  EXPECT_EQ(readers("member_b_soc", report).body,
            readers("member_b_soc", "reports/5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c").body);
}

TEST_F(SeenBy, TheSecretariatSeesWhoFetchedARelease) {
  const std::string release = "releases/" + published_release(file_report().text("id"));
  EXPECT_EQ(readers("member_a_lead", release).status, 403);
  EXPECT_EQ(call("member_b_soc", Method::Get, "/taxii2/api/collections/releases/objects/").status, 200);
  EXPECT_EQ(call("member_c_soc", Method::Get, "/api/v1/indicators").status, 200);
  const Answer seen = readers("analyst1", release);
  ASSERT_EQ(seen.status, 200);
  EXPECT_THAT(seen.body, HasSubstr("山本 つばさ"));
  EXPECT_THAT(seen.body, HasSubstr("中村 みのり"));
}

}  // namespace
}  // namespace hinomi::tests
