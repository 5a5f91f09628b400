import type { HomeClock } from "../api/types";
import { t } from "../text/texts";

const looks = {
  ample: "clock-ample",
  near: "clock-near",
  over: "clock-over",
  promptly: "clock-promptly",
  not_started: "clock-not-started",
  term_missing: "clock-not-started",
} as const;

export function ClockState({ state }: { state: HomeClock["state"] }) {
  return <span className={`clock-state ${looks[state]}`}>{t(`portal.clock.${state}`)}</span>;
}
