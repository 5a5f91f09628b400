// The state of the line as the top bar shows it: ok, slow (the stream is coming back), down.
import { useSyncExternalStore } from "react";

export type Connection = "ok" | "slow" | "down";

let connection: Connection = "ok";
const listeners = new Set<() => void>();

export function setConnection(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => connection);
}
