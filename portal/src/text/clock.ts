// The server's time. A browser's own clock may be wrong by minutes; deadlines are counted on the server's.
import { useSyncExternalStore } from "react";

let offset = 0;
let now = Math.floor(Date.now() / 1000) * 1000;
let ticking: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

export function setServerTime(instant: string): void {
  offset = Date.parse(instant) - Date.now();
  tick();
}

function tick(): void {
  const next = Math.floor((Date.now() + offset) / 1000) * 1000;
  if (next === now) return;
  now = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** The present instant in milliseconds, once a second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
