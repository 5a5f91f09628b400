import { expect, it } from "vitest";
import { urgency } from "./urgency";

const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);

// The same table as the server's: near is the last quarter, at least the last hour.
it.each([
  ["12:00:00", "ample"],
  ["17:59:59", "ample"],
  ["18:00:01", "near"],
  ["23:59:59", "near"],
  ["24:00:00", "near"],
])("of 24 hours, at %s it is %s", (time, state) => {
  expect(urgency("2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z", at(time))).toBe(state);
});

it("is near in the last hour of a short period, whatever the quarter", () => {
  expect(urgency("2026-11-22T00:00:00Z", "2026-11-22T02:00:00Z", at("01:00:01"))).toBe("near");
  expect(urgency("2026-11-22T00:00:00Z", "2026-11-22T02:00:00Z", at("00:59:59"))).toBe("ample");
});

it("is over a moment after the deadline", () => {
  expect(urgency("2026-11-22T00:00:00Z", "2026-11-22T02:00:00Z", at("02:00:01"))).toBe("over");
});
