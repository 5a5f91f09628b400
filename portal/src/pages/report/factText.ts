// What a fact says, in words.
import type { Fact, FactDefinition } from "../../api/types";
import { t, textOr } from "../../text/texts";
import { partialTime } from "../../text/time";

function choiceLabel(definition: FactDefinition | undefined, value: string): string {
  return definition?.choices?.find((choice) => choice.value === value)?.label ?? value;
}

export function factLabel(definitions: FactDefinition[], name: string): string {
  return definitions.find((definition) => definition.name === name)?.label ?? name;
}

function valueText(fact: Fact, definition: FactDefinition | undefined): string {
  const { value } = fact;
  if (typeof value === "boolean") return t(value ? "portal.fact.yes" : "portal.fact.no");
  if (typeof value === "number") {
    const unit = definition?.unit ?? "";
    return `${value.toLocaleString("en")} ${unit && textOr("portal.unit.", unit)}`.trim();
  }
  if (Array.isArray(value))
    return value.map((part) => choiceLabel(definition, String(part))).join(t("portal.list_separator"));
  const text = String(value ?? "");
  if (definition?.kind === "time") return partialTime(text, fact.precision);
  return definition?.kind === "choice" ? choiceLabel(definition, text) : text;
}

/** The value of a given fact as exactly as it is known, or the word for its state. */
export function factText(fact: Fact, definition: FactDefinition | undefined): string {
  if (fact.state !== "given") return textOr("portal.fact.state.", fact.state);
  const value = valueText(fact, definition);
  return fact.estimated ? t("portal.fact.estimated", { value }) : value;
}
