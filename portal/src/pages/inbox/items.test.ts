import { expect, it } from "vitest";
import type { Case } from "../../api/types";
import { report } from "../../testing/samples";
import { itemsOf } from "./items";

const matter = (id: string, changed_at: string): Case => ({
  id,
  number: id,
  title: id,
  score: 1,
  reasons: [],
  sources: 1,
  changed_at,
});
const reports = [
  report({ id: "r1", filed_at: "2026-11-22T02:00:00.000000Z" }),
  report({ id: "r2", filed_at: "2026-11-20T02:00:00.000000Z" }),
];
const cases = [matter("c1", "2026-11-21T02:00:00.000000Z")];

it.each([
  [undefined, ["r1", "c1", "r2"]],
  ["reports", ["r1", "r2"]],
  ["cases", ["c1"]],
] as const)("showing %s, the newest first", (show, ids) => {
  expect(itemsOf(reports, cases, show).map((item) => item.id)).toEqual(ids);
});
