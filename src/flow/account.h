// What a person does with their own account: sessions, tokens, password. Every change takes a permit of policy.
#pragma once

#include <string>
#include <vector>

#include "flow/session.h"
#include "flow/step_up.h"

namespace hinomi::flow {

// Browser sessions that still open something, newest first; tokens are a list of their own.
Result<std::vector<store::Session>> own_sessions(const Platform& platform, const Caller& caller);
Result<std::vector<store::Session>> own_tokens(const Platform& platform, const Caller& caller);

// One of the caller's sessions, tokens or certificates, at once: its requests are refused and its streams closed when
// this returns. NotFound for any other id, before a proof is asked for. Both want proof that the person is there;
// leaving the session that asks is sign_out (flow/session.h) and wants none.
Status end_session(const Platform& platform, const Caller& caller, const SessionId& session,
                   const StepUpAnswer& step_up);
// Every one, this one too.
Status end_everywhere(const Platform& platform, const Caller& caller, const StepUpAnswer& step_up);

struct PasswordChange {
  SecretText current;
  SecretText next;
  StepUpAnswer step_up;  // asked of who has a second factor; its source is that of the change
  store::AccountStore::Tokens tokens = store::AccountStore::Tokens::End;
};
// Ends every other session. Forbidden "signin.refused" when the current one is wrong, counted like a sign-in; Invalid
// "password.too_short" (12 characters), "password.too_long", "password.is_login".
Status change_password(const Platform& platform, const Caller& caller, const PasswordChange& change);
// Whether a text may become a person's password; errors as above.
Status check_new_password(const SecretText& password, std::string_view login);

// A name that a person gives to a token or passkey: 1 to 100 characters, none of them a control character. Invalid
// "token.name".
Status check_own_name(const std::string& name);

// Invalid "token.scopes", "token.name", "token.lifetime"; Forbidden "permit.scope" for a scope that this session
// itself has not.
Result<IssuedToken> issue_token(const Platform& platform, const Caller& caller, TokenWish wish,
                                const policy::Presence& proof);

Result<std::vector<store::Session>> own_certificates(const Platform& platform, const Caller& caller);
// The certificate of the connection that asks: whoever registers it has proved to hold its key.
struct ShownCertificate {
  Sha256 fingerprint{};
  TokenWish wish;
};
// It signs the caller in from now on, with the scopes of the wish, two years at the longest. Errors of issue_token;
// Conflict "session.known" when it is registered already.
Result<store::Session> register_certificate(const Platform& platform, const Caller& caller, ShownCertificate shown,
                                            const policy::Presence& proof);

}  // namespace hinomi::flow
