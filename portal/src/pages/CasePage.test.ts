import { expect, it } from "vitest";
import { isWebAddress } from "./CasePage";

it.each([
  ["https://example.org/a", true],
  ["HTTP://example.org", true],
  ["javascript:alert(1)", false],
  [" https://example.org", false],
  ["data:text/html,x", false],
  ["//example.org", false],
  ["", false],
])("%j becomes a link: %s", (url, is) => {
  expect(isWebAddress(url)).toBe(is);
});
