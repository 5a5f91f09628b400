// The edge for people and machines: one table of routes, one dispatcher. A request is identified, its limits and CSRF
// proof are checked, its handler calls `flow` and presents the result; every error leaves as a problem document, a
// TAXII error or a page, by the route's format. The dispatcher is called from many worker threads; it holds no per-user
// state.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/own_turn.h"
#include "api/send_limit.h"
#include "base/catalogue.h"
#include "flow/caller.h"
#include "flow/repeat.h"
#include "formats/received_file.h"
#include "formats/table.h"
#include "net/http.h"
#include "net/http_server.h"
#include "print/printer.h"

namespace hinomi::api {

class StreamHub;
class OpenIdProvider;

// Files of the portal, by path below /assets/ ("app.3f2a.js"), and the two shells.
struct Asset {
  std::string_view content_type;
  std::shared_ptr<const std::string> bytes;
};
struct Assets {
  std::map<std::string, Asset, std::less<>> files;
  std::string app_script;  // path of the portal's entry script; empty when the portal was not built
  std::vector<std::string> app_styles;
  std::string passkey_script;  // of the sign-in and account pages; empty as above
  std::string draft_script;    // of the first report's pages; empty as above
};

// What runs sandboxed parsing for uploads; owned by the app (exchange/ implements it, api/ never includes it).
class Importer {
 public:
  virtual ~Importer() = default;
  struct Outcome {
    std::string format;
    std::size_t items = 0, added = 0, duplicates = 0, objects = 0, cases = 0;
    std::vector<ReadProblem> problems;
  };
  // Reads one file through the same collector that fetches feeds. Problems are part of a success.
  virtual Result<Outcome> import_file(const flow::Caller& caller, std::string_view source, std::string_view file,
                                      std::string_view bytes) = 0;
  // The sheets of an .xlsx as plain texts; errors of exchange/workbook_sandbox.h.
  virtual Result<std::vector<Table>> read_workbook(std::string_view bytes) = 0;
  // The same of a workbook or of a mail that carries one.
  virtual Result<ReceivedFile> read_received(std::string_view bytes) = 0;
};

struct ApiParts {
  const flow::Platform& platform;
  const Catalogue& catalogue;
  const Assets& assets;
  Importer& importer;
  print::Printer& printer;
  std::string openapi;               // the description, as served
  Secret<Bytes> cookie_key;          // for CSRF proofs and cursors; 32 bytes
  OpenIdProvider* openid = nullptr;  // null where the installation has none
};

enum class Access { Public, SignedIn };
enum class Format { Json, Page, Taxii, Stream, Asset };

// One request inside the api.
struct Visit {
  const HttpRequest& request;
  std::map<std::string, std::string, std::less<>> values;  // of the {names} in the pattern, decoded
  std::optional<flow::Caller> caller;                      // present on every SignedIn route
  Language language = Language::Japanese;
  std::string id;  // of this request, for problem documents and the log
  // Set by the dispatcher after the handler: what was read, on its way to the disk, and whether the answer shows
  // something that its reader may have lost meanwhile.
  std::shared_ptr<store::Recording> recording{};
  bool shows_protected = false;

  [[nodiscard]] const flow::Caller& who() const { return *caller; }
  [[nodiscard]] std::string_view value(std::string_view name) const { return values.find(name)->second; }
};

class Api;
using Handler = Result<HttpResponse> (*)(Api& api, const Visit& visit);

// A row of the table. Suites walk it: a route that is not here does not exist.
struct Route {
  Method method;
  std::string_view pattern;  // "/api/v1/reports/{id}"; {rest} as the last segment takes the rest of the path
  Access access;
  Format format;
  std::uint64_t body_limit;  // bytes
  Handler handler;
};

// The forms of pages that come with a file, and so as multipart/form-data.
inline constexpr std::string_view kWorkbookForm = "/directory/import/workbook";
inline constexpr std::string_view kFormReadingForm = "/forms/read/file";
// Takes a file as its body.
inline constexpr std::string_view kFormReading = "/api/v1/forms/read";

std::span<const Route> rest_routes();
std::span<const Route> page_routes();
std::span<const Route> taxii_routes();
std::span<const Route> system_routes();  // health, assets, stream
// Every table, in the order in which the dispatcher looks: what is not here does not exist.
std::vector<Route> all_routes();

class Api {
 public:
  explicit Api(ApiParts parts);
  ~Api();
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  // The three callbacks of the HTTP server. The answer of begin() may have to wait for something, see
  // HttpResponse::before; the request must live until then.
  HttpResponse begin(const HttpRequest& request);
  std::uint64_t body_limit(const RequestHead& head) const;
  HttpResponse refuse(const Refusal& refusal) const;

  // begin(), waited for.
  HttpResponse handle(const HttpRequest& request) { return waited_for(begin(request), request); }

  // Counts something that is sent without a name. Unavailable "unnamed.too_often" above what one network may.
  Status count_sending(const HttpRequest& request) const;
  // An error as the answer to this visit.
  [[nodiscard]] HttpResponse explained(const Visit& visit, Format format, const Error& error) const;
  // Ends the event streams; call before the server stops.
  void close_streams();

  [[nodiscard]] const flow::Platform& platform() const { return parts_.platform; }
  [[nodiscard]] const Catalogue& catalogue() const { return parts_.catalogue; }
  [[nodiscard]] const ApiParts& parts() const { return parts_; }
  // Through the parts that work in a child process, one thing at a time for each person: "work.own_running" when an
  // earlier one of theirs does not end within a second.
  Result<std::string> print(const Visit& visit, const print::Document& document) const;
  Result<std::vector<Table>> read_workbook(const Visit& visit, std::string_view bytes) const;
  Result<ReceivedFile> read_received(const Visit& visit, std::string_view bytes) const;
  Result<Importer::Outcome> import_file(const Visit& visit, std::string_view source, std::string_view file,
                                        std::string_view bytes) const;
  [[nodiscard]] StreamHub& streams() { return *streams_; }
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

  // A text of the catalogue in the visitor's language.
  [[nodiscard]] std::string text(const Visit& visit, std::string_view key, const Catalogue::Values& values = {}) const {
    return parts_.catalogue.text(visit.language, key, values);
  }

 private:
  struct Found {
    const Route* route = nullptr;
    std::map<std::string, std::string, std::less<>> values;
    bool path_known = false;  // with other methods
    Format format = Format::Page;
  };
  [[nodiscard]] Found find(Method method, std::string_view path) const;
  Result<HttpResponse> answer(const Route& route, Visit& visit);

  ApiParts parts_;
  std::vector<Route> routes_;
  std::unique_ptr<StreamHub> streams_;
  mutable OwnTurns turns_;
  mutable SendLimit sendings_;
};

}  // namespace hinomi::api
