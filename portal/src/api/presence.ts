// Proof, in the request itself, that the person is there: what was typed, or the answer of a passkey to a challenge that
// is bound to this one act.
import { api, bodyOf } from "./client";
import type { components } from "./schema";

export type StepUp = components["schemas"]["StepUp"];
export type StepUpMeans = components["schemas"]["StepUpMeans"];

interface RequestOptions {
  challenge: string;
  rpId: string;
  timeout: number;
  userVerification: UserVerificationRequirement;
  allowCredentials: { type: "public-key"; id: string }[];
}

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const base64url = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const askFor = (purpose: string) => bodyOf(api.POST("/api/v1/step-up/options", { body: { purpose } }));

/** How this person can show it. */
export async function meansFor(purpose: string): Promise<StepUpMeans> {
  return (await askFor(purpose)).step_up;
}

/** What was typed, or else the passkey; throws when the person turns the passkey away. */
export async function presenceFor(purpose: string, means: StepUpMeans, typed: string): Promise<StepUp> {
  if (typed !== "") return means.totp ? { totp: typed } : { password: typed };
  const asked = await askFor(purpose);
  const options = asked.passkey as unknown as RequestOptions;
  const credential = (await navigator.credentials.get({
    publicKey: {
      challenge: bytes(options.challenge),
      rpId: options.rpId,
      timeout: options.timeout,
      userVerification: options.userVerification,
      allowCredentials: options.allowCredentials.map(({ type, id }) => ({ type, id: bytes(id) })),
    },
  })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAssertionResponse;
  return {
    passkey: {
      id: base64url(credential.rawId),
      client_data: base64url(answer.clientDataJSON),
      authenticator_data: base64url(answer.authenticatorData),
      signature: base64url(answer.signature),
    },
  };
}
