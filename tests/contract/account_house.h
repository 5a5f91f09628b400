// Signing in and acting on one's own account, as a browser or a program does it.
#pragma once

#include <string>

#include "contract/house.h"

namespace hinomi::tests {

class AccountHouse : public House {
 protected:
  struct Browser {
    std::string cookie;
    std::string csrf;
  };
  static std::string credentials(std::string_view login, std::string_view password, std::string_view totp = "") {
    JsonWriter out;
    out.begin_object().member("login", login).member("password", password).member("totp", totp).end_object();
    return out.take();
  }
  Answer sign_in(std::string_view login, std::string_view password, std::string source = "127.0.0.1",
                 std::string_view totp = "") {
    HttpRequest asked = request(Method::Post, "/api/v1/session", credentials(login, password, totp));
    asked.remote_address = std::move(source);
    return send(std::move(asked));
  }
  Browser browser(std::string_view who) {
    const Answer answer = sign_in(account(who).login, account(who).password);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const std::string_view cookie = answer.headers.find("Set-Cookie").value_or("");
    return {std::string(cookie.substr(0, cookie.find(';'))), answer.text("csrf")};
  }
  Answer with(const Browser& browser, Method method, std::string_view target, std::string body = {}) {
    HttpRequest asked = request(method, target, std::move(body));
    asked.headers.add("Cookie", browser.cookie);
    asked.headers.add("X-CSRF-Token", browser.csrf);
    return send(std::move(asked));
  }
  Answer with_token(const std::string& token, Method method, std::string_view target, std::string body = {}) {
    HttpRequest asked = request(method, target, std::move(body));
    asked.headers.add("Authorization", "Bearer " + token);
    return send(std::move(asked));
  }
  std::string token_with(std::string_view who, std::string_view scopes) {
    return call(who, Method::Post, "/api/v1/account/tokens",
                R"({"name":"t","scopes":)" + std::string(scopes) + "," + step_up(who) + "}")
        .text("token");
  }
};

}  // namespace hinomi::tests
