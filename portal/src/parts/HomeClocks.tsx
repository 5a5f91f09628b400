import { Link } from "@tanstack/react-router";
import type { HomeClock } from "../api/types";
import { useNow } from "../text/clock";
import { t } from "../text/texts";
import { shortTime } from "../text/time";
import { ClockState } from "./ClockState";
import { Rest } from "./Rest";
import { urgency } from "./urgency";

function Row({ clock }: { clock: HomeClock }) {
  const now = useNow();
  const running = clock.raw !== undefined && clock.start !== undefined;
  return (
    <li className="clock">
      <span className="clock-title">
        {clock.title} {clock.stage}
      </span>
      <Link className="clock-number" to="/reports/$id" params={{ id: clock.report }}>
        {clock.number}
      </Link>
      <span className="clock-deadline">
        {clock.raw === undefined
          ? t("portal.clock.no_number")
          : t("portal.clock.until", { time: shortTime(clock.raw) })}
      </span>
      {clock.raw === undefined ? <span className="clock-rest" /> : <Rest due={clock.raw} />}
      <ClockState state={running ? urgency(clock.start ?? "", clock.raw ?? "", now) : clock.state} />
    </li>
  );
}

/** Running clocks in the order given, nearest first. */
export function HomeClocks({ clocks }: { clocks: HomeClock[] }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of lists without markers.
    <ol className="clocks" role="list">
      {clocks.map((clock) => (
        <Row key={`${clock.report} ${clock.duty} ${clock.stage}`} clock={clock} />
      ))}
    </ol>
  );
}
