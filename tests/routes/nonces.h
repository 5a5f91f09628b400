// Takes out of an answer what its row declares to differ, and nothing else.
#pragma once

#include <string>

#include "routes/route_rows.h"

namespace hinomi::tests::routes {

// Which nonces are taken out: those that are hashes over hidden things only, or the drawn ones too.
enum class Without { Committed, CommittedAndDrawn };

// Status line, headers in their order, an empty line and the body. Each nonce that stands there in its declared shape
// is replaced by the shape's name; one in another shape stays, so that it is seen. `row` may be null (no such route).
std::string comparable(const HttpResponse& response, const Row* row, Without without);

}  // namespace hinomi::tests::routes
