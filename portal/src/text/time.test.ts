import { describe, expect, it } from "vitest";
import { duration, fromField, fullTime, partialTime, shortTime, toField } from "./time";

describe("instants are shown in Japan's time", () => {
  // The tests run in New York's zone on purpose.
  it.each([
    ["2026-11-21T17:05:00.000000Z", "11/22(日) 02:05", "2026-11-22(日) 02:05 JST"],
    ["2026-12-31T15:00:00Z", "1/1(金) 00:00", "2027-01-01(金) 00:00 JST"],
    ["2028-02-28T15:30:00Z", "2/29(火) 00:30", "2028-02-29(火) 00:30 JST"],
  ])("%s", (instant, short, full) => {
    expect(shortTime(instant)).toBe(short);
    expect(fullTime(instant)).toBe(full);
  });

  it("names the month in English, so that day and month cannot be confused", () => {
    document.documentElement.lang = "en";
    expect(shortTime("2026-11-21T17:05:00Z")).toBe("Sun 22 Nov 02:05");
    expect(fullTime("2026-11-21T17:05:00Z")).toBe("2026-11-22 (Sun) 02:05 JST");
  });
});

it.each([
  [0, "0:00:00"],
  [59_999, "0:00:59"],
  [10_253_000, "2:50:53"],
  [-33_247_000, "9:14:07"],
  [47 * 3_600_000 + 1000, "47:00:01"],
  [48 * 3_600_000, "2日 0時間"],
])("a duration of %i ms reads %s", (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

describe("a field of date and time means Japan's time in any zone", () => {
  it("reads what was typed", () => expect(fromField("2026-11-22T02:05")).toBe("2026-11-21T17:05:00.000Z"));
  it("shows what was read", () => expect(toField("2026-11-21T17:05:00.000000Z")).toBe("2026-11-22T02:05"));
});

it.each([
  ["minute", "2026-11-22(日) 02:05 JST", "2026-11-22 (Sun) 02:05 JST"],
  ["hour", "2026-11-22(日) 02時台", "2026-11-22 (Sun) 02:00–02:59"],
  ["day", "2026-11-22(日)", "2026-11-22 (Sun)"],
  ["month", "2026-11", "2026-11"],
] as const)("a time known to the %s is written no finer", (precision, japanese, english) => {
  expect(partialTime("2026-11-21T17:05:00Z", precision)).toBe(japanese);
  document.documentElement.lang = "en";
  expect(partialTime("2026-11-21T17:05:00Z", precision)).toBe(english);
});
