// What was typed for a fact, as the value that the server expects. Full-width digits and thousands separators are fine.
import type { Fact, FactDefinition } from "../../api/types";
import { fromField, toField } from "../../text/time";

export type FactState = Fact["state"];

export function typedNumber(text: string): number | undefined {
  const plain = text.normalize("NFKC").replaceAll(",", "").trim();
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** The given fact, or nothing while the text cannot be one. */
export function typedFact(definition: FactDefinition, text: string): Fact | undefined {
  if (text.trim() === "") return undefined;
  if (definition.kind === "flag") return { state: "given", value: text === "true" };
  if (definition.kind === "time") return { state: "given", value: fromField(text) };
  if (definition.kind === "choices") return { state: "given", value: text.split(" ") };
  if (definition.kind !== "number") return { state: "given", value: text };
  const value = typedNumber(text);
  return value === undefined ? undefined : { state: "given", value };
}

/** The text that the control of this fact begins with. */
export function fieldText(definition: FactDefinition, fact: Fact | undefined): string {
  if (fact?.state !== "given") return "";
  if (Array.isArray(fact.value)) return fact.value.join(" ");
  return definition.kind === "time" ? toField(String(fact.value)) : String(fact.value);
}
