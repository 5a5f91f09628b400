import { describe, expect, it } from "vitest";
import { review } from "../../testing/samples";
import { composed, sourceOf, stepsIn, stepsShown, withStep } from "./compose";

const source = sourceOf(review());
const verbatim = { title: source.title, body: source.body };

it("places spans of the technical text behind the summary", () => {
  expect(source.placed.map((place) => source[place.part].slice(place.begin, place.end))).toEqual([
    "東北エリア",
    "北港変電所",
    "203.0.113.7",
  ]);
});

describe("the text is the original with the chosen steps", () => {
  it.each([
    [[0, 0, 0], "東北エリアの北港変電所で発見。\n\n接続元 203.0.113.7。"],
    [[1, 0, 0], "50 Hz 地域の北港変電所で発見。\n\n接続元 203.0.113.7。"],
    [[2, 1, 0], "国内のある地域の変電所で発見。\n\n接続元 203.0.113.7。"],
  ])("%j", (steps, text) => {
    expect(composed(source.body, source.placed, steps)).toBe(text);
    expect(stepsIn(text, source.body, source.placed)).toEqual(steps);
  });
});

it("does not take a text that a person wrote for a choice of steps", () => {
  expect(stepsIn("ある会員の変電所で発見。", source.body, source.placed)).toBeUndefined();
});

it("changes one span and leaves the others", () => {
  const first = withStep(verbatim, source, 0, 2);
  const second = first && withStep(first, source, 1, 1);
  expect(second?.body).toBe("国内のある地域の変電所で発見。\n\n接続元 203.0.113.7。");
  expect(second && stepsShown(second, source)).toEqual([2, 1, 0]);
});

it("goes back to the original", () => {
  const changed = withStep(verbatim, source, 0, 2);
  expect(changed && withStep(changed, source, 0, 0)).toEqual(verbatim);
});

it("still finds a span in a text that was also edited by hand", () => {
  const edited = { ...verbatim, body: "昨夜、東北エリアの変電所で見つかった。" };
  expect(stepsShown(edited, source)).toEqual([0, 1, undefined]);
  expect(withStep(edited, source, 0, 1)?.body).toBe("昨夜、50 Hz 地域の変電所で見つかった。");
});

it("says so when the place was rewritten by hand", () => {
  expect(withStep({ ...verbatim, body: "ある会員が見つけた。" }, source, 1, 1)).toBeUndefined();
});

it("stays quick where every span could be the same empty word", () => {
  const span = {
    ...source.placed[0]?.span,
    text: "あ",
    steps: [
      { key: "keep", text: "あ", loss: 0 },
      { key: "remove", text: "", loss: 1 },
    ],
  };
  const placed = Array.from(
    { length: 400 },
    (_, index) => ({ span, part: "body", begin: index, end: index + 1 }) as never,
  );
  expect(stepsIn(`${"あ".repeat(200)}い`, "あ".repeat(400), placed)).toBeUndefined();
});
