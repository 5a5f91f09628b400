#include "api/openid/provider.h"

#include <mutex>
#include <optional>
#include <semaphore>

#include "base/crypto.h"
#include "base/json.h"
#include "base/text.h"

namespace hinomi::api {
namespace {

constexpr std::chrono::hours kKeptFor{1};
constexpr std::chrono::minutes kKeysAskedAgain{1};
constexpr std::chrono::milliseconds kPatience{10'000};
constexpr std::uint64_t kLargestAnswer = 1 << 20;

Error unreachable(std::string detail) {
  return unavailable("openid.unreachable", "The provider did not answer as it should: " + std::move(detail));
}
Error refused(std::string detail) { return forbidden("openid.refused", std::move(detail)); }

Error busy() { return unavailable("openid.busy", "Too many sign-ins wait for the provider. Try again."); }

bool is_secure(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://127.0.0.1:") || url.starts_with("http://localhost:");
}

Error bad_setting(std::string_view name) {
  return invalid("openid.settings", "The setting is missing or not a https address.", "openid." + std::string(name));
}

ClientRequest get(std::string url) {
  ClientRequest request;
  request.url = std::move(url);
  request.timeout = kPatience;
  request.max_body_bytes = kLargestAnswer;
  request.headers.add("Accept", "application/json");
  return request;
}

struct Description {
  std::string authorisation;
  std::string token;
  std::string keys;
  Instant read_at;
};

class Provider final : public OpenIdProvider {
 public:
  Provider(ProviderSettings settings, std::unique_ptr<HttpClient> client, const Clock& clock)
      : settings_(std::move(settings)), client_(std::move(client)), clock_(clock) {}

  [[nodiscard]] const std::string& name() const override { return settings_.name; }

  Result<std::string> authorisation_url(const ProviderTrip& trip) override {
    if (!places_.try_acquire()) return busy();
    const auto described = description();
    places_.release();
    if (!described.ok()) return described.error();
    const Description& about = *described;
    const char glue = about.authorisation.find('?') == std::string::npos ? '?' : '&';
    return about.authorisation + glue +
           "response_type=code&scope=openid&code_challenge_method=S256&client_id=" + url_encoded(settings_.client_id) +
           "&redirect_uri=" + url_encoded(settings_.redirect) + "&state=" + url_encoded(trip.state) +
           "&nonce=" + url_encoded(trip.nonce) + "&code_challenge=" + to_base64url(sha256(trip.verifier));
  }

  Result<formats::ProviderIdentity> finish(const ProviderTrip& trip, const std::string& code) override {
    if (!places_.try_acquire()) return busy();
    auto identity = identity_of(trip, code);
    places_.release();
    return identity;
  }

 private:
  Result<std::unique_ptr<const JsonDocument>> fetch(const ClientRequest& request) {
    auto answer = client_->send(request);
    if (!answer.ok()) return unreachable(answer.error().code);
    if (answer->status == 400 || answer->status == 401 || answer->status == 403)
      return refused("The provider refused the code.");
    if (answer->status != 200) return unreachable("status " + std::to_string(answer->status));
    auto document = parse_json(answer->body);
    if (!document.ok()) return unreachable("no JSON");
    return document;
  }

  Result<Description> description() {
    const std::lock_guard lock(mutex_);
    if (description_ && clock_.now() - description_->read_at < kKeptFor) return *description_;
    std::string_view issuer = settings_.issuer;
    if (issuer.ends_with('/')) issuer.remove_suffix(1);
    TRY(const auto document, fetch(get(std::string(issuer) + "/.well-known/openid-configuration")));
    const JsonView about = document->root();
    // Discovery §4.3: a description that names another issuer is somebody else's.
    if (about.string_at("issuer") != settings_.issuer) return unreachable("it calls itself by another name");
    const auto address = [&](std::string_view member) { return std::string(about.string_at(member).value_or("")); };
    Description fresh{address("authorization_endpoint"), address("token_endpoint"), address("jwks_uri"), clock_.now()};
    for (const std::string& url : {fresh.authorisation, fresh.token, fresh.keys}) {
      if (!is_secure(url)) return unreachable("an address in its description is not secure");
    }
    description_ = fresh;
    return fresh;
  }

  Result<std::vector<formats::WebKey>> keys(const Description& about, std::chrono::seconds may_be_old) {
    const std::lock_guard lock(mutex_);
    if (keys_read_at_ && clock_.now() - *keys_read_at_ < may_be_old) return keys_;
    TRY(const auto document, fetch(get(about.keys)));
    TRY(keys_, formats::parse_web_keys(document->root().raw()));
    keys_read_at_ = clock_.now();
    return keys_;
  }

  Result<std::string> id_token(const Description& about, const ProviderTrip& trip, const std::string& code) {
    ClientRequest request = get(about.token);
    request.method = Method::Post;
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    // RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
    const std::string pair = url_encoded(settings_.client_id) + ":" + url_encoded(settings_.client_secret.expose());
    request.headers.add("Authorization", "Basic " + to_base64(as_bytes(pair)));
    request.body = "grant_type=authorization_code&code=" + url_encoded(code) +
                   "&redirect_uri=" + url_encoded(settings_.redirect) + "&code_verifier=" + url_encoded(trip.verifier);
    TRY(const auto document, fetch(request));
    const auto token = document->root().string_at("id_token");
    if (!token) return unreachable("no ID token");
    return std::string(*token);
  }

  Result<formats::ProviderIdentity> identity_of(const ProviderTrip& trip, const std::string& code) {
    TRY(const Description about, description());
    TRY(const std::string token, id_token(about, trip, code));
    const formats::IdTokenExpected expected{settings_.issuer, settings_.client_id, trip.nonce, clock_.now()};
    TRY(const auto known, keys(about, kKeptFor));
    auto identity = formats::read_id_token(token, known, expected);
    if (!identity.ok() && identity.error().code == "jws.key") {
      // The provider may have changed keys since they were read; asked at most once a minute.
      TRY(const auto fresh, keys(about, kKeysAskedAgain));
      identity = formats::read_id_token(token, fresh, expected);
    }
    if (!identity.ok()) return refused(identity.error().code + " " + identity.error().where);
    return identity;
  }

  ProviderSettings settings_;
  std::unique_ptr<HttpClient> client_;
  const Clock& clock_;
  std::counting_semaphore<2> places_{2};
  std::mutex mutex_;
  std::optional<Description> description_;
  std::vector<formats::WebKey> keys_;
  std::optional<Instant> keys_read_at_;
};

}  // namespace

Result<std::unique_ptr<OpenIdProvider>> OpenIdProvider::create(ProviderSettings settings,
                                                               std::unique_ptr<HttpClient> client, const Clock& clock) {
  if (!is_secure(settings.issuer)) return bad_setting("issuer");
  if (!is_secure(settings.redirect)) return bad_setting("redirect");
  if (settings.client_id.empty()) return bad_setting("client_id");
  if (settings.client_secret.expose().empty()) return bad_setting("client_secret_file");
  if (settings.name.empty()) settings.name = "OpenID Connect";
  return std::unique_ptr<OpenIdProvider>(new Provider(std::move(settings), std::move(client), clock));
}

}  // namespace hinomi::api
