// The whole program without sockets: the demo sector in a directory of its own, requests handed to the api as values.
#pragma once

#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "api/api.h"
#include "app/demo_sector.h"
#include "app/installation.h"
#include "base/json.h"
#include "base/text.h"
#include "flow/deliver.h"
#include "support/plain_printer.h"

namespace hinomi::tests {

class NoImports final : public api::Importer {
 public:
  Result<Outcome> import_file(const flow::Caller&, std::string_view, std::string_view, std::string_view) override {
    return unavailable("import.closed", "This house takes no imports.");
  }
  // Here in this process: the confined one has its own tests (src/exchange/workbook_sandbox_test.cpp).
  Result<std::vector<Table>> read_workbook(std::string_view bytes) override { return read_tables(bytes); }
  Result<ReceivedFile> read_received(std::string_view bytes) override { return read_received_file(bytes); }
};

struct Answer {
  int status = 0;
  Headers headers;
  std::string body;
  std::shared_ptr<const JsonDocument> json;
  [[nodiscard]] std::string text(std::string_view key) const {
    return json ? std::string(json->root().string_at(key).value_or("")) : "";
  }
};

class House : public ::testing::Test {
 protected:
  House() : random_(11), clock_(*parse_rfc3339("2026-11-22T02:10:00+09:00")) {
    std::string pattern = (std::filesystem::temp_directory_path() / "hinomi-house-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
    installation_ = must(app::Installation::open({clock_, random_, log_, files_}, directory_, HashCost::Test));
    installation_->set_unnamed_door({.accepts = true, .telephone = "03-0000-0000", .most_unanswered = 200});
    sector_ = must(app::make_demo_sector(*installation_, random_));
    catalogue_ = std::make_unique<Catalogue>(must(app::embedded_catalogue()));
    api_ = std::make_unique<api::Api>(api::ApiParts{installation_->platform(), *catalogue_, assets_, importer_,
                                                    printer_, std::string(app::embedded_api_description()),
                                                    installation_->cookie_key()});
  }
  ~House() override {
    api_->close_streams();
    api_.reset();
    installation_.reset();
    std::filesystem::remove_all(directory_);
  }

  template <class T>
  static T must(Result<T> result) {
    if (!result.ok())
      throw std::runtime_error(result.error().code + " " + result.error().detail + " " + result.error().where);
    return std::move(*result);
  }

  [[nodiscard]] const app::DemoAccount& account(std::string_view key) const {
    for (const app::DemoAccount& account : sector_.accounts) {
      if (account.key == key) return account;
    }
    throw std::runtime_error("no such account");
  }

  Answer send(HttpRequest request) {
    const HttpResponse response = api_->handle(request);
    Answer answer{response.status, response.headers, response.shared_body ? *response.shared_body : response.body,
                  nullptr};
    if (auto document = parse_json(answer.body); document.ok()) answer.json = std::move(*document);
    return answer;
  }

  static HttpRequest request(Method method, std::string_view target, std::string body = {}) {
    HttpRequest request;
    request.method = method;
    request.method_text = method_text(method);
    request.target = target;
    request.path = target.substr(0, target.find('?'));
    if (const auto query = target.find('?'); query != std::string_view::npos) {
      for (const auto pair : split(target.substr(query + 1), '&')) {
        const auto equals = pair.find('=');
        request.query.push_back({std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1))});
      }
    }
    request.host = "localhost:8080";
    request.remote_address = "127.0.0.1";
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    request.body = std::move(body);
    return request;
  }

  static std::vector<std::string_view> split(std::string_view text, char separator) {
    return hinomi::split(text, separator);
  }

  Answer call(std::string_view who, Method method, std::string_view target, std::string body = {}) {
    HttpRequest asked = request(method, target, std::move(body));
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    return send(std::move(asked));
  }

  // The member "step_up" with what this account can show now. A code is of the step after the last one used.
  std::string step_up(std::string_view who) {
    const app::DemoAccount& shown = account(who);
    if (shown.totp_secret.empty()) return R"("step_up":{"password":")" + shown.password + R"("})";
    std::int64_t& used = used_steps_[shown.login];
    const std::int64_t now = clock_.now().time_since_epoch() / std::chrono::seconds(30);
    used = std::max(used + 1, now - 1);
    if (used > now + 1) {
      clock_.advance(std::chrono::seconds(30));
    }
    return R"("step_up":{"totp":")" + totp_code(Secret<Bytes>(must(from_base32(shown.totp_secret))), used) + R"("})";
  }

  // A report of member A that names it, its area and a value only it has seen.
  Answer file_report(std::string_view taint = "xqzvbnmtrwkp") {
    return call(
        "member_a_soc", Method::Post, "/api/v1/reports",
        R"({"kind":"incident","scope":"members_anonymously","technical_preconsent":true,"summary":"みなと電力ネットワークの東北エリアで不審なログオン )" +
            std::string(taint) +
            R"(","facts":{"t.recognised":"2026-11-22T02:05:00+09:00","t.known":"2026-11-22T02:05:00+09:00","inc.cyber":"suspected","outage.lost_kw":7200,"outage.ongoing":true},)"
            R"("technical":{"indicators":["203.0.113.7","evil.example"],"techniques":["T0883"]}})");
  }

  // Opens a review and takes the proposal's edition; returns the review.
  Answer prepared_review(const std::string& report) {
    const Answer opened = call("analyst1", Method::Post, "/api/v1/reports/" + report + "/reviews", "{}");
    const JsonView proposal = *opened.json->root().find("proposal");
    const JsonView edition = *proposal.find("edition");
    const JsonView indicators = *edition.find("indicators");
    JsonWriter body;
    body.begin_object()
        .key("revision")
        .integer(*opened.json->root().integer_at("revision"))
        .key("edition")
        .begin_object();
    for (const JsonView member : edition) {
      if (member.key() != "indicators") body.key(member.key()).raw(member.raw());
    }
    body.key("indicators").begin_array();
    for (const JsonView indicator : indicators) body.string(indicator.string_at("value").value_or(""));
    body.end_array().end_object().member("tlp", "TLP:AMBER").member("audience", "members").end_object();
    return call("analyst1", Method::Put, "/api/v1/reviews/" + opened.text("id"), body.take());
  }

  Answer approve(std::string_view who, const Answer& review) {
    return call(
        who, Method::Post, "/api/v1/reviews/" + review.text("id") + "/approvals",
        R"({"revision":)" + std::string(review.json->root().find("revision")->raw()) + "," + step_up(who) + "}");
  }

  // The id of a release that two people have approved.
  std::string published_release(const std::string& report) {
    const Answer review = prepared_review(report);
    approve("analyst1", review);
    return approve("analyst2", review).text("release_id");
  }

  SeededRandom random_;
  ManualClock clock_;
  NoLog log_;
  SystemFiles files_;
  std::string directory_;
  std::unique_ptr<app::Installation> installation_;
  app::DemoSector sector_;
  std::unique_ptr<Catalogue> catalogue_;
  api::Assets assets_;
  NoImports importer_;
  PlainPrinter printer_;
  std::map<std::string, std::int64_t> used_steps_;  // of one-time codes, by login
  std::unique_ptr<api::Api> api_;
};

}  // namespace hinomi::tests
