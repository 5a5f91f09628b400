// Single-key shortcuts. They never fire in a text field, during IME composition, with a modifier, or behind a dialog;
// a person can turn them off (WCAG 2.1.4), and the choice is kept on this machine.
import { useEffect, useRef, useSyncExternalStore } from "react";

const setting = "hinomi.shortcuts";
const listeners = new Set<() => void>();

function areOn(): boolean {
  try {
    return localStorage.getItem(setting) !== "off";
  } catch {
    return true;
  }
}

export function setShortcuts(on: boolean): void {
  try {
    localStorage.setItem(setting, on ? "on" : "off");
  } catch {
    // Storage may be forbidden; the keys then stay on.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useShortcutsOn(): boolean {
  return useSyncExternalStore(subscribe, areOn);
}

function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof Element ? event.target : null;
  return target?.closest("input, textarea, select, [contenteditable], dialog") != null;
}

/** Keys as KeyboardEvent.key gives them. */
export function useShortcuts(actions: Record<string, () => void>): void {
  const current = useRef(actions);
  current.current = actions;

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const action = current.current[event.key];
      if (action === undefined || isTyping(event) || !areOn() || document.querySelector("dialog[open]") !== null)
        return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
