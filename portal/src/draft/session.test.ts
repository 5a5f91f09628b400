import { expect, test } from "vitest";
import { Session } from "./session";

const minute = 60_000;

test("an idle session is warned of two minutes before it ends", () => {
  const session = new Session(59 * 60, 8 * 3600, 0);
  expect(session.ending(56 * minute)).toBe("far");
  expect(session.ending(57 * minute)).toBe("idle");
  session.answered(57 * minute);
  expect(session.ending(57 * minute)).toBe("far");
});

test("nothing keeps a session beyond its last moment", () => {
  const session = new Session(59 * 60, 3600, 0);
  session.answered(57 * minute);
  expect(session.ending(57 * minute)).toBe("far");
  session.answered(58 * minute);
  expect(session.ending(58 * minute)).toBe("last");
});
