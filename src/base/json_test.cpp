#include "base/json.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace hinomi {
namespace {

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(Json, KeepsTheBytesOfEveryValue) {
  const auto document = parse_json(R"( {"a" : [1, 2.50 , {"b":"x\ny"} ] , "c":null} )");
  ASSERT_TRUE(document.ok()) << document.error().detail;
  const JsonView root = (*document)->root();
  EXPECT_EQ(root.raw(), R"({"a" : [1, 2.50 , {"b":"x\ny"} ] , "c":null})");
  const JsonView list = *root.find("a");
  EXPECT_EQ(list.raw(), R"([1, 2.50 , {"b":"x\ny"} ])");
  EXPECT_EQ(list.at(1).raw(), "2.50");
  EXPECT_EQ(list.at(2).raw(), R"({"b":"x\ny"})");
  EXPECT_EQ(list.at(2).string_at("b"), "x\ny");
  EXPECT_EQ(root.find("c")->type(), JsonType::Null);
}

TEST(Json, ReadsNumbersOnlyAsWhatTheyAre) {
  const auto document = parse_json("[9007199254740993, 1.5, 99999999999999999999]");
  ASSERT_TRUE(document.ok()) << document.error().detail;
  const JsonView root = (*document)->root();
  EXPECT_EQ(root.at(0).integer(), 9007199254740993);
  EXPECT_EQ(root.at(1).integer(), std::nullopt);
  EXPECT_EQ(root.at(2).integer(), std::nullopt);
  EXPECT_EQ(root.at(2).raw(), "99999999999999999999");
}

TEST(Json, RefusesADuplicateKey) {
  const auto document = parse_json(R"({"tlp":"red","tlp":"clear"})");
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().code, "json.duplicate_key");
}

TEST(Json, RefusesDeepNesting) {
  EXPECT_TRUE(parse_json(std::string(64, '[') + std::string(64, ']')).ok());
  const auto document = parse_json(std::string(65, '[') + std::string(65, ']'));
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().code, "json.too_deep");
}

TEST(Json, RefusesTextOverTheLimitAndBrokenEncoding) {
  EXPECT_EQ(parse_json("[1,2,3]", {.max_bytes = 3}).error().code, "json.too_large");
  EXPECT_EQ(parse_json("[\"\xff\"]").error().code, "json.encoding");
}

TEST(Json, WriterEscapesWhatWouldEndAScriptElement) {
  JsonWriter writer;
  writer.begin_object()
      .member("a", "</script>\u2028\"\x01")
      .key("b")
      .begin_array()
      .integer(1)
      .null()
      .end_array()
      .end_object();
  EXPECT_EQ(writer.text(), R"({"a":"\u003c/script>\u2028\"\u0001","b":[1,null]})");
}

// Every file of the public JSON parser suite: y_ must be accepted, n_ must be refused, i_ must not crash.
TEST(Json, AgreesWithTheConformanceSuite) {
  const std::filesystem::path folder = HINOMI_SHARED_DATA "/json-suite";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "shared/data/json-suite is not here";
  int accepted = 0;
  int refused = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const auto result = parse_json(file_text(entry.path()));
    const bool root_is_scalar = name.find("lonely") != std::string::npos || name == "y_string_space.json" ||
                                name == "y_structure_string_empty.json";
    const bool duplicate_key = name.starts_with("y_object_duplicated_key");
    if (name.starts_with("y_") && !root_is_scalar && !duplicate_key) {
      EXPECT_TRUE(result.ok()) << name << ": " << (result.ok() ? "" : result.error().detail);
      ++accepted;
    }
    if (name.starts_with("n_")) {
      EXPECT_FALSE(result.ok()) << name;
      ++refused;
    }
  }
  EXPECT_GT(accepted, 80);
  EXPECT_GT(refused, 180);
}

}  // namespace
}  // namespace hinomi
