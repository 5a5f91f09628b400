import { fullTime, shortTime } from "../text/time";

/** An instant in Japan's time; the machine-readable one stands behind it. */
export function Instant({ at, full = false }: { at: string; full?: boolean }) {
  return <time dateTime={at}>{full ? fullTime(at) : shortTime(at)}</time>;
}
