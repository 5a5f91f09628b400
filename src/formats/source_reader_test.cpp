#include "formats/source_reader.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "support/read_file.h"

namespace hinomi {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string demo(std::string_view name) {
  return testing::read_file(fmt::format("{}/packs/demo/feeds/{}", HINOMI_SOURCE_DIR, name));
}

TEST(SourceReader, RecognisesEveryDemoFeedByItsContent) {
  const std::pair<std::string_view, SourceFormat> cases[] = {{"jvn.rdf", SourceFormat::MyJvn},
                                                             {"jpcert.rdf", SourceFormat::Rss},
                                                             {"myjvn-detail.xml", SourceFormat::MyJvn},
                                                             {"ministry.atom", SourceFormat::Rss},
                                                             {"kev.json", SourceFormat::Kev},
                                                             {"kev.csv", SourceFormat::Kev},
                                                             {"csaf/ke-sa-2099-001.json", SourceFormat::Csaf},
                                                             {"csaf/sn-2099-07.json", SourceFormat::Csaf},
                                                             {"csaf/es-2099-0042.json", SourceFormat::Csaf},
                                                             {"threat-objects.json", SourceFormat::Stix}};
  for (const auto& [name, format] : cases) {
    const std::string text = demo(name);
    const auto detected = detect_format(text, "download");
    ASSERT_TRUE(detected.ok()) << name;
    EXPECT_EQ(*detected, format) << name;
    const ReadOutcome outcome = read_source({"demo", std::string(name), text});
    EXPECT_THAT(outcome.problems, IsEmpty()) << name;
    EXPECT_GT(outcome.items.size() + outcome.objects.size(), 0U) << name;
  }
}

TEST(SourceReader, UnknownFilesAreOneProblemWithTheFileName) {
  for (const std::string_view text : {"", "   ", "hello", "{}", "[1]",
                                      "\x7F"
                                      "ELF"}) {
    const ReadOutcome outcome = read_source({"demo", "odd.bin", text});
    ASSERT_THAT(outcome.problems, SizeIs(1)) << text;
    EXPECT_EQ(outcome.problems[0].code, "source.unknown_format");
    EXPECT_EQ(outcome.problems[0].file, "odd.bin");
  }
}

TEST(SourceReader, BrokenFilesSayWhere) {
  const ReadOutcome json = read_source({"demo", "cut.json", R"({"objects":[{"type")"});
  ASSERT_THAT(json.problems, SizeIs(1));
  EXPECT_THAT(json.problems[0].where, ::testing::StartsWith("byte "));
  const ReadOutcome xml = read_source({"demo", "cut.xml", "<rss><channel>"});
  ASSERT_THAT(xml.problems, SizeIs(1));
  EXPECT_THAT(xml.problems[0].where, ::testing::StartsWith("byte "));
}

TEST(SourceReader, FormatsWithoutAReaderAreRefusedByName) {
  const ReadOutcome outcome = read_source({"demo", "event.json", R"({"Event":{}})"});
  ASSERT_THAT(outcome.problems, SizeIs(1));
  EXPECT_EQ(outcome.problems[0].code, "source.unsupported_format");
  EXPECT_EQ(detect_format("#model_version:v4\ncve,epss,percentile\n", "epss.csv").value_or(SourceFormat::Rss),
            SourceFormat::Epss);
  EXPECT_EQ(detect_format("a,b\n1,2\n", "LIST.CSV").value_or(SourceFormat::Rss), SourceFormat::Csv);
}

TEST(SourceReader, AByteOrderMarkAndWhiteSpaceInFrontDoNotMatter) {
  const std::string text = "\xEF\xBB\xBF  \n" + demo("jpcert.rdf").substr(demo("jpcert.rdf").find("<rdf:RDF"));
  EXPECT_THAT(read_source({"demo", "x", text}).items, SizeIs(3));
  const std::string json = "\xEF\xBB\xBF" + demo("kev.json");
  EXPECT_THAT(read_source({"demo", "x", json}).items, SizeIs(3));
}

}  // namespace
}  // namespace hinomi
