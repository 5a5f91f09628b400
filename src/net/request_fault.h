// Why a request cannot be taken, as the server will answer it.
#pragma once

#include <optional>
#include <string>

namespace hinomi {

struct RequestFault {
  int status = 400;
  std::string code;    // catalogue key, e.g. "http.host_missing"
  std::string detail;  // English
};

}  // namespace hinomi
