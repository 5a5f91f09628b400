import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { drawAt } from "../../testing/draw";
import { home, me, report } from "../../testing/samples";
import { serve } from "../../testing/server";
import { stubStream } from "../../testing/stream";

const first = report({ id: "first", title: "最初の報告", filed_at: "2026-11-22T02:00:00.000000Z" });
const second = report({ id: "second", title: "次の報告", filed_at: "2026-11-21T02:00:00.000000Z" });

function open(address: string) {
  serve({
    "GET /api/v1/me": me({ review: true }),
    "GET /api/v1/home": home(),
    "GET /api/v1/facts": [],
    "GET /api/v1/reports": { items: [first, second] },
    "GET /api/v1/cases": { items: [] },
    "GET /api/v1/reports/first": first,
    "GET /api/v1/reports/second": second,
    "GET /api/v1/reports/second/duties": { assessed_at: home().now, duties: [], derived: [] },
  });
  return drawAt(address);
}

const chosen = () => document.querySelector('.inbox-item[aria-current="true"]')?.textContent;

beforeEach(() => {
  stubStream();
});

it("moves with j and k, keeps the choice in the address, and opens with o", async () => {
  const user = userEvent.setup();
  const { router } = open("/inbox");
  await waitFor(() => expect(chosen()).toContain("最初の報告"));
  await user.keyboard("j");
  await waitFor(() => expect(chosen()).toContain("次の報告"));
  expect(router.state.location.search).toMatchObject({ item: "second" });
  await user.keyboard("k");
  await waitFor(() => expect(chosen()).toContain("最初の報告"));
  await user.keyboard("jo");
  await waitFor(() => expect(router.state.location.pathname).toBe("/reports/second"));
});

it("does nothing on keys once they are turned off", async () => {
  const user = userEvent.setup();
  open("/inbox");
  await waitFor(() => expect(chosen()).toContain("最初の報告"));
  await user.click(screen.getByRole("checkbox", { name: "キー操作を使う" }));
  (document.activeElement as HTMLElement).blur();
  await user.keyboard("j");
  expect(chosen()).toContain("最初の報告");
});

it("opens what its address names", async () => {
  open("/inbox?item=second");
  await waitFor(() => expect(chosen()).toContain("次の報告"));
});
