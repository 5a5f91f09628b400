import { expect, it } from "vitest";
import { difference, type Piece } from "./difference";

const before = (pieces: Piece[]) =>
  pieces
    .filter((piece) => piece.kind !== "added")
    .map((piece) => piece.text)
    .join("");
const after = (pieces: Piece[]) =>
  pieces
    .filter((piece) => piece.kind !== "removed")
    .map((piece) => piece.text)
    .join("");

it.each([
  ["", ""],
  ["", "02:31 に切離しを完了した。"],
  ["切離し準備中。", ""],
  ["切離し準備中。", "02:31 に切離しを完了した。"],
  ["A電力の HMI で発見。", "A電力の HMI で当直が発見。"],
  ["同じ文です。", "同じ文です。"],
  ["aaa bbb aaa", "aaa aaa bbb"],
  ["😀 と 😁", "😁 と 😀"],
])("both texts can be read back from the pieces: %j → %j", (old, young) => {
  const pieces = difference(old, young);
  expect(before(pieces)).toBe(old);
  expect(after(pieces)).toBe(young);
});

it("marks only what changed", () => {
  expect(difference("供給支障は 12 分。", "供給支障は 15 分。")).toEqual([
    { kind: "same", text: "供給支障は " },
    { kind: "removed", text: "12" },
    { kind: "added", text: "15" },
    { kind: "same", text: " 分。" },
  ]);
});

it.each([
  ["one long line", "甲 ".repeat(20_000), "乙 ".repeat(20_000)],
  ["many lines", "甲の報告です。\n".repeat(2_000), "乙の報告です。\n".repeat(2_000)],
])("stays quick on two long texts without much in common: %s", (_, old, young) => {
  const pieces = difference(old, young);
  expect(before(pieces)).toBe(old);
  expect(after(pieces)).toBe(young);
});
