// The event stream: each event names what changed, and the queries that show it are read again. Nothing else moves:
// an event never changes focus, scroll or what is being typed.
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { leaveForSignIn } from "../api/client";
import { setConnection } from "./connection";

interface Changed {
  id: string;
}

const refreshed: Record<string, (changed: Changed) => QueryKey[]> = {
  report: ({ id }) => [["home"], ["reports"], ["report", id]],
  review: ({ id }) => [["home"], ["reports"], ["report"], ["review", id]],
  release: () => [["home"], ["releases"], ["reports"], ["report"]],
  objects: () => [["home"]],
  case: ({ id }) => [["home"], ["cases"], ["case", id]],
  sighting: () => [["home"]],
};

const firstPause = 2_000;
const longestPause = 60_000;

function changedIn(event: Event): Changed {
  try {
    return JSON.parse((event as MessageEvent<string>).data) as Changed;
  } catch {
    return { id: "" };
  }
}

/** Follows the stream until the returned function is called. Reconnects with growing pauses when the server closed it. */
export function followStream(client: QueryClient): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = firstPause;

  const refreshAll = () => client.invalidateQueries();
  const again = () => {
    timer = setTimeout(open, pause);
    pause = Math.min(pause * 2, longestPause);
  };

  function open(): void {
    source = new EventSource("/api/v1/stream");
    let interrupted = pause > firstPause;
    source.onopen = () => {
      setConnection("ok");
      pause = firstPause;
      // What happened while the line was down came without an event.
      if (interrupted) refreshAll();
      interrupted = false;
    };
    source.onerror = () => {
      interrupted = true;
      if (source?.readyState !== EventSource.CLOSED) return setConnection("slow");
      setConnection("down");
      // Asking who I am finds out whether the session ended; the client then leads to the sign-in page.
      void client.invalidateQueries({ queryKey: ["me"] });
      again();
    };
    for (const [name, keys] of Object.entries(refreshed)) {
      source.addEventListener(name, (event) => {
        for (const queryKey of keys(changedIn(event))) void client.invalidateQueries({ queryKey });
      });
    }
    source.addEventListener("session_ended", leaveForSignIn);
  }

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
