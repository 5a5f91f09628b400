import type { SourceHealth } from "../api/types";
import { t } from "../text/texts";
import { Instant } from "./Instant";

function Health({ source }: { source: SourceHealth }) {
  if (source.problems === 0) return <span className="badge badge-good">{t("portal.source.fine")}</span>;
  const failed = source.last_success === undefined || source.last_success < source.last_run;
  return (
    <>
      <span className={failed ? "badge badge-bad" : "badge badge-warn"}>
        {t(failed ? "portal.source.failed" : "portal.source.partly", { count: source.problems })}
      </span>
      {source.last_problem !== undefined && source.last_problem !== "" && (
        <p className="small soft" lang="en">
          {source.last_problem}
        </p>
      )}
    </>
  );
}

/** The health of what feeds the inbox. */
export function SourceTable({ sources }: { sources: SourceHealth[] }) {
  return (
    <section className="card">
      <h2>{t("portal.home.sources")}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="table-scroll" tabIndex={0} aria-label={t("portal.home.sources")}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("portal.source.name")}</th>
              <th scope="col">{t("portal.source.last_run")}</th>
              <th scope="col" className="number">
                {t("portal.source.items")}
              </th>
              <th scope="col">{t("portal.source.state")}</th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr key={source.source}>
                <th scope="row">{source.source}</th>
                <td className="nowrap">
                  <Instant at={source.last_run} />
                </td>
                <td className="number">{source.items.toLocaleString("en")}</td>
                <td>
                  <Health source={source} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
