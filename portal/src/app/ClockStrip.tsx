import { useQuery } from "@tanstack/react-query";
import { homeQuery } from "../api/queries";
import { HomeClocks } from "../parts/HomeClocks";
import { t } from "../text/texts";

const shown = 3;

/** The nearest deadlines, on every page but home, which shows all of them. */
export function ClockStrip() {
  const { data: home } = useQuery(homeQuery);
  if (home === undefined || home.clocks.length === 0) return null;
  return (
    <section className="clock-strip" aria-label={t("portal.clocks.title")}>
      <div className="clock-strip-inner">
        <HomeClocks clocks={home.clocks.slice(0, shown)} />
      </div>
    </section>
  );
}
