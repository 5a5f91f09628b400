#include "store/sqlite/whereabouts.h"

#include <gmock/gmock.h>

namespace hinomi::store::sqlite {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Uuid kOne{1}, kOther{2};

TEST(Whereabouts, TellOfTheLabelsThatAreAskedAboutOnly) {
  Whereabouts whereabouts;
  EXPECT_THAT(whereabouts.among(std::vector{LabelId{1}, LabelId{900}}, {Mark::Report, kOne}), IsEmpty());
  const std::vector<Whereabouts::Standing> standings{
      {LabelId{3}, {Mark::Report, kOne}}, {LabelId{5}, {Mark::Report, kOne}}, {LabelId{5}, {Mark::Report, kOther}}};
  whereabouts.add(standings);
  const std::vector readable{LabelId{1}, LabelId{5}, LabelId{900}};
  EXPECT_THAT(whereabouts.among(readable, {Mark::Report, kOne}), ElementsAre(LabelId{5}));
  EXPECT_THAT(whereabouts.among(std::vector{LabelId{3}}, {Mark::Report, kOther}), IsEmpty());
}

TEST(Whereabouts, ThingsOfDifferentKindsAreDifferentThings) {
  Whereabouts whereabouts;
  const std::vector<Whereabouts::Standing> standings{{LabelId{1}, {Mark::Report, kOne}}};
  whereabouts.add(standings);
  const std::vector readable{LabelId{1}};
  EXPECT_THAT(whereabouts.among(readable, {Mark::Release, kOne}), IsEmpty());
  EXPECT_THAT(whereabouts.among(readable, {Mark::ReportNumber, "HR-2026-AAAA"}), IsEmpty());
  EXPECT_THAT(whereabouts.among(readable, {kOne, "indicator--1"}), IsEmpty());
}

}  // namespace
}  // namespace hinomi::store::sqlite
