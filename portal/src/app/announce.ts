// What a screen reader is told about things that change without a new page.
import { useSyncExternalStore } from "react";

let message = "";
const listeners = new Set<() => void>();

/** Says it politely. The same sentence twice is said twice. */
export function announce(text: string): void {
  message = message === text ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAnnouncement(): string {
  return useSyncExternalStore(subscribe, () => message);
}
