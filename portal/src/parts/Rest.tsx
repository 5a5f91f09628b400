import { useNow } from "../text/clock";
import { t } from "../text/texts";
import { duration } from "../text/time";

/** 残り 2:50:53, or 超過 9:14:07. */
export function Rest({ due }: { due: string }) {
  const rest = Date.parse(due) - useNow();
  return (
    <span className="clock-rest">
      <span className="unit">{t(rest < 0 ? "portal.clock.late_by" : "portal.clock.rest")}</span> {duration(rest)}
    </span>
  );
}
