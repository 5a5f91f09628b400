import { useQuery } from "@tanstack/react-query";
import { submissionsQuery } from "../../api/queries";
import type { Submission } from "../../api/types";
import { Instant } from "../../parts/Instant";
import { t } from "../../text/texts";

function needsSupplement(submission: Submission): boolean {
  return !submission.superseded && submission.stale.length > 0;
}

/** What the report says differently now, field by field, and the way to the corrected form. */
function Stale({ report, submission }: { report: string; submission: Submission }) {
  return (
    <div className="notice notice-warn">
      <p className="notice-title">{t("portal.handed_in.stale", { count: submission.stale.length })}</p>
      <dl className="summary-list">
        {submission.stale.map(({ field, label, before, after }) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd className="prose">
              <del className="change">{before || t("portal.handed_in.no_field")}</del>{" "}
              <ins className="change">{after || t("portal.handed_in.no_field")}</ins>
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <a className="button" href={`/reports/${report}/submissions/${submission.id}/supplement`}>
          {t("portal.handed_in.supplement")}
        </a>
      </p>
    </div>
  );
}

function Row({ report, submission }: { report: string; submission: Submission }) {
  const received = submission.receipts.length > 0;
  return (
    <li className="stack stack-tight">
      <div className="row-head">
        <a className="strong" href={`/reports/${report}/submissions/${submission.id}`}>
          {submission.title}
        </a>
        <span className={received ? "badge badge-good" : "badge badge-info"}>
          {t(received ? "portal.handed_in.received" : "portal.handed_in.sent")}
        </span>
        {submission.superseded && <span className="badge">{t("portal.handed_in.superseded")}</span>}
      </div>
      <p className="meta">
        <span>
          <Instant at={submission.sent_at} full />
        </span>
        <span>{t("portal.duty.to", { recipients: submission.addressee.name })}</span>
        <span>{submission.channel_text}</span>
        <span>{t("portal.version", { version: submission.report_version })}</span>
      </p>
      {submission.verdict === "does_not" && <p className="notice">{t("portal.handed_in.no_longer")}</p>}
      {needsSupplement(submission) && <Stale report={report} submission={submission} />}
    </li>
  );
}

/** Forms that were handed in: to whom, whether they arrived, and what has become stale. Nothing where there are none. */
export function HandedInCard({ report }: { report: string }) {
  const { data } = useQuery(submissionsQuery(report));
  if (data === undefined || data.length === 0) return null;
  return (
    <section className="card" aria-labelledby="handed-in">
      <div className="card-head">
        <h2 id="handed-in">{t("portal.handed_in.title")}</h2>
        <a href={`/reports/${report}/submissions`}>{t("portal.handed_in.all")}</a>
      </div>
      <ul className="rows">
        {data.map((submission) => (
          <Row key={submission.id} report={report} submission={submission} />
        ))}
      </ul>
    </section>
  );
}
