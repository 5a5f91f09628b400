// Asking the device for a passkey's answer, and the texts in which WebAuthn's bytes travel. Used by the portal and by the
// script of the server's own pages; knows no route.

export const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

export const base64url = (buffer: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

export interface Descriptor {
  type: "public-key";
  id: string;
}

export const described = (list: Descriptor[]) => list.map(({ type, id }) => ({ type, id: bytes(id) }));

export interface RequestOptions {
  challenge: string;
  timeout: number;
  rpId: string;
  userVerification: UserVerificationRequirement;
  allowCredentials: Descriptor[];
}

/** What the server checks, and the handle by which it finds the person of a sign-in; throws when turned away. */
export async function passkeyAnswer(options: RequestOptions) {
  const credential = (await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: described(options.allowCredentials),
    },
  })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAssertionResponse;
  return {
    shown: {
      id: base64url(credential.rawId),
      client_data: base64url(answer.clientDataJSON),
      authenticator_data: base64url(answer.authenticatorData),
      signature: base64url(answer.signature),
    },
    handle: base64url(answer.userHandle),
  };
}
