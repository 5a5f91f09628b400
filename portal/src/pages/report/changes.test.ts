import { expect, it } from "vitest";
import type { FactDefinition, ReportContent } from "../../api/types";
import { changesOf } from "./changes";

const definitions: FactDefinition[] = [
  { name: "outage.lost_kw", kind: "number", unit: "kW", label: "供給支障電力" },
  { name: "outage.ongoing", kind: "flag", label: "供給支障が続いている" },
  { name: "impact.exists", kind: "choice", label: "影響", choices: [{ value: "yes", label: "あり" }] },
];

const content = (facts: ReportContent["facts"], summary = "概要"): ReportContent => ({ summary, facts });

it("says nothing of what stayed the same", () => {
  const same = content({ "outage.lost_kw": { state: "given", value: 7200 } });
  expect(changesOf(same, structuredClone(same), definitions)).toEqual([]);
});

it("shows a state giving way to a value, with its unit, in the order of the form", () => {
  const changes = changesOf(
    content({ "outage.lost_kw": { state: "unknown" } }),
    content({ "impact.exists": { state: "given", value: "yes" }, "outage.lost_kw": { state: "given", value: 7200 } }),
    definitions,
  );
  expect(changes).toEqual([
    {
      name: "outage.lost_kw",
      label: "供給支障電力",
      pieces: [
        { kind: "removed", text: "まだわからない" },
        { kind: "same", text: " → " },
        { kind: "added", text: "7,200 kW" },
      ],
    },
    { name: "impact.exists", label: "影響", pieces: [{ kind: "added", text: "あり" }] },
  ]);
});

it("shows a fact that was taken back", () => {
  const changes = changesOf(content({ "outage.ongoing": { state: "given", value: true } }), content({}), definitions);
  expect(changes[0]?.pieces).toEqual([{ kind: "removed", text: "はい" }]);
});

it("compares indicators line by line", () => {
  const changes = changesOf(
    { summary: "x", technical: { indicators: ["203.0.113.7"] } },
    { summary: "x", technical: { indicators: ["203.0.113.7", "evil.example"] } },
    definitions,
  );
  expect(changes.map((change) => change.name)).toEqual(["technical.indicators"]);
});
