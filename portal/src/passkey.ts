// Passkeys on the server's own pages: one form that signs in, one that adds a passkey. Both stay hidden where the browser
// has no authenticator or no script runs; every decision is the server's.

import { base64url, bytes, type Descriptor, described, passkeyAnswer, type RequestOptions } from "./authenticator";

type Json = Record<string, unknown>;

async function post(path: string, body: Json, csrf?: string): Promise<Json> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (csrf) headers["X-CSRF-Token"] = csrf;
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return (await answer.json()) as Json;
}

const field = (form: HTMLFormElement, name: string): string => {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
};

async function signIn(form: HTMLFormElement): Promise<void> {
  const options = (await post("/api/v1/session/passkey/options", {})) as unknown as RequestOptions;
  const { shown, handle } = await passkeyAnswer(options);
  await post("/api/v1/session/passkey", { ...shown, user_handle: handle });
  location.assign(field(form, "next") || "/");
}

interface CreationOptions {
  challenge: string;
  timeout: number;
  rp: PublicKeyCredentialRpEntity;
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: PublicKeyCredentialParameters[];
  excludeCredentials: Descriptor[];
  authenticatorSelection: AuthenticatorSelectionCriteria;
  attestation: AttestationConveyancePreference;
}

async function add(form: HTMLFormElement): Promise<void> {
  const csrf = field(form, "csrf");
  const options = (await post("/api/v1/account/passkeys/options", {}, csrf)) as unknown as CreationOptions;
  const credential = (await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: described(options.excludeCredentials),
    },
  })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAttestationResponse;
  await post(
    "/api/v1/account/passkeys",
    {
      name: field(form, "passkey_name"),
      client_data: base64url(answer.clientDataJSON),
      attestation: base64url(answer.attestationObject),
      step_up: await presence(form, csrf),
    },
    csrf,
  );
  location.assign("/account");
}

// What the form asks for; where it asks for nothing, a passkey that is there already.
async function presence(form: HTMLFormElement, csrf: string): Promise<Json> {
  const totp = field(form, "step_up_totp");
  if (totp) return { totp };
  const password = field(form, "step_up_password");
  if (password) return { password };
  const asked = await post("/api/v1/step-up/options", { purpose: "account.factors" }, csrf);
  return { passkey: (await passkeyAnswer(asked.passkey as RequestOptions)).shown };
}

function enable(form: HTMLFormElement, act: (form: HTMLFormElement) => Promise<void>): void {
  const failed = form.querySelector<HTMLElement>("[data-passkey-error]");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (failed) failed.hidden = true;
    act(form).catch(() => {
      if (failed) failed.hidden = false;
    });
  });
}

// A form that wants proof by passkey: asked when it is sent, and sent with the answer.
function prove(answer: HTMLInputElement): void {
  const form = answer.form;
  if (!form || form.dataset.passkeyForm) return;
  const failed = form.querySelector<HTMLElement>("[data-passkey-error]");
  form.addEventListener("submit", (event) => {
    if (answer.value) return;
    event.preventDefault();
    if (failed) failed.hidden = true;
    post("/api/v1/step-up/options", { purpose: answer.dataset.stepUp }, field(form, "csrf"))
      .then((asked) => passkeyAnswer(asked.passkey as RequestOptions))
      .then(({ shown }) => {
        answer.value = JSON.stringify(shown);
        form.submit();
      })
      .catch(() => {
        if (failed) failed.hidden = false;
      });
  });
}

if ("PublicKeyCredential" in window) {
  for (const answer of document.querySelectorAll<HTMLInputElement>("[data-step-up]")) prove(answer);
  for (const form of document.querySelectorAll<HTMLFormElement>("[data-passkey-form]")) {
    enable(form, form.dataset.passkeyForm === "add" ? add : signIn);
  }
  for (const note of document.querySelectorAll<HTMLElement>("[data-passkey-absent]")) note.hidden = true;
}
