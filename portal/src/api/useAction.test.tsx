import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import { newKey } from "./key";
import { lineProblem, Problem } from "./problem";
import { useAction } from "./useAction";

const refusal = new Problem({ type: "x", title: "x", status: 409, code: "report.moved_on" });

function hook(outcomes: (Error | string)[]) {
  const keys: string[] = [];
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(
    () =>
      useAction(async (_: string, key) => {
        keys.push(key);
        const outcome = outcomes.shift();
        if (outcome instanceof Error) throw outcome;
        return outcome;
      }),
    { wrapper },
  );
  const send = async (input: string) => {
    await act(async () => {
      await result.current.mutateAsync(input).catch(() => undefined);
    });
  };
  return { keys, send, result };
}

describe("one key names one intended act", () => {
  it("goes out again under the same key when the line broke", async () => {
    const { keys, send } = hook([lineProblem(), "done"]);
    await send("a");
    await send("a");
    expect(keys[1]).toBe(keys[0]);
  });

  it("is a new act when what is sent changed", async () => {
    const { keys, send } = hook([lineProblem(), "done"]);
    await send("a");
    await send("b");
    expect(keys[1]).not.toBe(keys[0]);
  });

  it("is a new act after a refusal", async () => {
    const { keys, send } = hook([refusal, "done"]);
    await send("a");
    await send("a");
    expect(keys[1]).not.toBe(keys[0]);
  });

  it("is a new act after a success", async () => {
    const { keys, send } = hook(["done", "done"]);
    await send("a");
    await send("a");
    expect(keys[1]).not.toBe(keys[0]);
  });
});

it("shows whatever was thrown as a problem", async () => {
  const { result, send } = hook([new TypeError("failed to fetch")]);
  await send("a");
  await waitFor(() => expect(result.current.error?.document.code).toBe("portal.line"));
});

it("makes version 4 UUIDs also where the browser has no randomUUID", () => {
  const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(newKey()).toMatch(pattern);
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  expect(newKey()).toMatch(pattern);
});
