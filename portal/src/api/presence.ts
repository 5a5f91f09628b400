// Proof, in the request itself, that the person is there: what was typed, or the answer of a passkey to a challenge that
// is bound to this one act.
import { passkeyAnswer, type RequestOptions } from "../authenticator";
import { api, bodyOf } from "./client";
import type { components } from "./schema";

export type StepUp = components["schemas"]["StepUp"];
export type StepUpMeans = components["schemas"]["StepUpMeans"];

const askFor = (purpose: string) => bodyOf(api.POST("/api/v1/step-up/options", { body: { purpose } }));

/** How this person can show it. */
export async function meansFor(purpose: string): Promise<StepUpMeans> {
  return (await askFor(purpose)).step_up;
}

/** What was typed, or else the passkey; throws when the person turns the passkey away. */
export async function presenceFor(purpose: string, means: StepUpMeans, typed: string): Promise<StepUp> {
  if (typed !== "") return means.totp ? { totp: typed } : { password: typed };
  const asked = await askFor(purpose);
  return { passkey: (await passkeyAnswer(asked.passkey as unknown as RequestOptions)).shown };
}
