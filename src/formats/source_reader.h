// The one entry to everything that comes from outside: recognise a file and read it. This is what runs inside the
// sandboxed parsing process; write_outcome() of formats/outcome.h carries the answer back.
// Pure functions over borrowed bytes; safe on any thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "formats/outcome.h"

namespace hinomi {

// By content first; the name decides only between text formats that look alike. RSS, Atom and RDF without JVN's names
// are Rss. Invalid (source.unknown_format) when nothing fits.
Result<SourceFormat> detect_format(std::string_view bytes, std::string_view file_name);

// Never fails: a file that cannot be read at all is one problem with file, position, code and reason.
// Misp, Epss and Csv are read by nobody here and give source.unsupported_format.
ReadOutcome read_source(SourceFormat format, const SourceFile& file);
// detect_format and read_source in one.
ReadOutcome read_source(const SourceFile& file);

}  // namespace hinomi
