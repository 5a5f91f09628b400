// Errors as they leave the program. The same error gives the same bytes, so hidden and absent cannot be told apart.
#pragma once

#include <string>

#include "api/api.h"

namespace hinomi::api {

// HTTP status of an error: one mapping for all formats.
int status_of(const Error& error);

// 事象・原因・対処 of an error in a language: catalogue texts "error.<code>.what|why|do", with general texts as
// fallback.
struct Explanation {
  std::string what;
  std::string why;
  std::string what_to_do;
};
Explanation explain(const Catalogue& catalogue, Language language, const Error& error);

// RFC 9457 problem document.
HttpResponse problem(const Catalogue& catalogue, Language language, const Error& error);
// TAXII 2.1 §3.6.1 error resource.
HttpResponse taxii_error(const Error& error);
// A whole HTML page (api/pages.h draws it).
HttpResponse error_page(const Api& api, const Visit& visit, const Error& error);

}  // namespace hinomi::api
