// What one version changed in another, field by field.
import type { Fact, FactDefinition, ReportContent } from "../../api/types";
import { t, textOr } from "../../text/texts";
import { difference, type Piece } from "./difference";
import { inFormOrder } from "./FactsCard";
import { factLabel, factText } from "./factText";

export interface Change {
  name: string;
  label: string;
  pieces: Piece[];
}

function textsOf(content: ReportContent): [string, string, string][] {
  const technical = content.technical ?? {};
  const lines = (values: string[] | undefined) => (values ?? []).join("\n");
  return [
    [
      "kind",
      t("portal.content.kind"),
      content.kind === "near_miss" ? t("portal.report.near_miss") : t("portal.report.incident"),
    ],
    ["title", t("portal.content.heading"), content.title ?? ""],
    ["summary", t("portal.content.title"), content.summary],
    ["contact", t("portal.content.contact"), content.contact ?? ""],
    ["scope", t("portal.content.scope"), textOr("portal.scope.", content.scope ?? "")],
    ["technical.text", t("portal.technical.title"), technical.text ?? ""],
    ["technical.indicators", t("portal.edition.indicators"), lines(technical.indicators)],
    ["technical.techniques", t("portal.edition.techniques"), lines(technical.techniques)],
    ["technical.cves", t("portal.edition.cves"), lines(technical.cves)],
  ];
}

/** Values are shown whole: half a number in red helps nobody. */
function valueChange(before: string, after: string): Piece[] {
  const pieces: Piece[] = [];
  if (before !== "") pieces.push({ kind: "removed", text: before });
  if (before !== "" && after !== "") pieces.push({ kind: "same", text: " → " });
  if (after !== "") pieces.push({ kind: "added", text: after });
  return pieces;
}

/** The value with what it rests on: evidence alone is a change too. */
function whole(fact: Fact, definition: FactDefinition | undefined): string {
  const text = factText(fact, definition);
  return fact.evidence ? `${text} (${t("portal.fact.evidence")}: ${fact.evidence})` : text;
}

function factChanges(before: ReportContent, after: ReportContent, definitions: FactDefinition[]): Change[] {
  const names = inFormOrder({ ...before.facts, ...after.facts }, definitions).map(([name]) => name);
  return names.flatMap((name) => {
    const definition = definitions.find((candidate) => candidate.name === name);
    const [old, young] = [before.facts?.[name], after.facts?.[name]];
    const [oldText, youngText] = [old && whole(old, definition), young && whole(young, definition)];
    if (oldText === youngText) return [];
    return [{ name, label: factLabel(definitions, name), pieces: valueChange(oldText ?? "", youngText ?? "") }];
  });
}

export function changesOf(before: ReportContent, after: ReportContent, definitions: FactDefinition[]): Change[] {
  const young = textsOf(after);
  const texts = textsOf(before).flatMap(([name, label, text], index) => {
    const now = young[index]?.[2] ?? "";
    return text === now ? [] : [{ name, label, pieces: difference(text, now) }];
  });
  return [...texts, ...factChanges(before, after, definitions)];
}
