// How a request shows that the person is there: the member "step_up" of a JSON body, a header beside
// a file, or the fields of a page's form.
#pragma once

#include "api/api.h"
#include "api/pages/html.h"
#include "base/json.h"
#include "flow/step_up.h"

namespace hinomi::api {

inline constexpr std::string_view kStepUpHeader = "Hinomi-Step-Up";

// {"totp":"123456"}, {"password":"…"} or {"passkey":{…}}; empty when the body has none. Invalid when malformed.
Result<flow::StepUpAnswer> step_up_answer(const Visit& visit, JsonView body);
// Of a request whose body is a file: the same as JSON in the header Hinomi-Step-Up. Invalid "step_up.header".
Result<flow::StepUpAnswer> step_up_of_header(const Visit& visit);
// Of a request that may come without a body, as DELETE does.
Result<flow::StepUpAnswer> step_up_alone(const Visit& visit);
// The fields `step_up_totp`, `step_up_password` and `step_up_passkey` of a form.
flow::StepUpAnswer step_up_of_form(const Visit& visit);

// {"id","client_data","authenticator_data","signature","user_handle"}, each in base64url without padding.
Result<flow::PasskeyAnswer> passkey_answer(JsonView credential);
// The bytes of one such member; Invalid "json.base64url" when missing or malformed.
Result<Bytes> base64url_member(JsonView object, std::string_view name);

// The field that this person fills in to show it for this purpose. Where only a passkey can, the page's script asks for
// it (Script::Passkey).
Status draw_step_up(Html& html, const Api& api, const Visit& visit, const std::string& purpose);

}  // namespace hinomi::api
