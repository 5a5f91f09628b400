import { useId } from "react";
import type { HomeClock } from "../api/types";
import { useNow } from "../text/clock";
import { t } from "../text/texts";
import { timeToTheSecond } from "../text/time";
import { HomeClocks } from "./HomeClocks";

const shown = 6;

function Present() {
  return <span className="soft small">{t("portal.clocks.now", { time: timeToTheSecond(useNow()) })}</span>;
}

/** All running clocks, the nearest open and the later ones folded. */
export function RunningClocks({ clocks }: { clocks: HomeClock[] }) {
  const id = useId();
  const later = clocks.slice(shown);
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{t("portal.clocks.title")}</h2>
        <Present />
      </div>
      {clocks.length === 0 ? (
        <p className="empty">{t("portal.clocks.none")}</p>
      ) : (
        <HomeClocks clocks={clocks.slice(0, shown)} />
      )}
      {later.length > 0 && (
        <details className="disclosure">
          <summary>{t("portal.clocks.later", { count: later.length })}</summary>
          <HomeClocks clocks={later} />
        </details>
      )}
    </section>
  );
}
