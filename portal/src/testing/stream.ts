// An event stream that tests speak through.
import { vi } from "vitest";

export class TestStream extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  static opened: TestStream[] = [];
  readyState = TestStream.CONNECTING;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(readonly url: string) {
    super();
    TestStream.opened.push(this);
  }

  accept(): void {
    this.readyState = TestStream.OPEN;
    this.onopen?.();
  }

  say(name: string, data: string): void {
    this.dispatchEvent(new MessageEvent(name, { data }));
  }

  fail(readyState: number): void {
    this.readyState = readyState;
    this.onerror?.();
  }

  close(): void {
    this.readyState = TestStream.CLOSED;
  }
}

export function stubStream(): typeof TestStream {
  TestStream.opened = [];
  vi.stubGlobal("EventSource", TestStream);
  return TestStream;
}
