// Where collected files come from: a web server or a folder, by one interface. Blocks its caller; implementations are
// safe on any thread when what they borrow is.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "model/label.h"
#include "model/source.h"
#include "net/http_client.h"

namespace hinomi::exchange {

// One configured source.
struct Source {
  std::string name;                         // "cisa-csaf"
  std::string url;                          // https://…, http://… or file:/folder
  std::optional<SourceFormat> format = {};  // nothing: recognised by content
  std::chrono::seconds interval{3600};
  Tlp tlp = Tlp::Clear;  // nothing from here is freer; what its files leave unmarked is this
};

// What a server said of the version it gave (RFC 9110 §8.8), to ask for later ones only. Empty when it said nothing.
struct Validators {
  std::string etag;
  std::string last_modified;
};

struct Fetched {
  bool unchanged = false;  // nothing was handed over, because nothing is newer
  Validators validators;
  std::vector<ReadProblem> problems;  // files that could not be fetched; the others were
};

// Gets each file, by name and bytes, as it arrives; an error ends the fetch.
using TakeFile = std::function<Status(std::string_view name, std::string_view bytes)>;

class Fetcher {
 public:
  virtual ~Fetcher() = default;
  // Unavailable or Invalid when nothing could be fetched ("fetch.status" for an answer that is no success; the codes of
  // net/http_client.h and base/files.h), or what `take` returned.
  virtual Result<Fetched> fetch(const Source& source, const Validators& known, const TakeFile& take) = 0;
};

// One file by conditional GET.
class HttpFetcher final : public Fetcher {
 public:
  explicit HttpFetcher(HttpClient& client) : client_(client) {}
  Result<Fetched> fetch(const Source& source, const Validators& known, const TakeFile& take) override;

 private:
  HttpClient& client_;
};

// Every file below a folder, or one file; links are not followed. Never unchanged.
class FolderFetcher final : public Fetcher {
 public:
  explicit FolderFetcher(const Files& files) : files_(files) {}
  Result<Fetched> fetch(const Source& source, const Validators& known, const TakeFile& take) override;

 private:
  const Files& files_;
};

}  // namespace hinomi::exchange
