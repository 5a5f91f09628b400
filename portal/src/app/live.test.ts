import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { stubStream, TestStream } from "../testing/stream";
import { followStream } from "./live";

let stop: () => void;
let client: QueryClient;

const refreshed = () => vi.mocked(client.invalidateQueries).mock.calls.map(([filter]) => filter?.queryKey);
const stream = () => TestStream.opened.at(-1) as TestStream;

beforeEach(() => {
  vi.useFakeTimers();
  stubStream();
  client = new QueryClient();
  vi.spyOn(client, "invalidateQueries").mockResolvedValue();
  stop = followStream(client);
  stream().accept();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe("an event refreshes what shows it and nothing else", () => {
  it.each([
    ["report", [["home"], ["reports"], ["report", "7"]]],
    ["review", [["home"], ["reports"], ["report"], ["review", "7"]]],
    ["case", [["home"], ["cases"], ["case", "7"]]],
    ["sighting", [["home"]]],
  ])("%s", (name, keys) => {
    stream().say(name, '{"id":"7","kind":"x"}');
    expect(refreshed()).toEqual(keys);
  });

  it("an unknown event refreshes nothing", () => {
    stream().say("something_new", "{}");
    expect(refreshed()).toEqual([]);
  });
});

it("survives an event that is not JSON", () => {
  stream().say("objects", "not json");
  expect(refreshed()).toEqual([["home"]]);
});

it("opens again after the server closed it, and then reads everything it may have missed", () => {
  stream().fail(TestStream.CLOSED);
  expect(TestStream.opened).toHaveLength(1);
  vi.advanceTimersByTime(2_000);
  expect(TestStream.opened).toHaveLength(2);
  vi.mocked(client.invalidateQueries).mockClear();
  stream().accept();
  expect(vi.mocked(client.invalidateQueries)).toHaveBeenCalledWith();
});

it("waits longer after each failure", () => {
  stream().fail(TestStream.CLOSED);
  vi.advanceTimersByTime(2_000);
  stream().fail(TestStream.CLOSED);
  vi.advanceTimersByTime(3_999);
  expect(TestStream.opened).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(TestStream.opened).toHaveLength(3);
});

it("does not open again once it is no longer followed", () => {
  stream().fail(TestStream.CLOSED);
  stop();
  vi.advanceTimersByTime(120_000);
  expect(TestStream.opened).toHaveLength(1);
});
