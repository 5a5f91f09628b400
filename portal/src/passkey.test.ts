import { beforeEach, expect, test, vi } from "vitest";
import { bytes } from "./authenticator";

const CHANGE = "directory.agree 5f0c";
const options = {
  challenge: "AAEC",
  timeout: 1,
  rpId: "localhost",
  userVerification: "required",
  allowCredentials: [],
};

function made<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string>) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function page() {
  const form = made("form", { action: "/directory/changes/5f0c/agree", method: "post" });
  const answer = made("input", { type: "hidden", name: "step_up_passkey", "data-step-up": CHANGE });
  const absent = made("p", { "data-passkey-absent": "" });
  const failed = made("p", { "data-passkey-error": "", hidden: "" });
  form.append(made("input", { type: "hidden", name: "csrf", value: "proof" }), answer, absent, failed);
  document.body.replaceChildren(form);
  return { form, answer, absent, failed };
}

const touched = () => ({
  rawId: bytes("AQ").buffer,
  response: {
    clientDataJSON: bytes("Ag").buffer,
    authenticatorData: bytes("Aw").buffer,
    signature: bytes("BA").buffer,
    userHandle: null,
  },
});

async function started(get: () => Promise<unknown>) {
  const at = page();
  const fetched = vi.fn(async () => new Response(JSON.stringify({ passkey: options })));
  const sent = vi.spyOn(at.form, "submit").mockImplementation(() => {});
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("PublicKeyCredential", class {});
  vi.stubGlobal("navigator", { credentials: { get } });
  await import("./passkey");
  const send = () => at.form.dispatchEvent(new Event("submit", { cancelable: true, bubbles: true }));
  return { ...at, fetched, sent, send };
}

beforeEach(() => vi.resetModules());

test("a form that wants proof asks the device for this very act and is sent with the answer", async () => {
  const { answer, absent, failed, fetched, sent, send } = await started(async () => touched());
  expect(absent.hidden).toBe(true);
  expect(send()).toBe(false);
  await vi.waitFor(() => expect(sent).toHaveBeenCalledOnce());
  const [path, request] = fetched.mock.calls[0] as unknown as [string, RequestInit];
  expect(path).toBe("/api/v1/step-up/options");
  expect(JSON.parse(request.body as string)).toEqual({ purpose: CHANGE });
  expect(new Headers(request.headers).get("X-CSRF-Token")).toBe("proof");
  expect(JSON.parse(answer.value)).toEqual({ id: "AQ", client_data: "Ag", authenticator_data: "Aw", signature: "BA" });
  expect(failed.hidden).toBe(true);
});

test("without the device's answer nothing is sent, and the person may try again", async () => {
  const get = vi.fn().mockRejectedValueOnce(new DOMException("no", "NotAllowedError")).mockResolvedValue(touched());
  const { answer, failed, sent, send } = await started(get);
  send();
  await vi.waitFor(() => expect(failed.hidden).toBe(false));
  expect(sent).not.toHaveBeenCalled();
  expect(answer.value).toBe("");
  send();
  await vi.waitFor(() => expect(sent).toHaveBeenCalledOnce());
  expect(failed.hidden).toBe(true);
});
