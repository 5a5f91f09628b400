#include "model/source.h"

#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<SourceFormat, 8> kSourceFormats{"source.format_unknown",
                                                {"csaf", "stix", "kev", "rss", "myjvn", "misp", "epss", "csv"}};

}  // namespace

std::string_view source_format_text(SourceFormat format) { return kSourceFormats.text(format); }
Result<SourceFormat> parse_source_format(std::string_view text) { return kSourceFormats.parse(text); }

}  // namespace hinomi
