import { describe, expect, it } from "vitest";
import type { FactDefinition } from "../../api/types";
import { withStanding } from "./FactStanding";
import { fieldText, typedFact, typedNumber } from "./factValue";

const of = (kind: FactDefinition["kind"]): FactDefinition => ({ name: "x", kind, label: "x" });

it.each([
  ["7200", 7200],
  ["７，２００", 7200],
  [" 7,200 ", 7200],
  ["0.5", 0.5],
  ["-3", -3],
  ["七千", undefined],
  ["7200kW", undefined],
  ["1e9", undefined],
  ["", undefined],
])("the number typed as %j is %s", (text, value) => {
  expect(typedNumber(text)).toBe(value);
});

describe("what is typed comes back as it was", () => {
  it.each([
    ["number", "7200", 7200],
    ["flag", "false", false],
    ["choice", "suspected", "suspected"],
    ["choices", "web office", ["web", "office"]],
    ["time", "2026-11-22T02:05", "2026-11-21T17:05:00.000Z"],
    ["text", "北港変電所", "北港変電所"],
  ] as const)("%s", (kind, text, value) => {
    const fact = typedFact(of(kind), text);
    expect(fact).toEqual({ state: "given", value });
    expect(fieldText(of(kind), fact)).toBe(text);
  });
});

it("takes an unreadable number for no answer at all", () => {
  expect(typedFact(of("number"), "たぶん 7000")).toBeUndefined();
});

describe("what stands beside a value", () => {
  const all = { estimated: true, precision: "day", evidence: "監視記録" } as const;
  it("stays with a time", () =>
    expect(withStanding(of("time"), { state: "given", value: "x" }, all)).toEqual({
      state: "given",
      value: "x",
      ...all,
    }));
  it("has no precision for a number", () =>
    expect(withStanding(of("number"), { state: "given", value: 1 }, all)).toEqual({
      state: "given",
      value: 1,
      estimated: true,
      evidence: "監視記録",
    }));
  it("is only the evidence where no value is given", () =>
    expect(withStanding(of("time"), { state: "unknown" }, all)).toEqual({ state: "unknown", evidence: "監視記録" }));
});
