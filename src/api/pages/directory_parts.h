// What the pages of the directory share: their frame, and how a change is shown. Internal to the pages.
#pragma once

#include <string>

#include "api/api.h"
#include "api/pages/html.h"
#include "model/directory_change.h"

namespace hinomi::api {

HttpResponse directory_page(const Api& api, const Visit& visit, const std::string& title, const Html& html,
                            int status = 200);

// Field by field, as far as the visitor may know the records.
void draw_differences(Html& html, const Api& api, const Visit& visit, const DirectoryChange& change);
// Who would read what they do not read now, and the other way round, in numbers.
Status draw_visibility(Html& html, const Api& api, const Visit& visit, const DirectoryChange& change);

}  // namespace hinomi::api
