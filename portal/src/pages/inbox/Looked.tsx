import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { caseQuery, reportQuery } from "../../api/queries";
import { Loaded } from "../../parts/Loaded";
import { ReportState } from "../../parts/StateBadge";
import { TlpBadge } from "../../parts/TlpBadge";
import { nameOf, t, textOr } from "../../text/texts";
import { ReviewActions } from "../report/ReviewActions";
import type { Item } from "./items";

function LookedReport({ id }: { id: string }) {
  const query = useQuery(reportQuery(id));
  return (
    <Loaded query={query}>
      {(report) => (
        <>
          <p className="row">
            <ReportState state={report.state} />
            <TlpBadge tlp={report.readers.tlp} />
            <span className="badge">{t("portal.version", { version: report.version })}</span>
          </p>
          <h2>{report.title}</h2>
          <p className="meta">
            <span>{report.number}</span>
            <span>{nameOf(report.org)}</span>
            <span>{textOr("portal.scope.", report.scope)}</span>
          </p>
          <p className="prose">{report.content.summary}</p>
          <p className="small soft">
            {t("portal.inbox.counts", {
              facts: Object.keys(report.content.facts ?? {}).length,
              indicators: report.content.technical?.indicators?.length ?? 0,
            })}
          </p>
          <div className="actions card-foot">
            <Link className="button button-primary" to="/reports/$id" params={{ id }}>
              {t("portal.open")}
            </Link>
            {report.abilities.review && <ReviewActions report={report} />}
          </div>
        </>
      )}
    </Loaded>
  );
}

function LookedCase({ id }: { id: string }) {
  const query = useQuery(caseQuery(id));
  return (
    <Loaded query={query}>
      {(matter) => (
        <>
          <p className="row">
            <span className="badge">{t("portal.case.score", { score: matter.score })}</span>
            <span className="badge">{t("portal.case.sources", { count: matter.sources })}</span>
          </p>
          <h2>{matter.title}</h2>
          <h3>{t("portal.case.why")}</h3>
          <ul>
            {matter.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          <h3>{t("portal.case.items")}</h3>
          <ul>
            {matter.items.map((item) => (
              <li key={item.id}>
                {item.source}: {item.title}
              </li>
            ))}
          </ul>
          <div className="actions card-foot">
            <Link className="button button-primary" to="/cases/$id" params={{ id }}>
              {t("portal.open")}
            </Link>
          </div>
        </>
      )}
    </Loaded>
  );
}

/** The chosen matter beside the list. */
export function Looked({ item }: { item: Item }) {
  return (
    <section className="card" aria-label={t("portal.inbox.chosen")}>
      {item.kind === "report" ? <LookedReport id={item.id} /> : <LookedCase id={item.id} />}
    </section>
  );
}
