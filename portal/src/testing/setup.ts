import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

// A busy machine is no failure: what is waited for comes at once on an idle one.
configure({ asyncUtilTimeout: 15_000 });

beforeEach(() => {
  document.documentElement.lang = "ja";
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  localStorage.clear();
});
