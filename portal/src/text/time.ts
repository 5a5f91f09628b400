// Instants are shown in Japan's time, with the day of the week, whatever zone the machine is in.
import { type Language, language } from "./texts";

const zone = "Asia/Tokyo";

interface Parts {
  year: string;
  month: string;
  day: string;
  weekday: string;
  hour: string;
  minute: string;
  second: string;
}

const formats = new Map<Language, Intl.DateTimeFormat>();

function format(tongue: Language): Intl.DateTimeFormat {
  const known = formats.get(tongue);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(tongue === "ja" ? "ja-JP" : "en-GB", {
    timeZone: zone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(tongue, made);
  return made;
}

function partsOf(instant: string | number, tongue: Language): Parts {
  const found = Object.fromEntries(
    format(tongue)
      .formatToParts(new Date(instant))
      .map((part) => [part.type, part.value]),
  );
  return found as unknown as Parts;
}

const two = (text: string) => text.padStart(2, "0");

const englishMonths = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** 11/22(日) 02:05, or Sun 22 Nov 02:05. */
export function shortTime(instant: string | number): string {
  const tongue = language();
  const p = partsOf(instant, tongue);
  const clock = `${two(p.hour)}:${two(p.minute)}`;
  if (tongue === "ja") return `${p.month}/${p.day}(${p.weekday}) ${clock}`;
  return `${p.weekday} ${p.day} ${englishMonths[Number(p.month) - 1]} ${clock}`;
}

/** 2026-11-22(日) 02:05 JST. */
export function fullTime(instant: string | number): string {
  const tongue = language();
  const p = partsOf(instant, tongue);
  const day = `${p.year}-${two(p.month)}-${two(p.day)}`;
  const weekday = tongue === "ja" ? `(${p.weekday})` : ` (${p.weekday})`;
  return `${day}${weekday} ${two(p.hour)}:${two(p.minute)} JST`;
}

export type Precision = "minute" | "hour" | "day" | "month";

/** No finer than it is known: 2026-11-22(日) 02:05 JST, 2026-11-22(日) 02時台, 2026-11-22(日), 2026-11. */
export function partialTime(instant: string, precision: Precision = "minute"): string {
  const full = fullTime(instant);
  if (precision === "minute") return full;
  if (precision === "month") return full.slice(0, "2026-11".length);
  const [day, hour] = [full.replace(/ \d\d:\d\d JST$/, ""), full.slice(-9, -7)];
  if (precision === "day") return day;
  return language() === "ja" ? `${day} ${hour}時台` : `${day} ${hour}:00–${hour}:59`;
}

/** 11/22(日) 02:05:07, for the clock on the home page. */
export function timeToTheSecond(instant: number): string {
  return `${shortTime(instant)}:${two(partsOf(instant, language()).second)}`;
}

/** 2:50:53 below two days, else 12日 or "12 days" with hours. Never negative: the sign is said in words. */
export function duration(milliseconds: number): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = two(String(Math.floor((seconds % 3600) / 60)));
  if (hours < 48) return `${hours}:${minutes}:${two(String(seconds % 60))}`;
  const days = Math.floor(hours / 24);
  return language() === "ja" ? `${days}日 ${hours % 24}時間` : `${days} d ${hours % 24} h`;
}

/** What a field of type datetime-local shows for an instant, in Japan's time. */
export function toField(instant: string): string {
  const p = partsOf(instant, "en");
  return `${p.year}-${two(p.month)}-${two(p.day)}T${two(p.hour)}:${two(p.minute)}`;
}

/** The instant of a datetime-local value that was meant in Japan's time; Japan has no summer time. */
export function fromField(value: string): string {
  return new Date(`${value}:00+09:00`).toISOString();
}
